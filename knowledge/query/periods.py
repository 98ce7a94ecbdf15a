"""Which fiscal periods a question names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

_CENTURY = 2000
MONTHS_A_YEAR = 12
MONTH_COUNTS = {1: "one", 3: "three", 6: "six", 9: "nine", 12: "twelve"}
_MONTHS = "January February March April May June July August September October November December"
_MONTH = rf"(?:{'|'.join(_MONTHS.split())})"
_DAY = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?|"
    rf"(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month_next>{_MONTH}))"
    r"\s*+(?:,\s*+)?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\s*+(?:,\s*+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = (
    r"(?:(?:FY|fiscal(?:\s+year)?|CY)\s*+['\u2019]?)?\s*+((?:19|20)\d\d|(?<=FY)\d\d|(?<=FY )\d\d)"
)
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_QUARTER = re.compile(
    r"\b(?:Q([1-4])|([1-4])Q|(first|second|third|fourth|1st|2nd|3rd|4th)(?:\s+fiscal)?\s+quarter)"
    rf"\s*+(?:of|in|for|,|'|\u2019|-)?\s*+(?:the\s+)?(?:{_YEAR}|['\u2019]?(\d\d)\b)?",
    re.IGNORECASE,
)
_NAMED_YEAR = re.compile(r"\b(?:FY|fiscal(?:\s+year)?)\s*['\u2019]?(\d{2}|\d{4})\b", re.IGNORECASE)
_PLAIN_YEAR = re.compile(r"(?<![\d,.$])(?:19|20)\d\d(?![\d,.]\d|\d)")


@dataclass(frozen=True)
class Period:
    """A period as a question names it: fiscal unless `month` is set."""

    year: int
    """The fiscal year; the calendar year where a date was asked for."""
    quarter: int | None = None
    months: int | None = None
    """How many months it lasts: 6 and 9 count from the start of the fiscal year."""
    month: int | None = None
    """1 to 12: the month in which it ends, where a date was asked for."""
    day: int | None = None
    opening: bool = False
    """The end of the fiscal year before the date."""

    @property
    def name(self) -> str:
        """`2023`, `Q3 2023`, `first nine months of 2023`, `three months ended July 2023`."""
        if self.opening:
            return f"the fiscal year end before {replace(self, opening=False).name}"
        if self.month:
            span = f"{MONTH_COUNTS[self.months]} months ended " if self.months else ""
            day = f"{self.day}, " if self.day else ""
            return f"{span}{_MONTHS.split()[self.month - 1]} {day}{self.year}"
        if self.months and self.months != MONTHS_A_YEAR:
            return f"first {MONTH_COUNTS[self.months]} months of {self.year}"
        return f"Q{self.quarter} {self.year}" if self.quarter else str(self.year)

    @property
    def is_annual(self) -> bool:
        return not self.quarter and self.months in (None, MONTHS_A_YEAR)

    def back(self, years: int = 1) -> "Period":
        """The same period of an earlier year."""
        return replace(self, year=self.year - years)


@dataclass(frozen=True)
class Times:
    """All that a question says about time."""

    periods: tuple[Period, ...]
    """In the order in which they are named."""
    days: tuple[date, ...]
    """Full dates: the end of a period, the day of an event, an "as of"."""


def times_of(question: str) -> Times:
    """Read periods and dates from a question."""
    days = tuple(_days(question))
    rest = _DAY.sub(" ", question)
    quarters = list(_quarters(rest))
    rest = _QUARTER.sub(" ", rest)
    years = [_full(int(found)) for found in _NAMED_YEAR.findall(rest)]
    years += [int(found) for found in _PLAIN_YEAR.findall(rest)]
    return Times(tuple(dict.fromkeys([*quarters, *map(Period, years)])), days)


def without_periods(question: str) -> str:
    """A question without its periods: they choose the filing, and are printed on every table."""
    text = _DAY.sub(" ", question)
    for pattern in (_QUARTER, _NAMED_YEAR, _PLAIN_YEAR):
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def _days(question: str) -> Iterator[date]:
    for found in _DAY.finditer(question):
        month, day = found["month"] or found["month_next"], found["day"] or found["day_first"]
        try:
            yield datetime.strptime(f"{month} {day} {found['year']}", "%B %d %Y").date()  # noqa: DTZ007  # a day
        except ValueError:
            continue  # such as June 31


def _quarters(text: str) -> Iterator[Period]:
    plain = _PLAIN_YEAR.search(text)
    for found in _QUARTER.finditer(text):
        digit, digit_first, word, year, short = found.groups()
        quarter = int(digit or digit_first or 0) or _ORDINALS[word.lower()]
        said = year or short
        if said:
            yield Period(_full(int(said)), quarter)
        elif plain:
            yield Period(int(plain[0]), quarter)


def _full(year: int) -> int:
    return year if year >= 100 else _CENTURY + year  # noqa: PLR2004  # two digits
