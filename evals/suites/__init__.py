"""The suites: each is a target, evaluators and thresholds."""

from core.errors import InvalidInputError
from evals.suite import AnySuite
from evals.suites.answers import ANSWERS
from evals.suites.cost import COST
from evals.suites.retrieval import RETRIEVAL
from evals.suites.trajectory import TRAJECTORY

SUITES: dict[str, AnySuite] = {
    suite.name: suite for suite in (RETRIEVAL, ANSWERS, TRAJECTORY, COST)
}
"""By name."""


def named(name: str) -> AnySuite:
    """Raises: InvalidInputError: there is no such suite; names those that are."""
    if name not in SUITES:
        raise InvalidInputError(f"There is no suite {name!r}: {', '.join(SUITES)}.")
    return SUITES[name]
