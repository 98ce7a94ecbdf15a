"""Which models are asked, and which one judges them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from core.errors import ConfigurationError, InvalidInputError
from core.settings import Settings
from evals.obedient import MODELS, SCRIPTED, obedient_groq
from graphs.models.providers import GROQ_MODELS, build_model
from graphs.runtime import build_models, provider_settings


@dataclass(frozen=True)
class Candidate:
    """A chain of models to be asked."""

    settings: Settings
    """Those of the product, with this chain."""
    name: str
    """In results and baselines; without addresses."""
    names: tuple[str, ...]
    """Of the chain's models."""


@contextmanager
def open_candidate(spec: str | None, settings: Settings) -> Iterator[Candidate]:
    """The chain to ask.

    Args:
        spec: `scripted`, or a chain as COPILOT_MODELS takes it; the settings' chain if left out.
        settings: keys and addresses.

    Raises:
        InvalidInputError: there is no such model, or its key is missing.
    """
    if spec == SCRIPTED:
        with obedient_groq() as server:
            scripted = {
                "models": tuple(f"groq:{model}" for model in MODELS),
                "groq_api_key": SecretStr(SCRIPTED),
                "groq_base_url": server.url,
            }
            own = settings.model_copy(update=scripted)
            yield Candidate(own, SCRIPTED, own.models)
        return
    if spec:
        specs = tuple(part.strip() for part in spec.split(","))
        settings = settings.model_copy(update={"models": specs})
    try:
        names = build_models(settings).names
    except ConfigurationError as error:
        raise InvalidInputError(error.detail.replace("COPILOT_MODELS", "--model")) from error
    yield Candidate(settings, ",".join(names), names)


@dataclass(frozen=True)
class Judge:
    """A model that grades answers."""

    name: str
    model: BaseChatModel


def find_judge(
    spec: str | None, candidate: Candidate, *, may_be_same: bool = False
) -> Judge | None:
    """The judge that was named, or Groq's first model that isn't a candidate, where there is a key.

    Raises:
        InvalidInputError: it can't be built, or is a candidate too.
    """
    settings = candidate.settings
    if spec is None:
        spec = _default(candidate)
        if spec is None:
            return None
    try:
        made = build_model(spec, provider_settings(settings))
    except ConfigurationError as error:
        raise InvalidInputError(error.detail.replace("COPILOT_MODELS", "--judge")) from error
    if made.name in candidate.names and not may_be_same:
        raise InvalidInputError(
            f"{made.name} would judge its own answers: name another --judge, or say --same-judge."
        )
    return Judge(made.name, made.model)


def _default(candidate: Candidate) -> str | None:
    if candidate.settings.groq_api_key is None or candidate.name == SCRIPTED:
        return None
    free = (f"groq:{model}" for model in GROQ_MODELS)
    return next((each for each in free if each not in candidate.names), None)
