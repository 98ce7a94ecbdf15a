from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from graphs.models.failures import Refused, Throttled, ToolUseFailed, Unavailable
from graphs.models.retry import RetryPolicy
from graphs.models.retry_after import seconds_to_wait

STEADY = RetryPolicy(jitter=lambda: 1.0)


def test_waits_double_up_to_the_longest() -> None:
    policy = RetryPolicy(attempts=9, first_wait=0.5, longest_wait=3, jitter=lambda: 1.0)
    waits = [policy.wait_after(Unavailable("x"), attempt=n) for n in range(1, 6)]
    assert waits == [0.5, 1, 2, 3, 3]


def test_jitter_takes_off_up_to_half() -> None:
    policy = RetryPolicy(first_wait=1, jitter=lambda: 0.0)
    assert policy.wait_after(Unavailable("x"), attempt=1) == 0.5


def test_the_last_attempt_is_the_last() -> None:
    assert STEADY.wait_after(Unavailable("x"), attempt=2) is not None
    assert STEADY.wait_after(Unavailable("x"), attempt=3) is None


@pytest.mark.parametrize(
    "failure", [Refused("x"), ToolUseFailed("x"), Unavailable("slow", retriable=False)]
)
def test_some_failures_go_straight_to_the_next_model(failure) -> None:
    assert STEADY.wait_after(failure, attempt=1) is None


def test_retry_after_is_never_undercut_and_capped() -> None:
    eager = RetryPolicy(jitter=lambda: 0.0)
    assert eager.wait_after(Throttled("x", retry_after=7), attempt=1) == 7
    assert STEADY.wait_after(Throttled("x", retry_after=10), attempt=1) == pytest.approx(11)
    assert eager.wait_after(Throttled("x", retry_after=20.1), attempt=1) is None
    assert eager.wait_after(Throttled("x", retry_after=0), attempt=1) == 0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Mon, 01 Jan 2001 00:00:00 GMT"}, 0.0),
        ({}, None),
    ],
)
def test_retry_after_header(headers, seconds) -> None:
    assert seconds_to_wait(headers) == seconds


def test_retry_after_as_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert seconds_to_wait({"retry-after": date}) == pytest.approx(60, abs=2)
