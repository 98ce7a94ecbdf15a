"""The time that a question is asked of."""

import re
from datetime import UTC, date, datetime, time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

HOW = 'a day, "2024-03-01", or a time with its offset, "2024-03-01T09:30:00+01:00"'
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _to_time(given: object) -> object:
    """A day is its end in UTC; a bare number, which pydantic would read as seconds, is nothing."""
    if isinstance(given, str):
        if not _DAY.match(given):
            raise ValueError(f"say {HOW}")
        given = date.fromisoformat(given) if _DAY.fullmatch(given) else given
    if isinstance(given, datetime | str):
        return given
    if isinstance(given, date):
        return datetime.combine(given, time.max, UTC)
    raise ValueError(f"say {HOW}")


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"a time without its offset is another one everywhere: say {HOW}")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError("no calendar has this time in UTC: take a year from 2 to 9998") from None


AsOf = Annotated[
    datetime,
    BeforeValidator(_to_time),
    AfterValidator(_in_utc),
    WithJsonSchema({"type": "string"}),
]
"""An aware time in UTC; a plain date is the end of that day."""
