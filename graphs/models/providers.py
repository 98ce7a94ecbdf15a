"""From model specs (the setting COPILOT_MODELS) to a chain of chat models."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from core.clock import Clock
from core.errors import ConfigurationError
from graphs.models.breaker import CircuitBreaker
from graphs.models.chain import ModelChain
from graphs.models.chained_model import ChainedModel
from graphs.models.retry import RetryPolicy
from graphs.models.time_limits import TimeLimits

GROQ_MODELS = ("openai/gpt-oss-120b", "openai/gpt-oss-20b", "qwen/qwen3.6-27b")
EXTRACTIVE = "extractive"
HOSTED_FIRST_TOKEN, OWN_FIRST_TOKEN = 60.0, 300.0
"""Seconds."""
FINISH_REASON = "finish_reason"
"""What every complete chat completion has, streamed or not."""


@dataclass(frozen=True)
class ProviderSettings:
    """How providers are reached. None for a URL means the provider's own."""

    groq_api_key: SecretStr | None = None
    groq_base_url: str | None = None
    """Without a path, such as `http://127.0.0.1:8081`: the SDK adds `/openai/v1`."""
    openai_api_key: SecretStr | None = None
    """For `openai:` specs; servers on the premises often want none."""
    connect_seconds: float = 5.0
    """For reaching a server; of providers whose library lets us set it."""
    first_token_seconds: float | None = None
    """Until an answer begins. None: `HOSTED_FIRST_TOKEN`, or `OWN_FIRST_TOKEN` for own servers."""
    idle_seconds: float = 60.0
    """Between two chunks of an answer."""

    def limits(self, *, is_own_server: bool) -> TimeLimits:
        """Those of one model. Args: is_own_server: perhaps on a CPU, where prompts take minutes."""
        default = OWN_FIRST_TOKEN if is_own_server else HOSTED_FIRST_TOKEN
        return TimeLimits(self.first_token_seconds or default, self.idle_seconds)

    def http_timeout(self, limits: TimeLimits) -> httpx.Timeout:
        """For the HTTP client, whose reads the chain's limits end earlier."""
        return httpx.Timeout(limits.first_token + limits.idle, connect=self.connect_seconds)


@dataclass(frozen=True)
class ProvidedModel:
    """A model as its provider's builder makes it; the fields are those of `ChainedModel`."""

    name: str
    model: BaseChatModel
    limits: TimeLimits | None = None
    end_marker: str | None = None


def default_specs(*, groq_api_key_present: bool) -> tuple[str, ...]:
    """The chain when COPILOT_MODELS is not set: three Groq models deep, `extractive` last."""
    hosted = tuple(f"groq:{model}" for model in GROQ_MODELS) if groq_api_key_present else ()
    return (*hosted, EXTRACTIVE)


def build_chain(
    specs: Sequence[str],
    settings: ProviderSettings,
    *,
    clock: Clock,
    retry: RetryPolicy | None = None,
) -> ModelChain:
    """A chain with a circuit breaker for each model, in the order of `specs`.

    Args:
        specs: `groq:MODEL`, `openai:MODEL@BASE_URL` (any OpenAI-compatible server; the URL with its
            `/v1`) or `extractive`. An `openai:` model goes by `openai:MODEL`, without the address
            (and `#N`, its place in the chain, if an earlier one goes by that already).
        settings: keys, addresses, time-outs.
        clock: for waits, breakers and the deadline.
        retry: the default policy when None.

    Raises:
        ConfigurationError: a spec is malformed or needs a key that isn't set.
    """
    if not specs:
        raise ConfigurationError("COPILOT_MODELS is empty: name at least one model.")
    if len(set(specs)) < len(specs):
        raise ConfigurationError("COPILOT_MODELS names a model twice: name each once, best first.")
    members: dict[str, ChainedModel] = {}
    for spec in specs:
        made = build_model(spec, settings)
        # The same model can be on another server too.
        name = made.name if made.name not in members else f"{made.name}#{len(members) + 1}"
        breaker = CircuitBreaker(clock)
        members[name] = ChainedModel(name, made.model, breaker, made.limits, made.end_marker)
    return ModelChain(tuple(members.values()), retry=retry or RetryPolicy(), clock=clock)


def build_model(spec: str, settings: ProviderSettings) -> ProvidedModel:
    """One model of a chain, with the name it goes by and what is known of its provider.

    Raises:
        ConfigurationError: as `build_chain`.
    """
    kind, _, rest = spec.strip().partition(":")
    builder = BUILDERS.get(kind)
    if builder is None:
        raise _malformed(spec)
    return builder(spec, rest.strip(), settings)


def _groq(spec: str, model: str, settings: ProviderSettings) -> ProvidedModel:
    if not model:
        raise _malformed(spec)
    if settings.groq_api_key is None:
        raise ConfigurationError(f"COPILOT_MODELS names {spec!r}, but GROQ_API_KEY is not set.")
    # Half a second of import that a start without a key needn't pay.
    from langchain_groq import ChatGroq  # noqa: PLC0415  # see above

    limits = settings.limits(is_own_server=False)
    chat = ChatGroq(
        model_name=model,
        api_key=settings.groq_api_key,
        base_url=settings.groq_base_url,
        timeout=settings.http_timeout(limits),
        max_retries=0,  # the SDK's own retries ignore a retry-after of more than a minute
        temperature=0,
        # Groq's Qwen writes its reasoning into the answer unless told to keep it apart; its gpt-oss
        # models keep it apart by themselves and reject the parameter.
        reasoning_format="parsed" if model.startswith("qwen/") else None,
    )
    return ProvidedModel(f"groq:{model}", chat, limits, FINISH_REASON)


def _openai(spec: str, rest: str, settings: ProviderSettings) -> ProvidedModel:
    model, _, address = rest.rpartition("@")
    url = urlsplit(address)
    if not (model and url.hostname and url.scheme in {"http", "https"}):
        raise _malformed(spec)
    # Over a second of import that only on-premises servers need.
    from langchain_openai import ChatOpenAI  # noqa: PLC0415  # see above

    limits = settings.limits(is_own_server=True)
    chat = ChatOpenAI(
        model=model,
        base_url=address,
        api_key=settings.openai_api_key or SecretStr("none"),  # the SDK insists on one
        timeout=settings.http_timeout(limits),
        stream_chunk_timeout=None,  # the chain has its own
        max_retries=0,
        temperature=0,
        stream_usage=True,  # off by default for any address but OpenAI's
        use_responses_api=False,  # compatible servers speak chat completions
    )
    return ProvidedModel(f"openai:{model}", chat, limits, FINISH_REASON)


def _extractive(spec: str, rest: str, settings: ProviderSettings) -> ProvidedModel:  # noqa: ARG001 - a builder
    if rest:
        raise _malformed(spec)
    # Only this spec needs it.
    from graphs.models.extractive import ExtractiveChatModel  # noqa: PLC0415  # see above

    return ProvidedModel(EXTRACTIVE, ExtractiveChatModel())


BUILDERS: dict[str, Callable[[str, str, ProviderSettings], ProvidedModel]] = {
    "groq": _groq,
    "openai": _openai,
    EXTRACTIVE: _extractive,
}


def _malformed(spec: str) -> ConfigurationError:
    return ConfigurationError(
        f"COPILOT_MODELS: {spec!r} is not a model. Write groq:MODEL, openai:MODEL@BASE_URL "
        "(such as openai:llama3@http://localhost:11434/v1) or extractive."
    )
