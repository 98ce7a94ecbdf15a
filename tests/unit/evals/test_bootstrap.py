import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.bootstrap import bootstrap, paired_bootstrap

SCORES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30)


def test_the_same_seed_gives_the_same_interval():
    ours, theirs = [1.0, 0.0, 1.0, 1.0, 0.0] * 8, [0.0, 0.0, 1.0, 0.0, 1.0] * 8
    assert paired_bootstrap(ours, theirs, seed=3) == paired_bootstrap(ours, theirs, seed=3)


def test_a_gain_on_every_example_is_beyond_chance():
    difference = paired_bootstrap([0.9] * 20, [0.4] * 20)
    assert difference.n == 20
    assert difference.mean == pytest.approx(0.5)
    assert difference.low == pytest.approx(0.5)


def test_gains_and_losses_in_balance_are_not():
    difference = paired_bootstrap([1.0, 0.0] * 20, [0.0, 1.0] * 20)
    assert difference.mean == 0
    assert difference.low < 0 < difference.high


def test_the_interval_is_the_normal_one_where_there_are_many_examples():
    # p = 0.6 against 0 on 400 examples: 0.6 ± 1.96 sqrt(0.24 / 400).
    difference = paired_bootstrap([1.0] * 240 + [0.0] * 160, [0.0] * 400, resamples=2000)
    assert difference.low == pytest.approx(0.552, abs=0.006)
    assert difference.high == pytest.approx(0.648, abs=0.006)


@settings(max_examples=30, deadline=None)
@given(SCORES)
def test_swapping_the_sides_turns_the_sign(pairs):
    ours, theirs = map(list, zip(*pairs, strict=True))
    there = paired_bootstrap(ours, theirs, resamples=50)
    back = paired_bootstrap(theirs, ours, resamples=50)
    assert there.mean == pytest.approx(-back.mean)
    assert there.low <= there.high


@pytest.mark.parametrize(("ours", "theirs"), [([], []), ([1.0], [1.0, 0.0])])
def test_nothing_to_compare_is_refused(ours, theirs):
    with pytest.raises(ValueError, match=r"no example|zip"):
        paired_bootstrap(ours, theirs)


def test_a_mean_lies_within_its_interval():
    estimate = bootstrap([1.0] * 80 + [0.0] * 20)
    assert estimate.mean == pytest.approx(0.8)
    assert 0.7 < estimate.low < 0.8 < estimate.high < 0.9
    assert estimate.n == 100


def test_scores_that_are_all_alike_leave_no_doubt():
    estimate = bootstrap([1.0] * 20)
    assert (estimate.low, estimate.high) == (1.0, 1.0)
