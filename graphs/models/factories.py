"""Models that a function of the operator's own code makes: `mybank.models:make_model`."""

from importlib import import_module

from langchain_core.language_models import BaseChatModel

from core.errors import ConfigurationError
from graphs.models.failed_build import cannot_build
from graphs.models.provided_model import ProvidedModel, ProviderSettings
from graphs.models.spec import ModelSpec, malformed


def build_from_factory(spec: ModelSpec, settings: ProviderSettings) -> ProvidedModel:
    """What the factory returns. It is called once, without arguments, when the chain is built.

    Its module has to be importable: installed, or in a folder that PYTHONPATH names.

    Raises:
        ConfigurationError: no such module or function, it fails, or it returns no chat model.
    """
    try:
        module = import_module(spec.kind)
    except ModuleNotFoundError as error:
        if not _is_missing(spec.kind, error):
            raise cannot_build(spec.text, error) from error
        raise malformed(spec.text) from error
    except Exception as error:
        raise cannot_build(spec.text, error) from error
    factory = getattr(module, spec.model, None)
    if not callable(factory):
        raise ConfigurationError(
            f"COPILOT_MODELS names {spec.text!r}, but the module {spec.kind} has no function "
            f"{spec.model!r}."
        )
    try:
        model = factory()
    except Exception as error:
        raise cannot_build(spec.text, error) from error
    if not isinstance(model, BaseChatModel):
        raise ConfigurationError(
            f"COPILOT_MODELS names {spec.text!r}, which returned a {type(model).__name__}: it has "
            "to return a BaseChatModel of langchain_core."
        )
    return ProvidedModel(spec.text, model, settings.limits(is_own_server=True))


def _is_missing(module: str, error: ModuleNotFoundError) -> bool:
    """Whether it is the module itself that is missing, and not one that it imports."""
    return error.name is not None and f"{module}.".startswith(f"{error.name}.")
