"""Retries go on for about a day, spread, and heed what the receiver asks for within bounds."""

from datetime import UTC, datetime, timedelta

import pytest

from tools.outbound.retrying import WAITS_SECONDS, next_attempt_at

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def waits(**asked) -> list[timedelta]:
    return [next_attempt_at(n, NOW, **asked) - NOW for n in range(1, len(WAITS_SECONDS) + 1)]


def test_retries_take_about_a_day():
    total = sum(waits(), timedelta())
    assert timedelta(hours=20) < total < timedelta(hours=28)


def test_each_wait_is_longer_than_the_one_before_and_none_is_the_same_twice():
    each = waits()
    assert each == sorted(each)
    assert len({next_attempt_at(3, NOW) for _ in range(20)}) > 10


def test_after_the_last_nothing_is_tried():
    assert next_attempt_at(len(WAITS_SECONDS) + 1, NOW) is None
    assert next_attempt_at(1000, NOW, 5) is None


@pytest.mark.parametrize(
    ("asked", "least", "most"), [(40, 40, 40), (1, 4.5, 5.5), (10**8, 3600, 3600)]
)
def test_a_receiver_may_ask_for_an_hour(asked, least, most):
    wait = (next_attempt_at(1, NOW, asked) - NOW).total_seconds()
    assert least <= wait <= most
