"""The periods that a question names, as precisely as it names them."""

import re
from collections.abc import Iterator

from knowledge.query.periods import MONTHS_A_YEAR, Period

MAX_RANGE_YEARS = 10
_CENTURY = 2000
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar janvier enero jan",
            "february februar fevrier février febrero feb",
            "march märz maerz mars marzo mar",
            "april avril abril apr",
            "may mai mayo",
            "june juni juin junio jun",
            "july juli juillet julio jul",
            "august août aout agosto aug",
            "september septembre septiembre sept sep",
            "october oktober octobre octubre oct",
            "november novembre noviembre nov",
            "december dezember décembre decembre diciembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?:19|20)\d\d"
_SPAN = (
    r"(?:\b(?:the )?(?:(?P<count>three|six|nine|twelve|3|6|9|12)[- ]months?|(?P<unit>year|"
    r"quarter|half[- ]year)) "
    r"(?:period )?(?:ended|ending|to) (?:on )?)?"
)
_DATE = re.compile(
    _SPAN + rf"(?:\b(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>{_YEAR})|"
    rf"\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s(?:of |de )?(?P<month2>{_MONTH}),?\s(?:de "
    rf"|of )?(?P<year2>{_YEAR})|"
    rf"\b(?P<day3>\d{{1,2}})\.(?P<month3>\d{{1,2}})\.(?P<year3>{_YEAR})|"
    rf"\b(?P<year5>{_YEAR})-(?P<month5>\d\d)-(?P<day5>\d\d)\b|"
    rf"\b(?P<month4>{_MONTH}),?\s(?P<year4>{_YEAR}))",
    re.IGNORECASE,
)
_COUNTS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "3": 3, "6": 6, "9": 9, "12": 12}
_UNITS = {"year": 12, "quarter": 3}
_YEAR_TO_DATE = re.compile(
    r"\b(?:first|1st) (?P<count>three|six|nine|3|6|9) months\b|\b(?P<half>first half|half[- "
    r"]year|h1|1h)\b|"
    r"\b(?P<nine>9m|nine[- ]month)\b",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"\b(?:q(?P<digit>[1-4])|(?P<digit2>[1-4])q|(?P<digit3>[1-4])\. quartal|"
    r"(?P<word>first|second|third|fourth|1st|2nd|3rd|4th)(?: fiscal)? quarter)\b",
    re.IGNORECASE,
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
_NO_AMOUNT = r"(?<![\d,.$\u20ac\u00a3-])"
_FISCAL_YEAR = re.compile(
    r"\b(?:fy|fiscal(?: year)?) ?['\u2019]?(?P<short>\d\d)(?:/\d\d)?\b(?!\d)|"
    rf"(?:\bfy ?)?{_NO_AMOUNT}(?P<split>{_YEAR})"
    r"(?:/(?P<end>(?:19|20)?\d\d)|[-\u2013](?P<end2>\d\d))\b(?!-)|"
    rf"(?:\bfy ?)?{_NO_AMOUNT}(?P<year>{_YEAR})(?![\d,.]\d|\d|-k|-q)",
    re.IGNORECASE,
)
_FY = r"(?:fy ?|fiscal (?:year )?)?"
_RANGE = re.compile(
    rf"\b{_FY}(?P<first>{_YEAR}) (?:to|through|until) {_FY}(?P<last>{_YEAR})\b|"
    rf"(?P<first2>{_YEAR}) ?(?:-|\u2013|through|until) ?{_FY}(?P<last2>{_YEAR})",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(r"\b(?:full|whole|fiscal|entire) year\b|\bfy ?\d", re.IGNORECASE)
_BESIDE = 24
"""Characters between a quarter and its year."""


def asked_periods(text: str) -> tuple[Period, ...]:
    """Every period that a text names, the oldest first.

    A day says more than the year in it; a quarter that stands alone goes for every year.
    """
    text = " ".join(text.split())
    dates = list(_dates(text))
    rest = _DATE.sub(" ", text)
    periods = [*dates, *_fiscal(rest)]
    return tuple(
        sorted(dict.fromkeys(periods), key=lambda p: (p.year, p.month or 0, p.quarter or 0))
    )


def without_asked_periods(text: str) -> str:
    """A text without its periods."""
    for pattern in (_DATE, _YEAR_TO_DATE, _QUARTER, _FISCAL_YEAR):
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def _dates(text: str) -> Iterator[Period]:
    months: int | None = None
    end = 0
    for found in _DATE.finditer(text):
        named = found["month"] or found["month2"] or found["month4"]
        month = (
            _MONTHS[named.lower().rstrip(".")] if named else int(found["month3"] or found["month5"])
        )
        if not 1 <= month <= MONTHS_A_YEAR:
            continue
        day = found["day"] or found["day2"] or found["day3"] or found["day5"]
        own = _COUNTS.get((found["count"] or "").lower()) or _UNITS.get(
            (found["unit"] or "").lower()
        )
        if own is None and text[end : found.start()].strip() in ("and", "und", "et", "y", "to"):
            own = months  # "six months ended June 30, 2024 and December 31, 2023"
        months, end = own, found.end()
        year = found["year"] or found["year2"] or found["year3"] or found["year4"] or found["year5"]
        opening = text[: found.start()].rstrip().endswith("fiscal year end before")
        yield Period(
            int(year),
            months=None if opening else months,
            month=month,
            day=int(day) if day else None,
            opening=opening,
        )


def _fiscal(text: str) -> Iterator[Period]:
    years = [(each.start(), _year_of(each)) for each in _FISCAL_YEAR.finditer(text)]
    years += [(at, year) for at, year in _filled_ranges(text) if year not in {y for _, y in years}]
    beside: dict[int, int] = {}
    alone: int | None = None
    for found in _QUARTER.finditer(text):
        digit = found["digit"] or found["digit2"] or found["digit3"]
        quarter = int(digit) if digit else _ORDINALS[found["word"].lower()]
        near = [year for at, year in years if 0 <= at - found.end() <= _BESIDE]
        if near:
            beside[near[0]] = quarter
        else:
            alone = quarter
    months = _months_to_date(text)
    if len(beside) == 1 and alone is None and not _WHOLE_YEAR.search(text):
        alone, beside = next(iter(beside.values())), {}  # "the third quarter of 2023 and 2022"
    for year in dict.fromkeys(year for _, year in years):
        quarter_of = beside.get(year, alone if not beside else None)
        yield Period(year, quarter_of, None if quarter_of else months)


def _year_of(found: re.Match[str]) -> int:
    if found["split"]:
        end = found["end"] or found["end2"]
        return int(end) if len(end) == len("2023") else int(found["split"][:2] + end)
    return int(found["year"]) if found["year"] else _CENTURY + int(found["short"])


def _filled_ranges(text: str) -> Iterator[tuple[int, int]]:
    for found in _RANGE.finditer(text):
        first, last = int(found["first"] or found["first2"]), int(found["last"] or found["last2"])
        for year in range(first, min(last, first + MAX_RANGE_YEARS) + 1):
            yield found.start(), year


def _months_to_date(text: str) -> int | None:
    found = _YEAR_TO_DATE.search(text)
    if found is None:
        return None
    return 6 if found["half"] else 9 if found["nine"] else _COUNTS[found["count"].lower()]
