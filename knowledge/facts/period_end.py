"""Finds the last day of the period that a document reports on."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.facts.dates import DAY, day_of, days_in
from knowledge.facts.found import COVER_CHARACTERS, TITLE_CHARACTERS, Found

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
