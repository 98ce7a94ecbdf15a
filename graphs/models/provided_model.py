"""What is known of providers: how they are reached, and what their models keep to."""

from dataclasses import dataclass

import httpx
from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from graphs.models.time_limits import TimeLimits

HOSTED_FIRST_TOKEN, OWN_FIRST_TOKEN = 60.0, 300.0
"""Seconds. A server of one's own may run on a CPU, where reading a long prompt takes minutes."""


@dataclass(frozen=True)
class ProviderSettings:
    """How providers are reached. None for a URL means the provider's own."""

    groq_api_key: SecretStr | None = None
    groq_base_url: str | None = None
    """Without a path, such as `http://127.0.0.1:8081`: the SDK adds `/openai/v1`."""
    openai_api_key: SecretStr | None = None
    """For each `openai:` model, whatever its address; own servers often want none."""
    connect_seconds: float = 5.0
    """For connecting to Groq, OpenAI and OpenAI-compatible servers."""
    first_token_seconds: float | None = None
    """Until an answer begins. None: `HOSTED_FIRST_TOKEN`, or `OWN_FIRST_TOKEN` for own servers."""
    idle_seconds: float = 60.0
    """Between two chunks of an answer."""

    def limits(self, *, is_own_server: bool) -> TimeLimits:
        default = OWN_FIRST_TOKEN if is_own_server else HOSTED_FIRST_TOKEN
        return TimeLimits(self.first_token_seconds or default, self.idle_seconds)

    def http_timeout(self, limits: TimeLimits) -> httpx.Timeout:
        """For an HTTP client, whose reads the chain's limits end earlier."""
        return httpx.Timeout(limits.first_token + limits.idle, connect=self.connect_seconds)


@dataclass(frozen=True)
class ProvidedModel:
    """A model as its provider's builder makes it; the fields are those of `ChainedModel`."""

    name: str
    model: BaseChatModel
    limits: TimeLimits | None = None
    end_marker: str | None = None
