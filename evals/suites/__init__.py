"""The suites: each is a target, evaluators and thresholds."""

from evals.suite import AnySuite
from evals.suites.answers import ANSWERS
from evals.suites.cost import COST
from evals.suites.retrieval import RETRIEVAL
from evals.suites.trajectory import TRAJECTORY

SUITES: dict[str, AnySuite] = {
    suite.name: suite for suite in (RETRIEVAL, ANSWERS, TRAJECTORY, COST)
}
"""By name."""
