"""Spans that no column prints, from those that do: the second half, the latest twelve months."""

import re
from collections.abc import Sequence
from dataclasses import replace

from graphs.models.extractive.formulas import Template, need_of
from knowledge.finance.metrics import Metric
from knowledge.query.periods import Period

_SECOND_HALF = re.compile(r"\bsecond half of (?:fy ?|fiscal (?:year )?)?(?:19|20)\d\d\b")
_ROLLS = re.compile(
    r"\broll\w{0,3}\b.{1,200}\bforward\b|\btrailing (?:twelve|12)\b|\b(?:ltm|ttm)\b|"
    r"\b(?:latest|last) (?:twelve|12) months\b"
)
_TO_DATE = re.compile(r"\b(three|six|nine) months\b")
_MONTHS = {"three": 3, "six": 6, "nine": 9}
_HALF, _YEAR = 6, 12


def span_of(text: str, metric: Metric, periods: Sequence[Period]) -> tuple[str, Template] | None:
    """Its name and how to compute it, where a question (lower case) asks for such a span."""
    years = [period for period in periods if not period.month and period.is_annual]
    if len(years) != 1:
        return None
    year = years[0]
    if _SECOND_HALF.search(text) and len(periods) == 1:
        half = replace(year, months=_HALF)
        return f"second half of {year.name}", (need_of(metric, year), " - ", need_of(metric, half))
    return _rolled(text, metric, year, [period for period in periods if period.month])


def _rolled(
    text: str, metric: Metric, year: Period, dated: Sequence[Period]
) -> tuple[str, Template] | None:
    """The fiscal year, plus the months since, less the same months a year before."""
    to_date = _TO_DATE.search(text)
    if not (_ROLLS.search(text) and to_date and [p.months for p in dated] == [_YEAR]):
        return None
    months = replace(dated[0], months=_MONTHS[to_date[1]])
    needs = (need_of(metric, year), need_of(metric, months), need_of(metric, months.back()))
    return dated[0].name, (needs[0], " + ", needs[1], " - ", needs[2])
