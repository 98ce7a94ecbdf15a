"""A change that makes scores worse is stopped, and one that doesn't never is."""

import random
from dataclasses import replace

import pytest
from unit.evals.guessing import examples, header_of, is_right, suite_of

from evals.baseline import Baseline
from evals.datasets import Dataset
from evals.gate import failures, losses, missed, unscored
from evals.report import Report
from evals.results import Row
from evals.suite import Metric

DATASET = Dataset("samples", (), examples(70))
IDS = [example.id for example in DATASET.examples]
RIGHT = {each: 1.0 if number % 5 else 0.0 for number, each in enumerate(IDS)}


@pytest.fixture
def baseline(tmp_path):
    known = Baseline(tmp_path / "baseline.json")
    known.accept(report(RIGHT))
    return known


def report(scores, name="right", dataset=DATASET, metric=None, **header):
    suite = suite_of(**{name: metric or Metric(is_right, is_compared=True)})
    rows = [
        Row(example_id=each, outcome={}, scores={f"all {name}": score})
        for each, score in scores.items()
    ]
    return Report(suite, dataset, header_of(dataset, **header), rows)


def with_wrong(count):
    """So many of those that were right are wrong now."""
    wrong = [each for each in IDS if RIGHT[each]][:count]
    return RIGHT | dict.fromkeys(wrong, 0.0), wrong


def test_the_same_scores_pass_ten_times_out_of_ten(baseline):
    assert [losses(report(RIGHT), baseline) for _ in range(10)] == [[]] * 10


@pytest.mark.parametrize(("count", "is_lost"), [(1, False), (2, False), (6, True), (30, True)])
def test_what_chance_explains_passes_and_what_it_does_not_is_a_loss(baseline, count, is_lost):
    scores, wrong = with_wrong(count)
    found = losses(report(scores), baseline)
    assert bool(found) == is_lost
    for line in found:
        assert line.startswith("guessing all right fell from 0.800 to ")
        assert f"Worse: {', '.join(wrong)}. Better: none." in line


def test_as_many_better_as_worse_is_no_loss(baseline):
    scores, _ = with_wrong(6)
    better = dict.fromkeys([each for each in IDS if not RIGHT[each]][:6], 1.0)
    assert losses(report(scores | better), baseline) == []


def test_more_of_what_should_be_less_is_a_loss(baseline):
    tokens = Metric(is_right, is_compared=True, lower_is_better=True)
    cheap, dear = dict.fromkeys(IDS, 100.0), dict.fromkeys(IDS, 120.0)
    baseline.accept(report(cheap, "tokens", metric=tokens))
    (line,) = losses(report(dear, "tokens", metric=tokens), baseline)
    assert line.startswith("guessing all tokens rose from 100.000 to 120.000")
    baseline.accept(report(dear, "tokens", metric=tokens))
    assert losses(report(cheap, "tokens", metric=tokens), baseline) == []


def test_noise_around_the_accepted_scores_is_seldom_a_loss(baseline):
    """Each example anew by the same chance: an interval of 95 % is left below in one of forty."""
    generator = random.Random(1)  # noqa: S311  # a simulation

    def tossed():
        return report({each: float(generator.random() < 0.5) for each in IDS})

    lost = 0
    for _ in range(15):
        baseline.accept(tossed())
        lost += bool(losses(tossed(), baseline))
    assert lost <= 2


def test_a_metric_that_is_scored_no_more_is_lost(baseline):
    lines = losses(report(RIGHT, name="another"), baseline)
    assert lines == ["guessing all right isn't scored any more."]


def test_examples_that_a_metric_no_longer_applies_to_are_left_out(baseline):
    fewer = {each: score for each, score in RIGHT.items() if each != "q07"}
    assert losses(report(fewer), baseline) == []
    (line,) = losses(report(dict.fromkeys(fewer, 0.0)), baseline)
    assert "q07" not in line


def test_other_questions_need_to_be_accepted(baseline):
    asked = replace(DATASET.examples[0], question="What else?")
    changed = replace(DATASET, examples=(asked, *DATASET.examples[1:]))
    (line,) = losses(report(RIGHT, dataset=changed), baseline)
    assert "--accept" in line
    baseline.accept(report(RIGHT, dataset=changed))
    assert losses(report(RIGHT, dataset=changed), baseline) == []


def test_what_was_never_accepted_is_held_against_nothing(baseline, tmp_path):
    assert losses(report({}, model="groq:a"), baseline) == []
    assert losses(report({}, dataset=replace(DATASET, name="mine")), baseline) == []
    assert losses(report(RIGHT), Baseline(tmp_path / "none" / "baseline.json")) == []


def test_what_was_accepted_is_kept_for_the_trend(baseline):
    baseline.accept(report(with_wrong(6)[0], commit="another commit"))
    old, new = baseline.history()
    assert (old["commit"], old["sections"]["all"]["right"]) == ("0123456789ab", 0.8)
    assert (new["commit"], new["sections"]["all"]["n"]) == ("another commit", 70)
    assert new["sections"]["all"]["right"] < 0.8


@pytest.mark.parametrize(
    ("metric", "told"),
    [
        (Metric(is_right, at_least=0.8), []),
        (Metric(is_right, at_least=0.81), ["right is 0.8000, below its floor of 0.81."]),
        (Metric(is_right, at_most=0.8), []),
        (Metric(is_right, at_most=0.79), ["right is 0.8000, above its ceiling of 0.79."]),
    ],
)
def test_a_threshold_holds(metric, told):
    assert missed(report(RIGHT, metric=metric)) == [f"guessing all {each}" for each in told]


def test_threshold_that_nothing_could_be_scored_for_is_skipped_with_a_note(tmp_path):
    floor = report({}, metric=Metric(is_right, at_least=0.5))
    assert failures(floor, Baseline(tmp_path / "none.json")) == []
    assert unscored(floor) == ["guessing all right is skipped: no example could be scored on it."]
    assert unscored(report(RIGHT, metric=Metric(is_right, at_least=0.5))) == []


def test_other_languages_are_held_against_nothing(baseline):
    german = tuple(
        replace(example, language="de") if not RIGHT[example.id] else example
        for example in DATASET.examples
    )
    mixed = report(RIGHT, dataset=replace(DATASET, examples=german))
    assert mixed.sections["all"] == {"n": 56, "right": 1.0}
    assert mixed.sections["other_languages"] == {"n": 14, "right": 0.0}
