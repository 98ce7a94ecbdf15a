"""An eval run from its request to its report: what the shell, pytest and notebooks call."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from langsmith import Client
from rich.console import Console

from core.errors import InvalidInputError
from core.settings import Settings
from evals.candidates import Candidate, Judge, find_judge, open_candidate
from evals.datasets import Dataset
from evals.experiments import has_key
from evals.harness import Pace, Session
from evals.judging import with_judge
from evals.provenance import commit, prompt_digest
from evals.report import Report
from evals.results import Header, Results, answered_already, broken_off, now
from evals.store import Store, open_store
from evals.suite import AnySuite
from evals.suites.answers import ANSWERS
from graphs.copilot.prompt import load_prompt
from graphs.models.providers import EXTRACTIVE

NO_MODEL = "none"
RESULTS = "evals"
"""Below the data folder."""


@dataclass(frozen=True)
class Request:
    """What is to be run, and how."""

    suite: AnySuite
    model: str | None = None
    """A chain as COPILOT_MODELS takes it, or `scripted`; the settings' chain if None."""
    prompt: Path | None = None
    """A system prompt of one's own; the settings' if None."""
    judge: str | None = None
    may_be_same_judge: bool = False
    repetitions: int = 1
    """More than one where a model doesn't answer alike each time."""
    pace: Pace = field(default_factory=Pace)
    store: Path | None = None
    """Keeps the indexed documents."""
    results: Path | None = None
    """Where results are stored; a folder of the data directory if None."""
    resume: bool = False
    """Go on with the run that broke off."""
    rescore: bool = False
    """Score the answers that were stored last, instead of asking."""
    name: str | None = None
    """Of what stands in a model's place, in suites that ask none."""

    @property
    def chain(self) -> str | None:
        """A suite that asks no model needs no key."""
        return self.model if self.suite.asks_models else EXTRACTIVE

    def folder(self, settings: Settings) -> Path:
        return self.results or results_folder(settings)


def results_folder(settings: Settings) -> Path:
    """Where results are stored if nobody says."""
    return settings.data_dir / RESULTS


@dataclass(frozen=True)
class Asked:
    """The models of an eval run."""

    candidate: Candidate
    judge: Judge | None = None


async def evaluate(
    request: Request, dataset: Dataset, settings: Settings, console: Console
) -> Report:
    """Run a suite on a dataset.

    Raises:
        InvalidInputError: there is no such model, or the judge is a candidate.
        NotFoundError: nothing to resume or to score again.
        BudgetSpentError: questions are left; what was answered is stored.
    """
    request = replace(request, results=request.folder(settings))
    if request.prompt:
        settings = settings.model_copy(update={"system_prompt": str(request.prompt)})
    with open_candidate(request.chain, settings) as candidate:
        asked = Asked(candidate, _judge(request, candidate))
        if request.rescore:
            return await _rescored(request, dataset, asked)
        async with open_store(dataset, candidate.settings, console, request.store) as store:
            return await run_on(store, request, dataset, console, asked)


async def run_on(
    store: Store,
    request: Request,
    dataset: Dataset,
    console: Console,
    asked: Asked | None = None,
) -> Report:
    """The same on a store that is open. Args: asked: the store's models, in suites that ask any."""
    suite = _judged(request.suite, asked)
    header = _header(request, dataset, asked).model_copy(
        update={
            "prompt": prompt_digest(
                load_prompt(store.settings.system_prompt), store.runtime.registry
            ),
            "notes": {"failed_documents": sorted(store.failures)},
        }
    )
    folder = request.folder(store.settings)
    results = broken_off(folder, header) if request.resume else Results.begin(folder, header)
    client = Client() if has_key() else None
    await Session(suite, dataset, request.pace, client).run(store, results, console)
    return Report(suite, dataset, results.header, results.rows)


async def _rescored(request: Request, dataset: Dataset, asked: Asked) -> Report:
    folder, suite = request.folder(asked.candidate.settings), _judged(request.suite, asked)
    header = _header(request, dataset, asked)
    answered = answered_already(folder, header)
    kept = {"prompt": answered.header.prompt, "notes": answered.header.notes}
    results = Results.begin(folder, header.model_copy(update=kept))
    await Session(suite, dataset, request.pace).rescore(results, answered)
    return Report(suite, dataset, results.header, results.rows)


def _judge(request: Request, candidate: Candidate) -> Judge | None:
    """Only answers are judged."""
    if request.suite is ANSWERS:
        return find_judge(request.judge, candidate, may_be_same=request.may_be_same_judge)
    if request.judge:
        raise InvalidInputError(f"{request.suite.name} has nothing to judge: leave --judge out.")
    return None


def _judged(suite: AnySuite, asked: Asked | None) -> AnySuite:
    return with_judge(suite, asked.judge) if asked and asked.judge else suite


def _header(request: Request, dataset: Dataset, asked: Asked | None) -> Header:
    named = asked.candidate.name if asked and request.suite.asks_models else request.name
    return Header(
        suite=request.suite.name,
        dataset=dataset.name,
        digest=dataset.digest,
        examples=len(dataset.examples),
        one_in=dataset.one_in,
        repetitions=request.repetitions,
        model=named or NO_MODEL,
        judge=asked.judge.name if asked and asked.judge else None,
        prompt="",
        commit=commit(),
        started=now(),
    )
