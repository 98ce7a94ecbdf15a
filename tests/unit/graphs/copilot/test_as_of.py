"""What can be said for the time that a question is asked of."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from graphs.copilot.question import Question


def as_of(said):
    return Question.model_validate({"question": "a", "as_of": said}).as_of


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, None),
        ("2024-03-01", datetime(2024, 3, 1, 23, 59, 59, 999999, UTC)),
        ("2024-03-01T09:30:00+01:00", datetime(2024, 3, 1, 8, 30, tzinfo=UTC)),
        ("2024-03-01 09:30Z", datetime(2024, 3, 1, 9, 30, tzinfo=UTC)),
        ("9999-12-31", datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_a_day_or_a_time_with_its_offset(said, expected):
    assert as_of(said) == expected


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2024-03-01T09:30:00", "without its offset"),
        ("2024-02-30", "out of range"),
        ("2024-03-01x", "valid datetime"),
        ("yesterday", "say a day"),
        ("1709251200", "say a day"),
        (1709251200, "say a day"),
        (["2024-03-01"], "say a day"),
        ("0001-01-01T00:00:00+14:00", "no calendar"),
        ("9999-12-31T23:59:59-14:00", "no calendar"),
    ],
)
def test_anything_else_is_refused(said, why):
    with pytest.raises(ValidationError, match=why):
        as_of(said)


def test_it_is_kept_with_the_question():
    asked = Question.model_validate({"question": "a", "as_of": "2024-03-01"})
    assert Question.model_validate(asked.model_dump(mode="json")) == asked
