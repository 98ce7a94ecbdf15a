"""A change that makes scores worse is stopped, and one that doesn't never is."""

import random
from dataclasses import replace

import pytest

from evals.baseline import accept, losses
from evals.datasets import Dataset
from evals.examples import Example, PageRef
from evals.report import Report

IDS = [f"q{number:02}" for number in range(70)]
DATASET = Dataset(
    "samples",
    (),
    tuple(Example(each, "?", "1", "a.pdf", frozenset({PageRef("a.pdf", 1)})) for each in IDS),
)
RIGHT = {each: 1.0 if number % 5 else 0.0 for number, each in enumerate(IDS)}


@pytest.fixture
def file(tmp_path):
    accept(report(RIGHT), DATASET, tmp_path / "baseline.json")
    return tmp_path / "baseline.json"


def report(scores, metric="figure_correct"):
    return Report("answers", "samples", {}, [], scores={metric: scores})


def with_wrong(count):
    """So many of those that were right are wrong now."""
    wrong = [each for each in IDS if RIGHT[each]][:count]
    return RIGHT | dict.fromkeys(wrong, 0.0), wrong


def test_the_same_scores_pass_ten_times_out_of_ten(file):
    assert [losses(report(RIGHT), DATASET, file) for _ in range(10)] == [[]] * 10


@pytest.mark.parametrize(("count", "is_lost"), [(1, False), (2, False), (6, True), (30, True)])
def test_what_chance_explains_passes_and_what_it_does_not_is_a_loss(file, count, is_lost):
    scores, wrong = with_wrong(count)
    found = losses(report(scores), DATASET, file)
    assert bool(found) == is_lost
    for line in found:
        assert line.startswith("answers figure_correct fell from 0.800 to ")
        assert f"Worse: {', '.join(wrong)}. Better: none." in line


def test_as_many_better_as_worse_is_no_loss(file):
    scores, _ = with_wrong(6)
    better = dict.fromkeys([each for each in IDS if not RIGHT[each]][:6], 1.0)
    assert losses(report(scores | better), DATASET, file) == []


def test_noise_around_the_accepted_scores_is_seldom_a_loss(file):
    """Each example anew by the same chance: an interval of 95 % is left below in one of forty."""
    generator = random.Random(1)  # noqa: S311  # a simulation

    def tossed():
        return report({each: float(generator.random() < 0.5) for each in IDS})

    lost = 0
    for _ in range(15):
        accept(tossed(), DATASET, file)
        lost += bool(losses(tossed(), DATASET, file))
    assert lost <= 2


def test_a_metric_that_is_scored_no_more_is_lost(file):
    lines = losses(report(RIGHT, metric="another"), DATASET, file)
    assert lines == ["answers figure_correct isn't scored any more."]


def test_examples_that_a_metric_no_longer_applies_to_are_left_out(file):
    fewer = {each: score for each, score in RIGHT.items() if each != "q07"}
    assert losses(report(fewer), DATASET, file) == []
    worse = dict.fromkeys(fewer, 0.0)
    (line,) = losses(report(worse), DATASET, file)
    assert "q07" not in line


def test_other_questions_need_to_be_accepted(file):
    asked = replace(DATASET.examples[0], question="What else?")
    changed = replace(DATASET, examples=(asked, *DATASET.examples[1:]))
    (line,) = losses(report(RIGHT), changed, file)
    assert "--accept" in line
    accept(report(RIGHT), changed, file)
    assert losses(report(RIGHT), changed, file) == []


def test_what_was_never_accepted_is_held_against_nothing(file, tmp_path):
    assert losses(report({}), replace(DATASET, name="mine"), file) == []
    assert losses(Report("trajectory", "samples", {}, []), DATASET, file) == []
    assert losses(report(RIGHT), DATASET, tmp_path / "none.json") == []
