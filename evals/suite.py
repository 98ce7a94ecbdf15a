"""A suite: what of the product is asked, which evaluators look at it, and what must hold."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from evals.examples import Example
from evals.store import Store


class Outcome(BaseModel):
    """What a target gave for an example; it goes into the stored results as it is."""

    model_config = ConfigDict(frozen=True)

    seconds: float
    tokens: int = 0
    """Of all models that were asked."""
    failure: str | None = None
    """Why there is no answer, such as that no model could be reached: a result, no error."""


O = TypeVar("O", bound=Outcome)  # noqa: E741  # the one type that a suite is about


@dataclass(frozen=True)
class Score:
    """What an evaluator found, and why."""

    value: float
    comment: str = ""


Scored = Score | float | None
"""None where the question doesn't apply to the example."""
Evaluator = Callable[[Example, O], Scored | Awaitable[Scored]]
Target = Callable[[Store, Example], Awaitable[O]]


@dataclass(frozen=True)
class Metric(Generic[O]):
    """The mean of an evaluator's scores."""

    evaluator: Evaluator[O]
    at_least: float | None = None
    """A threshold that no change may push it below."""
    at_most: float | None = None
    is_compared: bool = False
    """Whether a change must not make it worse than it was accepted, example by example."""
    lower_is_better: bool = False
    is_fault: bool = False
    """Whether a score is 0 or 1, and 1 is a fault: the mean is the share of faulty answers."""

    @property
    def threshold(self) -> float | None:
        """Whichever it has."""
        return self.at_most if self.at_least is None else self.at_least

    def lack(self, score: float) -> float | None:
        """How far a score from 0 to 1 is from the best; None of costs, which have no best."""
        if self.is_fault:
            return score
        return None if self.lower_is_better else 1 - score

    def is_missed(self, mean: float | None) -> bool:
        """Whether a mean is on the wrong side of a threshold; None is, of any."""
        if mean is None:
            return self.threshold is not None
        is_below = self.at_least is not None and mean < self.at_least
        return is_below or (self.at_most is not None and mean > self.at_most)


@dataclass(frozen=True)
class Suite(Generic[O]):
    """One kind of eval run."""

    name: str
    about: str
    """The question it answers, in a line."""
    target: Target[O]
    outcome: type[O]
    sections: Mapping[str, Mapping[str, Metric[O]]]
    """Metrics by the way they are measured."""
    asks_models: bool = True

    def metrics(self) -> Iterator[tuple[str, Metric[O]]]:
        """Each with its key in stored results and baselines."""
        for section, metrics in self.sections.items():
            for name, metric in metrics.items():
                yield metric_key(section, name), metric


AnySuite = Suite[Any]
AnyMetric = Metric[Any]


def metric_key(section: str, name: str) -> str:
    """`own_document page_hit@1`."""
    return f"{section} {name}"
