"""Models of any provider that LangChain's `init_chat_model` knows, where its package is installed.

Keys and addresses are read by the provider's own package from the environment, such as
ANTHROPIC_API_KEY or OLLAMA_HOST, and its other options keep their defaults. To set options, use a
factory (`graphs.models.factories`).
"""

from typing import Any

from langchain_core.language_models import BaseChatModel

from core.errors import ConfigurationError
from graphs.models.failed_build import cannot_build
from graphs.models.provided_model import ProvidedModel, ProviderSettings
from graphs.models.spec import ModelSpec, malformed

END_MARKERS = {"anthropic": "stop_reason", "ollama": "done_reason"}
"""What complete answers carry; only of packages that were seen to pass it on, streamed or not."""
OPTIONS: dict[str, dict[str, Any]] = {
    "anthropic": {"max_retries": 0},
    "google_genai": {"max_retries": 1},  # 0 would mean Google's own default
}
"""The chain retries by itself."""


def is_provider(name: str) -> bool:
    """Whether `init_chat_model` knows the provider."""
    return name in _packages()


def build_integration(spec: ModelSpec, settings: ProviderSettings) -> ProvidedModel:
    """The provider's model.

    Raises:
        ConfigurationError: the package isn't installed, or the provider's class refuses the model.
    """
    if not spec.model:
        raise malformed(spec.text)
    limits = settings.limits(is_own_server=spec.kind == "ollama" or spec.url is not None)
    name = f"{spec.kind}:{spec.model}"
    return ProvidedModel(name, _init(spec), limits, END_MARKERS.get(spec.kind))


def _init(spec: ModelSpec) -> BaseChatModel:
    # Only those who name such a model need it.
    from langchain.chat_models import init_chat_model  # noqa: PLC0415  # see above

    options = dict(OPTIONS.get(spec.kind, {}))
    if spec.url:
        options["base_url"] = spec.url
    try:
        model: BaseChatModel = init_chat_model(spec.model, model_provider=spec.kind, **options)
    except ImportError as error:
        package = _packages()[spec.kind]
        raise ConfigurationError(
            f"COPILOT_MODELS names {spec.text!r}, but the package {package} can't be imported. "
            f"Install it: pip install {package}"
        ) from error
    except Exception as error:
        raise cannot_build(spec.text, error) from error
    return model


def _packages() -> dict[str, str]:
    """The pip package of each provider."""
    # The library has no public list; the version is pinned, and a test asks for some entries.
    from langchain.chat_models.base import _BUILTIN_PROVIDERS  # noqa: PLC0415  # as above

    return {
        provider: module.partition(".")[0].replace("_", "-")
        for provider, (module, _class, _create) in _BUILTIN_PROVIDERS.items()
    }
