"""The words for spans of time, in the languages of reports."""

import re

QUARTER_MONTHS, HALF_MONTHS, NINE_MONTHS, YEAR_MONTHS = 3, 6, 9, 12
_MONTHS = r"(?:months?|monate[n]?|mois|meses)"
_SPANS = {
    QUARTER_MONTHS: re.compile(
        rf"\b(?:three|3|drei|trois|tres)[\s-]+{_MONTHS}\b|"
        r"\b(?:12|13|14|twelve|thirteen|fourteen)[\s-]+weeks?\b",
        re.IGNORECASE,
    ),
    HALF_MONTHS: re.compile(
        rf"\b(?:six|6|sechs|seis)[\s-]+{_MONTHS}\b|"
        r"\b(?:24|26|27|28|twenty[\s-]six)[\s-]+weeks?\b|\bhalf[\s-]year|year[\s-]to[\s-]date",
        re.IGNORECASE,
    ),
    NINE_MONTHS: re.compile(
        rf"\b(?:nine|9|neun|neuf|nueve)[\s-]+{_MONTHS}\b|\b9m\b|\b9m(?=\s?['\u2019]?\d\d)|"
        r"\b(?:36|39|40|thirty[\s-]nine)[\s-]+weeks?\b",
        re.IGNORECASE,
    ),
    YEAR_MONTHS: re.compile(
        rf"\b(?:twelve|12|zw\xf6lf|douze|doce)[\s-]+{_MONTHS}\b|"
        r"\b(?:52|53|fifty[\s-](?:two|three))[\s-]+weeks?\b",
        re.IGNORECASE,
    ),
}
_QUARTER_WORD = re.compile(r"\bquarters?\s+end(?:ed|ing)|\bthree-month\b", re.IGNORECASE)
_YEAR_WORD = re.compile(
    r"\b(?:fiscal|calendar|financial)?\s*years?[\s-]+end(?:ed|ing)?\b|"
    r"\bfor the (?:fiscal |financial )?years?\b|\bfiscal\b|\bfinancial year\b|"
    r"\bgesch\xe4ftsjahr(?:es|e|en)?\b|\bexercices?\b|\bejercicios?\b|\bFY(?=\d|\b)",
    re.IGNORECASE,
)
_ORDINALS = {
    name: number
    for number, names in enumerate(
        (
            "first 1st 1er premier primer erstes",
            "second 2nd 2e deuxi\xe8me segundo zweites",
            "third 3rd 3e troisi\xe8me tercer drittes",
            "fourth 4th 4e quatri\xe8me cuarto viertes",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMED_QUARTER = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})\s+(?:fiscal\s+)?(?:quarter|quartal|trimestre)|"
    r"q(?P<q>[1-4])|(?P<q2>[1-4])q|quarter\s+(?P<q3>[1-4])|(?P<q4>[1-4])\.\s?quartal|"
    r"t(?P<q5>[1-4])|(?P<q6>[1-4])t)(?=\b|\d\d\b)",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"\b(?:(?P<word>first|second)\s+half|[hs](?P<h>[12])|(?P<h2>[12])[hs]|"
    r"(?P<h3>[12])\.\s?halbjahr|(?P<h4>1er|2e|primer|segundo)\s+semestre)(?=\b|\d\d\b)",
    re.IGNORECASE,
)
COMPARISON = re.compile(
    r"\bvs\.?\b|\bversus\b|\bchange\b|\bincrease\b|\bdecrease\b|\bvariance\b|\bcompared\b|"
    r"\bover\b|\bgrowth\b|\bthereafter\b|\bbeyond\b|\bdue\b|\bmatur|"
    r"\bver\xe4nderung|\babweichung|\bvariation\b|\bvariaci\xf3n\b|\b\xe9volution\b|"
    r"\bmovement\b|\byoy\b|^\s?\+\s?/\s?[-\u2212\u2013]",
    re.IGNORECASE,
)
INSTANT = re.compile(
    r"\b(?:as\s+of|at)\b|\bbalance|\b(?:zum|per|au|al?)\s(?=\d)|\bstichtag|\bbilanz", re.IGNORECASE
)
_WEEKS = re.compile(
    r"\b(?P<count>\d\d|[a-z]{4,8}(?:[\s-][a-z]{3,5})?)[\s-]+weeks?\b", re.IGNORECASE
)
_WEEK_COUNTS = {
    "thirteen": 13,
    "fourteen": 14,
    "twenty six": 26,
    "thirty nine": 39,
    "fifty two": 52,
    "fifty three": 53,
}


def quarter_in(text: str) -> int | None:
    """The quarter that a text names, from 1 to 4."""
    found = _NAMED_QUARTER.search(text)
    if not found:
        return None
    if found["word"]:
        return _ORDINALS[found["word"].lower()]
    return next(int(digit) for digit in found.groups()[1:] if digit)


def half_in(text: str) -> int | None:
    """The half of a year that a text names, 1 or 2."""
    found = _HALF.search(text)
    if not found:
        return None
    first = next(part for part in found.groups() if part).lower()
    return 1 if first in {"1", "first", "1er", "primer"} else 2


def months_in(text: str) -> int | None:
    """How many months a text says that a period lasts: 3, 6, 9 or 12."""
    for months, pattern in _SPANS.items():
        if pattern.search(text):
            return months
    if _HALF.search(text):
        return HALF_MONTHS
    if _QUARTER_WORD.search(text):
        return QUARTER_MONTHS
    return YEAR_MONTHS if _YEAR_WORD.search(text) else None


def weeks_in(text: str) -> int | None:
    """How many weeks a text says that a period lasts."""
    found = _WEEKS.search(text)
    if not found:
        return None
    count = found["count"].lower().replace("-", " ")
    return int(count) if count.isdigit() else _WEEK_COUNTS.get(count)
