"""Finds the period that a document reports on: its last day, fiscal year and quarter."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Generic, NamedTuple, TypeVar

from knowledge.facts.dates import DAY, day_of, days_in

Value = TypeVar("Value")

COVER_CHARACTERS = 6_000
TITLE_CHARACTERS = 1_500
NEW_YEAR_DAYS = 7
NEAR = 90
"""Characters between a fiscal year's name and its last day."""
OFTEN = 0.3
"""Share of the mentions of the commonest last day, from which a later one counts."""
LATE = timedelta(days=200)
"""By which a report may follow on its period's end."""
_ENDED = (
    r"\b(?:years?|period|quarter|months|weeks|half[\s-]year)\s{1,3}(?:ended|ending|to):?\s{0,3}(?:on\s)?|"
    r"\b(?:gesch\u00e4ftsjahr|zeitraum)\s(?:vom\s\S{1,3}\s\S{1,12}\s(?:\d{4}\s)?)?bis\s(?:zum\s)?|"
    r"\bzum\s|\bexercice\s(?:clos|arr\u00eat\u00e9)\s(?:le|au)\s|"
    r"\bejercicio\s(?:anual\s)?(?:terminado|cerrado)\s(?:el|a)\s(?:el\s)?"
)
_PERIOD = re.compile(rf"(?:{_ENDED})(?P<date>{DAY})", re.IGNORECASE)
_EVENT = re.compile(
    rf"date\s+of\s+earliest\s+event\s+reported\)?:?\s{{1,4}}(?P<date>{DAY})|"
    rf"date\s+of\s+report[^\n]{{0,60}}\n?[^\n]{{0,4}}(?<!\s)\s{{1,4}}"
    rf"(?P<late>{DAY.replace('?P<', '?P<l_')})",
    re.IGNORECASE,
)
_DATELINE = re.compile(rf"^[ \t]*(?P<date>{DAY})[ \t]*$", re.IGNORECASE | re.MULTILINE)
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
_ORDINALS = {
    name: at
    for at, names in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th"), start=1)
    for name in names.split()
}
_QUARTER = re.compile(
    r"\b(?:(?P<word>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+(?:fiscal\s+)?quarter|q(?P<q>[1-4])\b|"
    r"(?P<q2>[1-4])\.\s?quartal|(?P<half>half[\s-]year|first\s+half|six[\s-]months?\s+(?:ended|to)|halbjahr))"
    r"(?:(?:\s+of)?(?:\s+fiscal)?(?:\s+year)?\s+(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_YEAR_AND_QUARTER = re.compile(
    r"\b(?P<year>(?:19|20)\d\d)\s+(?:first|second|third|fourth)[\s-]+quarter\b", re.IGNORECASE
)
_SPAN = re.compile(
    r"\b(?P<span>six|nine|twenty-six|thirty-nine|26|39|24|36|40)\s+(?:months|weeks)\s+ended\b",
    re.IGNORECASE,
)
_QUARTERS = dict.fromkeys(("six", "twenty-six", "26", "24"), 2)
_QUARTERS |= dict.fromkeys(("nine", "thirty-nine", "39", "36", "40"), 3)
_NAME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NAME_QUARTER = re.compile(r"(?<![a-z])q([1-4])(?!\d)", re.IGNORECASE)


class Found(NamedTuple, Generic[Value]):
    """A value, and where it stands in the text; None as place for the file's name."""

    value: Value
    place: tuple[int, int] | None


def find_period_end(text: str, *, is_event: bool) -> Found[date] | None:
    """The last day of the period; of an 8-K, the day of the event."""
    cover = text[:COVER_CHARACTERS]
    if is_event:
        return _event(cover)
    for within in (cover[:TITLE_CHARACTERS], cover):
        found = next((day for day in _ends(within)), None)
        if found is not None:
            return found
    named = next((day for day, _, _ in days_in(cover)), None)
    common = _commonest(text)
    if common is not None and named is not None and common.value < named - LATE:
        return None  # of a year before: the cover is of a later day
    return common or next(_lines(cover), None)


def _event(cover: str) -> Found[date] | None:
    for found in _EVENT.finditer(cover):
        printed = found["date"] or found["late"]
        for day, _, _ in days_in(printed):
            place = found.span("date") if found["date"] else found.span("late")
            return Found(day, place)
    return next(_lines(cover), None)


def _ends(text: str) -> Iterator[Found[date]]:
    for found in _PERIOD.finditer(text):
        day = day_of(found)
        if day is not None:
            yield Found(day, found.span("date"))


def _lines(text: str) -> Iterator[Found[date]]:
    for found in _DATELINE.finditer(text):
        if (day := day_of(found)) is not None:
            yield Found(day, found.span("date"))


def _commonest(text: str) -> Found[date] | None:
    """The latest of the days on which periods end that are named often."""
    found = list(_ends(text))
    if not found:
        return None
    counts = Counter(each.value for each in found)
    most = counts.most_common(1)[0][1]
    latest = max(day for day, count in counts.items() if count >= OFTEN * most)
    return next(each for each in found if each.value == latest)


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
    for pattern in (_QUARTER, _YEAR_AND_QUARTER):
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


def find_quarter(name: str, text: str, *, is_form: bool) -> Found[int] | None:
    """The quarter of an interim report; a half-year's is the second.

    Args:
        name: the file's, the last resort.
        text: of the first pages.
        is_form: whether it is a 10-Q: one without a longer span is of the first quarter.
    """
    for found in _QUARTER.finditer(text[:TITLE_CHARACTERS]):
        if found["half"] and is_form:
            continue
        return Found(_quarter(found), found.span())
    spans = [(_QUARTERS[found["span"].lower()], found.span()) for found in _SPAN.finditer(text)]
    if spans:
        quarter, place = max(spans, key=lambda each: each[0])
        return Found(quarter, place)
    words = [found for found in _QUARTER.finditer(text) if not found["half"]]
    if words and not is_form:
        common = Counter(map(_quarter, words)).most_common(1)[0][0]
        return next(Found(common, found.span()) for found in words if _quarter(found) == common)
    named = _NAME_QUARTER.search(name)
    if named:
        return Found(int(named[1]), None)
    three = re.search(r"\bthree\s+months\s+ended\b", text, re.IGNORECASE)
    return Found(1, three.span()) if is_form and three else None


def _quarter(found: re.Match[str]) -> int:
    if found["half"]:
        return 2
    digit = found["q"] or found["q2"]
    return int(digit) if digit else _ORDINALS[found["word"].lower()]
