import pytest
from unit.evals.guessing import is_right

from evals.changes import Direction, change
from evals.suite import Metric

METRIC = Metric(is_right, is_compared=True)
COST = Metric(is_right, is_compared=True, lower_is_better=True)
IDS = [f"q{at:02}" for at in range(20)]


@pytest.mark.parametrize(
    ("metric", "now", "direction"),
    [
        (METRIC, 0.5, Direction.SAME),
        (METRIC, 0.0, Direction.WORSE),
        (METRIC, 1.0, Direction.BETTER),
        (COST, 0.0, Direction.BETTER),
        (COST, 1.0, Direction.WORSE),
    ],
)
def test_a_change_is_told_by_what_is_better(metric, now, direction):
    found = change(metric, dict.fromkeys(IDS, 0.5), dict.fromkeys(IDS, now))
    assert found.direction == direction


def test_one_example_among_many_is_chance():
    before = dict.fromkeys(IDS, 1.0)
    found = change(METRIC, before, before | {"q03": 0.0})
    assert (found.direction, found.worse, found.better) == (Direction.CHANCE, ("q03",), ())


@pytest.mark.parametrize(
    ("now", "direction"), [(0.796, Direction.WORSE), (0.7965, Direction.CHANCE)]
)
def test_what_is_sure_and_too_small_to_matter_counts_for_nothing(now, direction):
    found = change(METRIC, dict.fromkeys(IDS, 0.8), dict.fromkeys(IDS, now))
    assert found.difference.high < 0
    assert found.direction is direction


def test_a_score_is_no_different_for_being_stored_with_four_decimals():
    """Otherwise two thirds would be worse than 0.6667 on every example, and stop the change."""
    before, now = dict.fromkeys(IDS, 0.6667), dict.fromkeys(IDS, 2 / 3)
    assert change(METRIC, before, now).direction is Direction.SAME


def test_without_a_common_example_there_is_no_change():
    assert change(METRIC, {"a": 1.0}, {"b": 1.0}) is None
