"""Days as reports in English, German, French and Spanish print them."""

import re
from collections.abc import Iterator
from datetime import date

_NAMES = (
    "january januar janvier enero jan j\u00e4nner",
    "february februar f\u00e9vrier febrero feb",
    "march m\u00e4rz mars marzo mar",
    "april avril abril apr",
    "may mai mayo",
    "june juni juin junio jun",
    "july juli juillet julio jul",
    "august ao\u00fbt agosto aug",
    "september septembre septiembre sept sep",
    "october oktober octobre octubre oct okt",
    "november novembre noviembre nov",
    "december dezember d\u00e9cembre diciembre dec dez",
)
MONTHS = {name: at for at, names in enumerate(_NAMES, start=1) for name in names.split()}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = (
    rf"(?:(?P<month>{MONTH})\.?\s{{1,3}}(?P<day>\d{{1,2}})\s{{0,2}},?\s{{0,3}}(?P<year>(?:19|20)\d\d)|"
    rf"(?P<day2>\d{{1,2}})(?:\.|st|nd|rd|th|er)?\s{{1,3}}(?:de\s)?(?P<month2>{MONTH})\.?"
    r"(?:\s{1,3}|\sde\s|,\s)(?P<year2>(?:19|20)\d\d)|"
    r"(?P<day3>\d{1,2})\.\s?(?P<month3>\d{1,2})\.\s?(?P<year3>(?:19|20)\d\d))(?!\d)"
)
_DAY = re.compile(rf"(?<![\w.]){DAY}", re.IGNORECASE)


def days_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Every day that a text prints, and where."""
    for found in _DAY.finditer(text):
        day = day_of(found)
        if day is not None:
            yield day, found.start(), found.end()


def day_of(found: re.Match[str]) -> date | None:
    """The day of a match of `DAY`; None for June 31."""
    year = found["year"] or found["year2"] or found["year3"]
    name = found["month"] or found["month2"]
    month = MONTHS[name.lower()] if name else int(found["month3"])
    try:
        return date(int(year), month, int(found["day"] or found["day2"] or found["day3"]))
    except ValueError:
        return None
