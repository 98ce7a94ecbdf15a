"""The line above a table that says which period each column is."""

import re
from dataclasses import dataclass

_MONTHS = "january february march april may june july august september october november december"
_MONTH_WORDS = frozenset(_MONTHS.split()) | {m[:3] for m in _MONTHS.split()} | {"sept"}
_AROUND = (
    "for the at as of and fiscal year years ended ending end months month weeks week quarter "
    "quarters three six nine twelve q1 q2 q3 q4 first second third fourth full change vs in "
    "millions thousands billions dollars amounts except per share unaudited audited"
)
_WORDS = _MONTH_WORDS | frozenset(_AROUND.split())
_YEAR = re.compile(r"(?:19[5-9]\d|20\d\d)")
_DAY = re.compile(r"(?:[12]?\d|3[01]),?")
_DATE = re.compile(r"([A-Z][a-z]{2,8})\.? (\d{1,2}), ?((?:19[5-9]|20\d)\d)")
_DURATION = re.compile(
    r"(?P<three>three months|thirteen weeks|quarter|q[1-4])|(?P<six>six months|twenty-six weeks)|"
    r"(?P<nine>nine months)|(?P<twelve>twelve months|full[ -]year|years? ended|fiscal years?)",
    re.IGNORECASE,
)
_MONTHS_OF = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_EARLY_MONTHS = frozenset(("january", "february", "jan", "feb"))


@dataclass(frozen=True)
class Column:
    """`months` is the length of the period, None where the header does not say."""

    year: int
    months: int | None = None


@dataclass(frozen=True)
class Header:
    columns: tuple[Column, ...]


def bare(token: str) -> str:
    return token.strip(".,:;()*$%&\u2014\u2013-").lower()


def is_heading(tokens: list[str]) -> bool:
    """Only words that name periods, with years, signs and the days of a month."""
    words = [bare(t) for t in tokens]
    dated = any(word in _MONTH_WORDS for word in words)
    return any(word in _WORDS or _YEAR.fullmatch(word) for word in words) and all(
        not word or word in _WORDS or _YEAR.fullmatch(word) or (dated and _DAY.fullmatch(token))
        for word, token in zip(words, tokens, strict=True)
    )


def durations_of(line: str) -> tuple[int, ...]:
    return tuple(_MONTHS_OF[str(found.lastgroup)] for found in _DURATION.finditer(line))


def leading_years(tokens: list[str]) -> int:
    """How many tokens at the start are years: `2018 2017 Assets` -> 2."""
    count = 0
    while count < len(tokens) and _YEAR.fullmatch(tokens[count]):
        count += 1
    return count


def read_header(
    tokens: list[str], durations: tuple[int, ...], document_year: int | None
) -> Header | None:
    """The columns of a heading, as fiscal years of the document that it stands in."""
    dates = _DATE.findall(" ".join(tokens))
    bare_years = [int(bare(t)) for t in tokens if _YEAR.fullmatch(bare(t))]
    if len(dates) == len(bare_years):
        years = _fiscal_years([(m.lower(), int(y)) for m, _, y in dates], document_year)
    else:
        years = bare_years
    if not years:
        return None
    spans: list[int | None] = [None] * len(years)
    if durations and len(years) % len(durations) == 0:
        each = len(years) // len(durations)
        spans = [months for months in durations for _ in range(each)]
    return Header(tuple(map(Column, years, spans)))


def _fiscal_years(dates: list[tuple[str, int]], document_year: int | None) -> list[int]:
    """A year that ends in January is called by either year: the document's name decides."""
    if not dates:
        return []
    latest_month, latest = max(dates, key=lambda date: (date[1], date[0] not in _EARLY_MONTHS))
    shift = (document_year or latest) - latest
    if shift == -1 and latest_month in _EARLY_MONTHS:
        return [year - 1 for _, year in dates]
    if shift == 1 and latest_month not in _EARLY_MONTHS:
        return [year + (month not in _EARLY_MONTHS) for month, year in dates]
    return [year for _, year in dates]
