"""The heading of a table that says which period each column is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

_MONTHS = "january february march april may june july august september october november december"
_MONTH_OF = {name: at for at, name in enumerate(_MONTHS.split(), 1)}
_MONTH_OF |= {name[:3]: at for name, at in _MONTH_OF.items()} | {"sept": 9}
_RESTATED = frozenset(["restated", "adjusted", "revised", "recast"])
_AROUND = (
    "for the at as of and fiscal year years ended ending end month months week weeks quarter "
    "quarters three six nine twelve thirteen twenty-six thirty-nine fifty-two q1 q2 q3 q4 first "
    "second third fourth full change vs in millions thousands billions dollars amounts except per "
    "share unaudited audited"
)
_FILLERS = (
    "for the at as of and change vs in millions thousands billions dollars amounts except per share"
)
_FILLER = frozenset(_FILLERS.split())
_WORDS = frozenset(_MONTH_OF) | frozenset(_AROUND.split()) | _RESTATED
_YEAR = re.compile(r"(?:19[5-9]\d|20\d\d)")
_DAY = re.compile(r"(?:[12]?\d|3[01]),?")
_MARK = re.compile(r"\((?:\d|[a-z])\)")
_DURATION = re.compile(
    r"(?P<three>(?:three|3) months|thirteen weeks|quarters?|q[1-4])|"
    r"(?P<six>(?:six|6) months|twenty-six weeks)|(?P<nine>(?:nine|9) months|thirty-nine weeks)|"
    r"(?P<twelve>(?:twelve|12) months|fifty-two weeks|full[ -]year|years? ended|fiscal years?)"
)
_MONTHS_OF = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
LINE_END = "\n"
"""A token of a heading that goes on in the next line."""
_EARLY = 2
"""A fiscal year that ends in January or February may be called by the year before."""


@dataclass(frozen=True)
class Column:
    """One period: `year` is the fiscal one, 0 where it can't be told; `printed` as it stands."""

    year: int
    months: int | None = None
    printed: int = 0
    month: int | None = None
    restated: bool = False


@dataclass(frozen=True)
class Header:
    columns: tuple[Column, ...]


@dataclass
class _Heading:
    """What the words of a heading told so far."""

    groups: list[int] = field(default_factory=list)
    group_months: list[int | None] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """The line of the heading that each column's year stands in."""
    marks: int = 0
    """How many marks say that a column is restated."""
    line: int = 0
    month: int | None = None


def bare(token: str) -> str:
    return token.strip(".,:;()*$%&\u2014\u2013-").lower()


def is_heading(tokens: Sequence[str], *, goes_on: bool = False) -> bool:
    """Only words that name periods, with years, signs and the days of a month."""
    words = [bare(t) for t in tokens]
    dated = goes_on or any(word in _MONTH_OF for word in words)
    if not any((word in _WORDS and word not in _FILLER) or _YEAR.fullmatch(word) for word in words):
        return goes_on and len(tokens) == 1 and bool(_DAY.fullmatch(tokens[0]))
    return all(
        _belongs(word, token, dated=dated) for word, token in zip(words, tokens, strict=True)
    )


def _belongs(word: str, token: str, *, dated: bool) -> bool:
    if not word or word in _WORDS or _YEAR.fullmatch(word) or _MARK.fullmatch(token):
        return True
    return dated and bool(_DAY.fullmatch(token))


def leading_years(tokens: Sequence[str]) -> int:
    """How many tokens at the start are years: `2018 2017 Assets` -> 2."""
    count = 0
    while count < len(tokens) and _YEAR.fullmatch(tokens[count]):
        count += 1
    return count


def read_header(
    tokens: Sequence[str], document_year: int | None, quarter: int | None
) -> Header | None:
    """The columns of a whole heading, as fiscal years of the document that it stands in."""
    heading = _Heading()
    words = [bare(token) for token in tokens]
    for found in _DURATION.finditer(" ".join(w for w in words if w != LINE_END)):
        heading.groups.append(_MONTHS_OF[str(found.lastgroup)])
    for word in words:
        _read_word(heading, word)
    if not heading.columns:
        return None
    heading.columns = _realigned(heading)
    columns = _spread(heading)
    return Header(tuple(_fiscal(columns, document_year, quarter)))


def _read_word(heading: _Heading, word: str) -> None:
    if word == LINE_END:
        heading.line += 1
    elif word in _MONTH_OF:
        heading.month = _MONTH_OF[word]
        heading.group_months.append(heading.month)
    elif _YEAR.fullmatch(word):
        heading.columns.append(Column(0, None, int(word), heading.month))
        heading.lines.append(heading.line)
    elif word in _RESTATED and heading.columns:
        heading.marks += 1
        last = heading.columns.pop()
        heading.columns.append(Column(0, None, last.printed, last.month, restated=True))


def _realigned(heading: _Heading) -> list[Column]:
    """Columns whose marks made them a line higher than the newest: it stands first.

    `December 31, 2022 | December 31, 2023 (as restated)`, over two lines, is 2023, then 2022 as
    restated: what is restated is an earlier period. Marks that tell less leave no year to rely on.
    """
    *others, last = heading.columns
    dates = [(c.printed, c.month or 0) for c in heading.columns]
    lower = all(line < heading.lines[-1] for line in heading.lines[:-1])
    alone = last.restated and not any(c.restated for c in others)
    if not (others and lower and alone and dates[-1] > max(dates[:-1])):
        return heading.columns
    if heading.marks != len(others):
        return [replace(c, printed=0) for c in heading.columns]
    return [replace(last, restated=False), *(replace(c, restated=True) for c in others)]


def _spread(heading: _Heading) -> list[Column]:
    """Durations stand above their years: `Three Months Ended | Six Months Ended`, two years each.

    Durations that don't divide the years leave every column without one that can be relied on.
    """
    groups, columns = heading.groups, heading.columns
    if not groups:
        return columns
    if len(columns) % len(groups):
        return [Column(0, 0, c.printed, c.month, c.restated) for c in columns]
    each = len(columns) // len(groups)
    same = len(heading.group_months) == len(groups) > 1
    return [
        Column(
            0,
            groups[at // each],
            c.printed,
            heading.group_months[at // each] if same else c.month,
            c.restated,
        )
        for at, c in enumerate(columns)
    ]


def _fiscal(
    columns: Sequence[Column], document_year: int | None, quarter: int | None
) -> list[Column]:
    """A year that ends early in the calendar is called by either year: the document decides."""
    newest = max(columns, key=lambda c: (c.printed, c.month or 0))
    if newest.month is None:
        return [_called(c, c.printed) for c in columns]
    ends = newest.month
    if quarter in (1, 2, 3):
        others = [c.month for c in columns if c.month and c.month != newest.month]
        ends = others[0] if others else newest.month
    natural = newest.printed + (newest.month > ends)
    shift = (document_year or natural) - natural
    if not document_year and ends <= _EARLY:
        return [_called(c, 0) for c in columns]
    in_doubt = ends <= _EARLY or (quarter in (1, 2, 3) and ends == newest.month)
    if abs(shift) > 1 or not in_doubt:
        shift = 0
    return [_called(c, c.printed + ((c.month or 0) > ends) + shift) for c in columns]


def _called(column: Column, year: int) -> Column:
    return Column(year, column.months, column.printed, column.month, column.restated)
