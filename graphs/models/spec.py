"""How COPILOT_MODELS names a model: `extractive`, `PROVIDER:MODEL[@URL]` or `module:factory`."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from core.errors import ConfigurationError

FORMS = (
    "Write groq:MODEL, openai:MODEL, openai:MODEL@URL for any OpenAI-compatible server (such as "
    "openai:llama3@http://localhost:11434/v1), extractive, PROVIDER:MODEL for another provider of "
    "LangChain's init_chat_model (such as anthropic:claude-sonnet-4-5), or module:factory for a "
    "function of yours that returns a chat model."
)


@dataclass(frozen=True)
class ModelSpec:
    """One entry of COPILOT_MODELS, taken apart."""

    text: str
    kind: str
    """What stands before the first colon: a provider or a module."""
    model: str
    """A model's name or a factory's; empty for `extractive`."""
    url: str | None = None
    """The server's address, for a server other than the provider's own."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The spec in parts. A `@` in a model's name is no address unless `http(s)://` follows.

        Raises:
            ConfigurationError: its URL names no host.
        """
        kind, _, rest = text.strip().partition(":")
        model, at, address = rest.strip().rpartition("@")
        if not at or not address.startswith(("http://", "https://")):
            return cls(text, kind, rest.strip())
        if not urlsplit(address).hostname:
            raise malformed(text)
        return cls(text, kind, model, address)


def malformed(text: str) -> ConfigurationError:
    return ConfigurationError(f"COPILOT_MODELS: {text!r} is not a model. {FORMS}")
