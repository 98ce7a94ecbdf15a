"""Runs a suite on a dataset, on langsmith's `aevaluate`, row by row into its results."""

import inspect
import logging
import math
import os
import warnings
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import Any

from langchain_core.callbacks import get_usage_metadata_callback
from langchain_core.rate_limiters import InMemoryRateLimiter
from langsmith import Client, aevaluate
from langsmith.evaluation import EvaluationResult, EvaluationResults
from langsmith.run_helpers import tracing_context
from langsmith.schemas import Example as LangSmithExample
from langsmith.schemas import Run as LangSmithRun
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from core.errors import CopilotError
from evals.datasets import Dataset
from evals.examples import Example
from evals.experiments import OfflineClient, langsmith_examples, upload_dataset
from evals.results import Header, Results, Row
from evals.store import Store
from evals.suite import AnySuite, Metric, Outcome, Score, Scored

Scoring = AsyncIterator[Mapping[str, Any]]
"""Rows of `aevaluate`: `run`, `example`, `evaluation_results`."""
ToDo = tuple[Example, int]
"""A question, and the number of its repetition."""
SECONDS_A_MINUTE = 60
TARGET = "target"
# langsmith draws a bar of its own.
os.environ.setdefault("TQDM_DISABLE", "1")
# It logs a traceback for every target that raises, which a row's errors tell.
logging.getLogger("langsmith.evaluation").setLevel(logging.CRITICAL)


class BudgetSpentError(CopilotError):
    """The eval run stopped at its budget."""

    type = "eval-budget-spent"


@dataclass(frozen=True)
class Pace:
    """How fast, and how far."""

    concurrency: int = 1
    """Examples under way at a time."""
    per_minute: float | None = None
    """Questions that are begun, at most."""
    budget_tokens: int | None = None
    """No question is begun once so many are spent."""


@dataclass
class Session:
    """One suite on one dataset."""

    suite: AnySuite
    dataset: Dataset
    pace: Pace
    client: Client | None = None
    """LangSmith's; None keeps everything here."""

    def __post_init__(self) -> None:
        self._examples = {example.id: example for example in self.dataset.examples}
        self.spent = 0  # tokens, judges' included
        self._limiter = _limiter(self.pace.per_minute)

    async def run(self, store: Store, results: Results, console: Console) -> None:
        """Ask and score what is missing in the results.

        Raises:
            BudgetSpentError: with questions left; what was answered is stored.
        """
        self.spent = sum(row.outcome.get("tokens", 0) for row in results.rows)
        to_do = self._to_do(results)
        if not to_do:
            return
        told = StringIO()  # langsmith prints where to look, or how it named what it keeps to itself
        with redirect_stdout(told):
            scored = await self._begin(store, to_do, results.header)
        if self.client:
            console.print(told.getvalue().strip(), markup=False)
        with _progress(console, self.suite.name, results) as advance:
            async for row in self._rows(scored):
                results.append(row)
                advance()
        if self.client:
            self.client.flush()
        if not results.is_complete:
            raise BudgetSpentError(
                f"{self.spent} tokens are spent, {len(results.rows)} of"
                f" {results.header.examples * results.header.repetitions} answers are stored in"
                f" {results.path}. Go on with a larger --budget-tokens and --resume."
            )

    async def rescore(self, results: Results, answered: Results) -> None:
        """Score stored answers again, without asking."""
        for row in answered.rows:
            example, raised = self._examples[row.example_id], row.errors.get(TARGET)
            found = self._without_outcome() if raised else await self._scored(example, row.outcome)
            errors = {TARGET: raised} if raised else {}
            results.append(_row(example, row.repetition, row.outcome, found, errors))

    def _to_do(self, results: Results) -> list[ToDo]:
        """What wasn't asked, or found no model that could answer."""
        done = {(row.example_id, row.repetition) for row in results.rows if row.has_answer}
        return [
            (example, repetition)
            for repetition in range(results.header.repetitions)
            for example in self.dataset.examples
            if (example.id, repetition) not in done
        ]

    async def _begin(self, store: Store, to_do: Sequence[ToDo], header: Header) -> Scoring:
        async def target(
            inputs: dict[str, Any],  # noqa: ARG001  # `aevaluate` knows its arguments by name
            metadata: dict[str, Any],
        ) -> dict[str, Any]:
            return await self._ask(store, self._examples[metadata["id"]])

        examples = (
            langsmith_examples(to_do, upload_dataset(self.client, self.dataset))
            if self.client
            else langsmith_examples(to_do)
        )
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", ".* parameter is in beta")
            return await aevaluate(
                target,
                data=examples,
                evaluators=[self._evaluate],
                experiment_prefix=f"{self.suite.name}-{header.model}",
                metadata=header.model_dump(mode="json"),
                max_concurrency=self.pace.concurrency,
                client=self.client or OfflineClient(),
                upload_results=self.client is not None,
                disable_evaluator_tracing=True,
                blocking=False,
            )

    async def _rows(self, scored: Scoring) -> AsyncIterator[Row]:
        async for each in scored:
            example = self._example_of(each["example"])
            run, found = each["run"], each["evaluation_results"]["results"]
            if run.error and BudgetSpentError.__name__ in run.error:
                continue
            repetition = (each["example"].metadata or {})["repetition"]
            errors = {TARGET: run.error.splitlines()[0]} if run.error else {}
            outcome = {} if run.error else run.outputs or {}
            yield _row(example, repetition, outcome, found, errors)

    async def _ask(self, store: Store, example: Example) -> dict[str, Any]:
        if self.pace.budget_tokens is not None and self.spent >= self.pace.budget_tokens:
            raise BudgetSpentError("The budget is spent.")
        if self._limiter:
            await self._limiter.aacquire()
        # LangChain's own tracer finds a client for itself, and would send what we keep here.
        with nullcontext() if self.client else tracing_context(enabled=False):
            outcome: Outcome = await self.suite.target(store, example)
        self.spent += outcome.tokens
        return outcome.model_dump(mode="json")

    async def _evaluate(
        self, run: LangSmithRun, example: LangSmithExample | None
    ) -> EvaluationResults:
        if run.error or example is None:
            return EvaluationResults(results=self._without_outcome())
        found = await self._scored(self._example_of(example), run.outputs or {})
        return EvaluationResults(results=found)

    def _without_outcome(self) -> list[EvaluationResult]:
        return [_failed(key, "there is no outcome") for key, _ in self.suite.metrics()]

    async def _scored(self, example: Example, stored: dict[str, Any]) -> list[EvaluationResult]:
        outcome = self.suite.outcome.model_validate(stored)
        with get_usage_metadata_callback() as judged:
            found = [
                await _score(key, metric, example, outcome) for key, metric in self.suite.metrics()
            ]
        self.spent += sum(each["total_tokens"] for each in judged.usage_metadata.values())
        return found

    def _example_of(self, example: LangSmithExample) -> Example:
        return self._examples[(example.metadata or {})["id"]]


