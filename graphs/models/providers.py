"""From model specs (the setting COPILOT_MODELS) to a chain of chat models."""

import re
from collections.abc import Callable, Sequence

from pydantic import SecretStr

from core.clock import Clock
from core.errors import ConfigurationError
from graphs.models.breaker import CircuitBreaker
from graphs.models.chain import ModelChain
from graphs.models.chained_model import ChainedModel
from graphs.models.factories import build_from_factory
from graphs.models.integrations import build_integration, is_provider
from graphs.models.provided_model import ProvidedModel, ProviderSettings
from graphs.models.retry import RetryPolicy
from graphs.models.spec import ModelSpec, malformed

GROQ_MODELS = ("openai/gpt-oss-120b", "openai/gpt-oss-20b", "qwen/qwen3.6-27b")
EXTRACTIVE = "extractive"
FINISH_REASON = "finish_reason"
"""What every complete chat completion has, streamed or not."""
REASONS = re.compile(r"o\d")
"""OpenAI's o1, o3 and their like."""


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
        specs: each is one of
            - `groq:MODEL`, which needs GROQ_API_KEY;
            - `openai:MODEL` for OpenAI itself, which needs OPENAI_API_KEY;
            - `openai:MODEL@URL` for any OpenAI-compatible server, the URL with its `/v1`;
            - `extractive`, the model that needs no key;
            - `PROVIDER:MODEL` or `PROVIDER:MODEL@URL` for another provider of LangChain's
              `init_chat_model`, such as `anthropic`, `google_genai`, `ollama` or
              `bedrock_converse`; its package has to be installed;
            - `module:factory` for a function that returns a chat model. A provider of the same
              name as the module goes first.
            A model goes by its spec without the address (and `#N`, its place in the chain, if an
            earlier one goes by that already).
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


def build_model(text: str, settings: ProviderSettings) -> ProvidedModel:
    """One model of a chain, with the name it goes by and what is known of its provider.

    Raises:
        ConfigurationError: as `build_chain`.
    """
    spec = ModelSpec.parse(text)
    if spec.kind in BUILDERS:
        return BUILDERS[spec.kind](spec, settings)
    if not (spec.kind and spec.model):
        raise malformed(text)
    # A module of the same name as a provider would have to be renamed.
    build = build_integration if is_provider(spec.kind) else build_from_factory
    return build(spec, settings)


def _groq(spec: ModelSpec, settings: ProviderSettings) -> ProvidedModel:
    if not spec.model or spec.url:
        raise malformed(spec.text)
    if settings.groq_api_key is None:
        raise ConfigurationError(
            f"COPILOT_MODELS names {spec.text!r}, but GROQ_API_KEY is not set."
        )
    # Half a second of import that a start without a key needn't pay.
    from langchain_groq import ChatGroq  # noqa: PLC0415  # see above

    limits = settings.limits(is_own_server=False)
    chat = ChatGroq(
        model_name=spec.model,
        api_key=settings.groq_api_key,
        base_url=settings.groq_base_url,
        timeout=settings.http_timeout(limits),
        max_retries=0,  # the SDK's own retries ignore a retry-after of more than a minute
        temperature=0,
        # Groq's Qwen writes its reasoning into the answer unless told to keep it apart; its gpt-oss
        # models keep it apart by themselves and reject the parameter.
        reasoning_format="parsed" if spec.model.startswith("qwen/") else None,
    )
    return ProvidedModel(f"groq:{spec.model}", chat, limits, FINISH_REASON)


def _openai(spec: ModelSpec, settings: ProviderSettings) -> ProvidedModel:
    if not spec.model or (spec.url is None and "@" in spec.model):
        raise malformed(spec.text)
    if spec.url is None and settings.openai_api_key is None:
        raise ConfigurationError(
            f"COPILOT_MODELS names {spec.text!r}, but OPENAI_API_KEY is not set. For a server of "
            f"your own, add its address: {spec.text}@http://..."
        )
    # Over a second of import.
    from langchain_openai import ChatOpenAI  # noqa: PLC0415  # see above

    limits = settings.limits(is_own_server=spec.url is not None)
    chat = ChatOpenAI(
        model=spec.model,
        base_url=spec.url,
        api_key=settings.openai_api_key or SecretStr("none"),  # the SDK insists on one
        timeout=settings.http_timeout(limits),
        stream_chunk_timeout=None,  # the chain has its own
        max_retries=0,
        # OpenAI's reasoning models reject a temperature; LangChain leaves it out for gpt-5 alone.
        temperature=None if spec.url is None and REASONS.match(spec.model) else 0,
        stream_usage=True,  # off by default for any address but OpenAI's
        use_responses_api=False,  # chat completions, which end with a finish_reason
    )
    return ProvidedModel(f"openai:{spec.model}", chat, limits, FINISH_REASON)


def _extractive(spec: ModelSpec, settings: ProviderSettings) -> ProvidedModel:  # noqa: ARG001 - a builder
    if spec.text.strip() != EXTRACTIVE:
        raise malformed(spec.text)
    # Only this spec needs it.
    from graphs.models.extractive import ExtractiveChatModel  # noqa: PLC0415  # see above

    return ProvidedModel(EXTRACTIVE, ExtractiveChatModel())


BUILDERS: dict[str, Callable[[ModelSpec, ProviderSettings], ProvidedModel]] = {
    "groq": _groq,
    "openai": _openai,
    EXTRACTIVE: _extractive,
}
"""Providers whose options are set here; any other is LangChain's to build."""
