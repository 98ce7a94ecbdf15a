"""Why a model could not be made, without the values that it was made from: they may be keys."""

from pydantic import ValidationError

from core.errors import ConfigurationError


def cannot_build(spec: str, error: Exception) -> ConfigurationError:
    """Args: spec: as COPILOT_MODELS has it. error: what the model's class or factory raised."""
    return ConfigurationError(
        f"COPILOT_MODELS names {spec!r}, whose model can't be created: {_reason(error)}"
    )


def _reason(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return f"{type(error).__name__}: {error}"
    entries = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(
        f"{'.'.join(map(str, entry['loc'])) or 'model'}: {entry['msg']}" for entry in entries
    )