async def _score(
    key: str, metric: Metric[Any], example: Example, outcome: Outcome
) -> EvaluationResult:
    """An evaluator may be anybody's: what it raises is the example's error, and the run goes on."""
    try:
        found = metric.evaluator(example, outcome)
        scored: Scored = await found if inspect.isawaitable(found) else found
    except Exception as error:  # noqa: BLE001  # see above
        return _failed(key, f"{type(error).__name__}: {error}")
    score = scored if isinstance(scored, Score) or scored is None else Score(scored)
    if score is None:
        return EvaluationResult(key=key)
    if not math.isfinite(score.value):
        return _failed(key, f"the score is {score.value}")
    return EvaluationResult(key=key, score=float(score.value), comment=score.comment or None)


def _failed(key: str, reason: str) -> EvaluationResult:
    return EvaluationResult(key=key, score=0.0, comment=reason, extra={"error": True})


def _row(
    example: Example,
    repetition: int,
    outcome: dict[str, Any],
    found: Sequence[EvaluationResult],
    errors: Mapping[str, str],
) -> Row:
    failed = {each.key: each.comment or "" for each in found if each.extra}
    return Row(
        example_id=example.id,
        repetition=repetition,
        outcome=outcome,
        scores={each.key: float(each.score) for each in found if each.score is not None},
        comments={each.key: each.comment for each in found if each.comment and not each.extra},
        errors={**failed, **errors},
    )


def _limiter(per_minute: float | None) -> InMemoryRateLimiter | None:
    if per_minute is None:
        return None
    return InMemoryRateLimiter(
        requests_per_second=per_minute / SECONDS_A_MINUTE, check_every_n_seconds=0.05
    )


@contextmanager
def _progress(console: Console, name: str, results: Results) -> Iterator[Callable[[], None]]:
    """A bar where somebody looks at it; in a log file it is left out."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(
        *columns,
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bars:
        total = results.header.examples * results.header.repetitions
        bar = bars.add_task(name, total=total, completed=len(results.rows))
        yield lambda: bars.advance(bar)
