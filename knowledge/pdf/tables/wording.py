"""What a header, a caption or a label says about time, before anything is concluded from it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.pdf.tables.calendar import (
    DATE,
    DAY_OF_YEAR,
    date_of,
    day_in,
    day_of_year,
    month_and_day,
)
from knowledge.pdf.tables.span_words import (
    COMPARISON,
    INSTANT,
    QUARTER_MONTHS,
    half_in,
    months_in,
    quarter_in,
    weeks_in,
)

_YEAR = re.compile(r"(?<![\d,.$/])(?:19|20)\d\d(?![\d,.%/]\d|%)")
_SHORT_YEAR = re.compile(
    r"\b(?:FY|fiscal|Q[1-4]|[1-4]Q|H[12]|[12]H|9M|[1-4]T|[12]S)\s?['\u2019]?(?P<year>\d\d)\b(?!\d)",
    re.IGNORECASE,
)
_SPLIT_YEAR = re.compile(
    r"(?<![\d/.,])(?P<first>(?:19|20)\d\d|(?<=FY)\d\d)"
    r"(?:\s?/\s?(?P<last>(?:19|20)?\d\d)|[-\u2013](?P<short>\d\d))(?![\d/.,-])",
    re.IGNORECASE,
)
"""A fiscal year of two calendar years: `2022/23`, `FY2022-23`, `2021/2022`."""
_TO = re.compile(
    r"\s{0,3}(?:-|\u2013|\u2014|to|thru|through|until|bis|au|al?)\s{0,3}(?:the\s|zum\s)?",
    re.IGNORECASE,
)
_MAX_FIRST = 40
"""Characters before a range's last day among which its first day is looked for."""


@dataclass(frozen=True)
class Wording:
    """What a stretch of header says about time."""

    days: tuple[date, ...]
    """Of a range, "1.1.-31.12.2022", the last one alone."""
    years: tuple[int, ...]
    months: int | None
    """Of the span: 3, 6, 9 or 12."""
    quarter: int | None
    half: int | None
    weeks: int | None
    """Of the span, where they are printed."""
    month_day: tuple[int, int] | None
    """Of `December 31`, where no year stands beside it."""
    since: date | None
    """The first day of a printed range."""
    is_instant: bool
    is_comparison: bool

    @property
    def is_dated(self) -> bool:
        return bool(self.days or self.years)


@lru_cache(maxsize=1024)
def wording(text: str) -> Wording:
    """Reads what a header, a caption or a label says about time."""
    days, since = _days_and_start(text)
    rest = DATE.sub(" ", text)
    quarter, half, months = quarter_in(text), half_in(text), months_in(text)
    return Wording(
        days,
        _years(rest),
        QUARTER_MONTHS if quarter and months is None else months,
        quarter,
        half,
        weeks_in(text),
        day_of_year(rest) if since is None else None,
        since,
        is_instant=since is None and INSTANT.search(text) is not None,
        is_comparison=COMPARISON.search(text) is not None,
    )


def _years(text: str) -> tuple[int, ...]:
    split = [_last_year(found) for found in _SPLIT_YEAR.finditer(text)]
    rest = _SPLIT_YEAR.sub(_unless_split, text) if any(split) else text
    years = [year for year in split if year]
    years += [int(year) for year in _YEAR.findall(rest)]
    years += [2000 + int(found["year"]) for found in _SHORT_YEAR.finditer(rest)]
    return tuple(dict.fromkeys(years))


def _last_year(found: re.Match[str]) -> int | None:
    """Of two that follow each other, the later; None for other pairs of figures."""
    first, last = int(found["first"]), int(found["last"] or found["short"])
    first += 2000 if first < 100 else 0  # noqa: PLR2004
    return (
        first + 1 if (first + 1) % 100 == last % 100 and last in {first + 1, last % 100} else None
    )


def _unless_split(found: re.Match[str]) -> str:
    return " " if _last_year(found) else found[0]


def _days_and_start(text: str) -> tuple[tuple[date, ...], date | None]:
    """The days that a text prints, without the first of a range, which is told apart."""
    days: list[date] = []
    since: date | None = None
    end = 0
    for found in DATE.finditer(text):
        day = date_of(found)
        if day is None:
            continue
        if days and _TO.fullmatch(text, end, found.start()) and days[-1] < day:
            since = days.pop()
        elif first := _first_of_range(text, found, day):
            since = first
        days.append(day)
        end = found.end()
    return tuple(days), since if len(days) == 1 else None


def _first_of_range(text: str, end: re.Match[str], last: date) -> date | None:
    """The first day of a range whose year is printed with its last day only."""
    low = max(0, end.start() - _MAX_FIRST)
    for found in DAY_OF_YEAR.finditer(text, low, end.start()):
        at = month_and_day(found)
        if at is None or not _TO.fullmatch(text, found.end(), end.start()):
            continue
        year = last.year if at <= (last.month, last.day) else last.year - 1
        return day_in(year, *at)
    return None
