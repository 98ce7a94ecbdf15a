"""Reads from a filing's first pages when its fiscal years end and how it names them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from knowledge.pdf.tables.calendar import DATE, DAY_OF_YEAR, FiscalCalendar, dates_in, month_and_day
from knowledge.pdf.tables.wording import wording

NEW_YEAR_DAYS = 7
DECEMBER = 12
MAX_OFFSET = 1
MAX_BETWEEN = 6
"""Characters between such words and their day: ": ", "the "."""
_YEAR_ENDED = re.compile(
    r"(?<!half[\s-])\byears?\s+end(?:ed|ing)\b|\bexercice\s+clos(?:\s+le)?\b|"
    r"\bgesch\xe4ftsjahr(?:es)?\s+(?:vom|bis|zum)\b|"
    r"\bejercicio(?:\s+anual)?\s+(?:terminado|cerrado|finalizado)(?:\s+el|\s+a)?\b",
    re.IGNORECASE,
)
_YEAR_TO = re.compile(
    r"\b(?:twelve|12)\s+months\s+(?:ended|to)\b|\b5[23]\s+weeks\s+(?:ended|to)\b|"
    r"\b(?:financial\s+)?year\s+to\b|\bgesch\xe4ftsjahr\b|\bexercice\b|\bejercicio\b",
    re.IGNORECASE,
)
_MONTHS_ENDED = re.compile(
    r"\b(?:nine|9|neun)\s+(?:months|monate)\s+(?:ended|to|zum)\b|"
    r"\b(?P<half>(?:six|6|sechs)\s+(?:months|monate)\s+(?:ended|to|zum)|half[\s-]year\s+ended)\b",
    re.IGNORECASE,
)
"""Interim reports without the cover of a quarterly one."""
_HINTS = ("year end", "years end", "exercice", "gesch\xe4ftsjahr", "ejercicio")
_WEAK_HINTS = ("months", "weeks", "year to", "half-year", "half year", "monate", *_HINTS[2:])
_DATE_AFTER = 60
"""Characters behind such words within which the day, or the range, is printed."""
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
    weaker: list[tuple[int, int, int]] = field(default_factory=list)
    """Ends of years, as other words for them and interim periods say."""
    quarters: Counter[date] = field(default_factory=Counter)
    """Their last days."""
    named: list[tuple[int, date]] = field(default_factory=list)
    """Fiscal years by name, with their last days."""
    longest: int = 0
    """Months from the start of the year to the end of the quarter."""

    def add(self, text: str) -> None:
        flat = " ".join(text.split())
        # Set words in small letters are found far faster than all that the patterns allow for.
        small = flat.lower()
        if any(hint in small for hint in _HINTS):
            self.ends.update(_days_after(_YEAR_ENDED, flat))
            self.weaker.extend(_ends_without_year(flat) if not self.ends else ())
        if not self.ends and any(hint in small for hint in _WEAK_HINTS):
            self.weaker.extend(map(_anchor, _days_after(_YEAR_TO, flat)))
            self.weaker.extend(_year_ends_of_interims(flat))
        if "quarter ended" in small or "quarterly period ended" in small:
            self.quarters.update(_days(_QUARTER_ENDED, flat))
        if _FISCAL_YEAR.search(small):
            self.named.extend(_named_years(flat))
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
    return _calendar(anchors or said.weaker, said)


def _ends_without_year(text: str) -> Iterator[tuple[int, int, int]]:
    """As in "Year ended 31 March", above years in another line."""
    for found in _YEAR_ENDED.finditer(text):
        day = DAY_OF_YEAR.search(text, found.end(), found.end() + _DATE_AFTER)
        if day and day.start() - found.end() <= MAX_BETWEEN and (at := month_and_day(day)):
            yield 0, *at


def _days_after(pattern: re.Pattern[str], text: str) -> Iterator[date]:
    """The day, or the last one of a range, that directly follows some words."""
    for found in pattern.finditer(text):
        rest = text[found.end() : found.end() + _DATE_AFTER]
        day = next(DATE.finditer(rest), None)
        first = next(DAY_OF_YEAR.finditer(rest), None)
        start = min(found.start() for found in (day, first) if found) if day else _DATE_AFTER
        if start <= MAX_BETWEEN:
            yield from wording(rest).days[:1]


def _year_ends_of_interims(text: str) -> Iterator[tuple[int, int, int]]:
    for found in _MONTHS_ENDED.finditer(text):
        day = next(
            _days_after(_MONTHS_ENDED, text[found.start() : found.end() + _DATE_AFTER]), None
        )
        if day:
            yield _year_end(day, 6 if found["half"] else 9)


def _days(pattern: re.Pattern[str], text: str) -> Iterator[date]:
    for found in pattern.finditer(text):
        yield from dates_in(found[1])[:1]


def _named_years(text: str) -> Iterator[tuple[int, date]]:
    """Fiscal years that are told by name, each with its last day."""
    for pattern in (_NAMED, _NAMED_AFTER):
        for found in pattern.finditer(text):
            if _PART_OF_YEAR.search(found.groupdict().get("between") or ""):
                continue
            for day in dates_in(found["date"]):
                if abs(int(found["name"]) - _anchor(day)[0]) <= MAX_OFFSET:
                    yield int(found["name"]), day


def _calendar(anchors: list[tuple[int, int, int]], said: _Said) -> FiscalCalendar:
    period_end = next(iter(said.quarters or said.ends), None)
    if not anchors:
        return FiscalCalendar(period_end=period_end)
    month, day = Counter((month, day) for _, month, day in anchors).most_common(1)[0][0]
    # How far the names of fiscal years are from the calendar years in which they end.
    offsets = Counter(name - _anchor(day)[0] for name, day in said.named)
    offset = offsets.most_common(1)[0][0] if offsets and month != DECEMBER else 0
    known = dict.fromkeys([*said.ends, *(day for _, day in said.named)])
    return FiscalCalendar(month, day, offset, period_end, tuple(known), is_stated=True)


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
