"""Finds the fiscal year that a document reports on, as its text names it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from knowledge.facts.dates import days_in
from knowledge.facts.found import TITLE_CHARACTERS, Found
from knowledge.facts.quarter import QUARTER

NEW_YEAR_DAYS = 7
NEAR = 90
"""Characters between a fiscal year's name and its last day."""
OFTEN = 0.3
"""Share of the mentions of the commonest last day, from which a later one counts."""
_FISCAL = re.compile(
    r"\b(?:fiscal\s+(?:year\s+)?|gesch\u00e4ftsjahr\s+|exercice\s+|ejercicio\s+|FY\s?)(?P<year>(?:19|20)\d\d)"
    r"(?:/(?P<to>\d\d)\b)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"[\s,:(\"\u201c\u201d)]*+(?:(?:which|that|we|our|the|years?|period|end(?:ed|s|ing)|on|or|refer(?:red)?|"
    r"to|as|is|was|quarter|first|second|third|fourth|5[23]|weeks?|months?|for|of)\b[\s,:(\"\u201c\u201d)]*+){0,9}"
)
"""What may stand between a fiscal year's name and its last day."""
_SHORT_FISCAL = re.compile(r"\bFY\s?['\u2019]?(?P<year>\d\d)\b")
_TITLE_YEAR = re.compile(
    r"(?:annual\s+report(?:\s+(?:and|&)\s+(?:accounts|financial\s+statements))?|gesch\u00e4ftsbericht|"
    r"jahresbericht|rapport\s+annuel|informe\s+anual|accounts|form\s+10-?[kq]|integrated\s+report|"
    r"\u00e5rsrapport|\u00e5rsredovisning|interim\s+report|half[\s-]year\s+report|report|statements)"
    r"[\s,:\u2013\u2014-]{1,3}(?:for\s+)?(?:fiscal\s+)?(?P<year>(?:19|20)\d\d)(?:\s?[/\u2013-]\s?(?P<to>(?:20)?\d\d)\b)?|"
    r"\b(?P<before>(?:19|20)\d\d)(?:\s?[/\u2013-]\s?(?P<before_to>(?:20)?\d\d))?\s?(?:annual\s?report|integrated\s+report|"
    r"results|interim\s+report|universal\s+registration)",
    re.IGNORECASE,
)
_YEAR_AND_QUARTER = re.compile(
    r"\b(?P<year>(?:19|20)\d\d)\s+(?:first|second|third|fourth)[\s-]+quarter\b", re.IGNORECASE
)
_NAME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def find_fiscal_year(
    name: str, text: str, end: Found[date] | None, quarter: int | None
) -> Found[int] | None:
    """The year's name, as the text names it; the file's name is the last resort."""
    title = text[:TITLE_CHARACTERS]
    if end is None:
        return _title_year(title) or _with_quarter(title) or _commonest_year(text) or _in_name(name)
    near = _named_beside(text, end)
    if near is not None:
        return near
    year = _year_of(end.value, quarter)
    # Most years are named by where they end, some by where they begin.
    candidates = {year, year - 1}
    titled = _title_year(title)
    if titled is not None and titled.value in candidates:
        return titled
    counted = _counted(text, candidates)
    if counted is not None:
        return counted
    return Found(year, end.place)


def _year_of(end: date, quarter: int | None) -> int:
    """The calendar year in which the fiscal year ends; its last days may be a new year's first."""
    months = 3 * (4 - quarter) if quarter else 0
    first_days = end.day <= NEW_YEAR_DAYS
    return end.year + (end.month - 1 - first_days + months) // 12


def _title_year(title: str) -> Found[int] | None:
    for found in _TITLE_YEAR.finditer(title):
        first = "year" if found["year"] else "before"
        to = found["to"] if found["year"] else found["before_to"]
        return Found(_end_year(int(found[first]), to), found.span(first))
    return None


def _end_year(year: int, to: str | None) -> int:
    """2023 for "2022/23"; a second year that doesn't follow is something else."""
    return year + 1 if to and int(to) % 100 == (year + 1) % 100 else year


def _with_quarter(title: str) -> Found[int] | None:
    for pattern in (QUARTER, _YEAR_AND_QUARTER):
        for found in pattern.finditer(title):
            if found["year"]:
                return Found(int(found["year"]), found.span("year"))
    return None


def _named_beside(text: str, end: Found[date]) -> Found[int] | None:
    """The year named beside its last day: `January 28, 2023 ("fiscal 2022")`."""
    places: dict[int, list[tuple[int, int]]] = {}
    for day, start, stop in days_in(text):
        if day == end.value:
            for year, place in _beside(text, start, stop):
                if abs(year - day.year) <= 1:
                    places.setdefault(year, []).append(place)
    if not places:
        return None
    year = max(places, key=lambda each: len(places[each]))
    others = sum(map(len, places.values())) - len(places[year])
    return Found(year, places[year][0]) if len(places[year]) > others else None


def _beside(text: str, start: int, stop: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Fiscal years named right before or behind `text[start:stop]`."""
    first = max(0, start - NEAR)
    for found in _FISCAL.finditer(text[first : stop + NEAR]):
        at, to = first + found.start(), first + found.end()
        between = text[to:start] if to <= start else text[stop:at]
        if (to <= start or at >= stop) and _BETWEEN.fullmatch(between):
            yield _end_year(int(found["year"]), found["to"]), (at, to)


def _counted(text: str, candidates: set[int]) -> Found[int] | None:
    """The fiscal year that is named clearly most, of those that could be meant."""
    found: dict[int, list[re.Match[str]]] = {}
    for match in _FISCAL.finditer(text):
        found.setdefault(_end_year(int(match["year"]), match["to"]), []).append(match)
    for match in _SHORT_FISCAL.finditer(text):
        found.setdefault(2000 + int(match["year"]), []).append(match)
    ranked = sorted((len(found.get(year, [])), year) for year in candidates)
    (less, _), (most, year) = ranked[-2], ranked[-1]
    return Found(year, found[year][0].span()) if most > 2 * less else None


def _commonest_year(text: str) -> Found[int] | None:
    """The latest year of the days that the text names often."""
    days = list(days_in(text))
    counts = Counter(day.year for day, _, _ in days)
    if not counts:
        return None
    most = counts.most_common(1)[0][1]
    latest = max(year for year, count in counts.items() if count >= OFTEN * most)
    return next(Found(day.year, (start, end)) for day, start, end in days if day.year == latest)


def _in_name(name: str) -> Found[int] | None:
    named = _NAME_YEAR.search(name.replace("_", " "))
    return Found(int(named[1]), None) if named else None
