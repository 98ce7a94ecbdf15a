"""A suite of two metrics on a target that needs no store."""

from datetime import UTC, datetime

from evals.datasets import Dataset
from evals.examples import Example, PageRef
from evals.results import Header
from evals.suite import Metric, Outcome, Suite


class Guess(Outcome):
    guess: str


def examples(count: int = 3) -> tuple[Example, ...]:
    evidence = frozenset({PageRef("a.pdf", 1)})
    return tuple(
        Example(f"q{at:02}", f"What is {at}?", str(at), "a.pdf", evidence) for at in range(count)
    )


def guessing(right=lambda example: True):
    async def target(store, example):
        guess = example.answer if right(example) else "no idea"
        return Guess(seconds=0.1, tokens=10, guess=guess)

    return target


def is_right(example: Example, outcome: Guess) -> float:
    return float(outcome.guess == example.answer)


def suite_of(target=None, **metrics: Metric) -> Suite[Guess]:
    metrics = metrics or {"right": Metric(is_right, is_compared=True)}
    return Suite("guessing", "Guess.", target or guessing(), Guess, {"all": metrics})


DATASET = Dataset("acme", (), examples())


def header_of(dataset: Dataset = DATASET, **changes) -> Header:
    fields = {
        "suite": "guessing",
        "dataset": dataset.name,
        "digest": dataset.digest,
        "examples": len(dataset.examples),
        "model": "extractive",
        "prompt": "system.v1 abc",
        "commit": "0123456789ab",
        "started": datetime(2026, 11, 27, tzinfo=UTC),
    }
    return Header(**fields | changes)
