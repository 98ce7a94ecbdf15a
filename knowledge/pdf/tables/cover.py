"""Reads from a filing's first pages when its fiscal years end and how it names them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from knowledge.pdf.tables.calendar import DATE, FiscalCalendar, dates_in

NEW_YEAR_DAYS = 7
DECEMBER = 12
MAX_OFFSET = 1
_YEAR_ENDED = re.compile(
    rf"(?:fiscal\s+|financial\s+)?years?\s+end(?:ed|ing)\s*+(?::\s*+)?({DATE.pattern})",
    re.IGNORECASE,
)
_QUARTER_ENDED = re.compile(
    rf"quarter(?:ly\s+period)?\s+ended\s*+(?::\s*+)?({DATE.pattern})", re.IGNORECASE
)
_SPANS = {
    9: re.compile(
        r"\b(?:nine\s+months|(?:39|40|thirty-nine|forty)\s+weeks)\s+ended\b", re.IGNORECASE
    ),
    6: re.compile(r"\b(?:six\s+months|(?:26|27|twenty-six)\s+weeks)\s+ended\b", re.IGNORECASE),
    3: re.compile(r"\b(?:three\s+months|(?:13|14|thirteen)\s+weeks)\s+ended\b", re.IGNORECASE),
}
"""Months from the start of the year to the end of a quarter, most first."""
_FISCAL_YEAR = re.compile(r"fiscal (?:year )?(?:19|20)")
_OTHER_DATE = DATE.pattern.replace("?P<", "?P<n_")
_NAMED = re.compile(
    r"\bfiscal(?:\s+year)?\s+(?P<name>(?:19|20)\d\d)\b(?P<between>[^.;]{0,60}?)"
    rf"\bend(?:ed|ing|s)(?:\s+on)?\s+(?P<date>{_OTHER_DATE})",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    rf"\bend(?:ed|ing|s)(?:\s+on)?\s+(?P<date>{_OTHER_DATE})"
    r"\s*+(?:,\s*+)?[\"\u201c(]*+(?:or\s+|referred to as\s+)?[\"\u201c]?"
    r"fiscal(?:\s+year)?\s+(?P<name>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_PART_OF_YEAR = re.compile(r"quarter|weeks|months", re.IGNORECASE)


@dataclass
class _Said:
    """What pages say of fiscal years."""

    ends: Counter[date] = field(default_factory=Counter)
    quarters: Counter[date] = field(default_factory=Counter)
    """Their last days."""
    offsets: Counter[int] = field(default_factory=Counter)
    longest: int = 0
    """Months from the start of the year to the end of the quarter."""

    def add(self, text: str) -> None:
        flat = " ".join(text.split())
        # Set words in small letters are found far faster than all that the patterns allow for.
        small = flat.lower()
        if "year end" in small or "years end" in small:
            self.ends.update(_days(_YEAR_ENDED, flat))
        if "quarter ended" in small or "quarterly period ended" in small:
            self.quarters.update(_days(_QUARTER_ENDED, flat))
        if _FISCAL_YEAR.search(small):
            self.offsets.update(_offsets(flat))
        if "months ended" in small or "weeks ended" in small:
            spans = (months for months, span in _SPANS.items() if span.search(flat))
            self.longest = max(self.longest, next(spans, 0))


def calendar_of(texts: Iterable[str]) -> FiscalCalendar:
    """From the texts of a filing's first pages, its cover first."""
    said = _Said()
    for text in texts:
        said.add(text)
    anchors = [_anchor(day) for day in said.ends.elements()]
    if said.quarters and said.longest:
        anchors = [_year_end(next(iter(said.quarters)), said.longest)]
    return _calendar(anchors, said.offsets, next(iter(said.quarters or said.ends), None))


def _days(pattern: re.Pattern[str], text: str) -> Iterator[date]:
    for found in pattern.finditer(text):
        yield from dates_in(found[1])[:1]


def _offsets(text: str) -> Iterator[int]:
    """How far the names of fiscal years are from the calendar years in which they end."""
    for pattern in (_NAMED, _NAMED_AFTER):
        for found in pattern.finditer(text):
            if _PART_OF_YEAR.search(found.groupdict().get("between") or ""):
                continue
            for day in dates_in(found["date"]):
                offset = int(found["name"]) - _anchor(day)[0]
                if abs(offset) <= MAX_OFFSET:
                    yield offset


def _calendar(
    anchors: list[tuple[int, int, int]], offsets: Counter[int], period_end: date | None
) -> FiscalCalendar:
    if not anchors:
        return FiscalCalendar(period_end=period_end)
    month, day = Counter((month, day) for _, month, day in anchors).most_common(1)[0][0]
    offset = offsets.most_common(1)[0][0] if offsets and month != DECEMBER else 0
    return FiscalCalendar(month, day, offset, period_end)


def _anchor(day: date) -> tuple[int, int, int]:
    """Year, month and day; a year that ends in a month's first days ends with the month before."""
    if day.day <= NEW_YEAR_DAYS:
        day = day.replace(day=1) - timedelta(days=1)
    return day.year, day.month, day.day


def _year_end(quarter_end: date, months: int) -> tuple[int, int, int]:
    """The end of the year of which so many months had passed."""
    year, month, _ = _anchor(quarter_end)
    ahead = month - 1 + 12 - months
    first_after = date(year + (ahead + 1) // 12, (ahead + 1) % 12 + 1, 1)
    return _anchor(first_after)
