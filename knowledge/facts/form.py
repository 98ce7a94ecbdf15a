"""Finds what kind of report a document is."""

import re
from typing import NamedTuple

from knowledge.facts.found import COVER_CHARACTERS, TITLE_CHARACTERS

EARNINGS_RELEASE = "earnings release"
ANNUAL_REPORT = "annual report"
INTERIM_REPORT = "interim report"

_KINDS = r"10-?K|10-?Q|8-?K|20-?F|40-?F|6-?K"
_FORM = re.compile(
    rf"^(?P<before>[^\n]{{0,80}}?)\bFORM\s{{1,3}}(?P<form>{_KINDS})(?:/A)?\b",
    re.IGNORECASE | re.MULTILINE,
)
_CITED = re.compile(
    r"\b(?:on|our|the|its|in|this|to|and|with|or|a|quarterly|annual|reports?)\s*$", re.IGNORECASE
)
"""Before "Form 10-K", where another document is meant."""
_FORM_IN_NAME = re.compile(rf"(?<![a-z\d])({_KINDS})(?![a-z\d])", re.IGNORECASE)
_ANNUAL = re.compile(
    r"\bannual\s?(?:(?:financial|and\s\w{1,20})\s)?report\b|\bgesch\u00e4fts(?:bericht|jahr)\b|\bjahresbericht\b|"
    r"\bjahresabschluss\b|\brapport\s+(?:financier\s+)?annuel\b|\bdocument\s+d['\u2019]enregistrement\b|"
    r"\binforme\s+(?:financiero\s+)?anual\b|\bcuentas\s+anuales\b|\b\u00e5rsr(?:apport|edovisning)\b|"
    r"(?<=\d)annual\s?report\b|\bintegrated\s+report\b",
    re.IGNORECASE,
)
_INTERIM = re.compile(
    r"\b(?:half[\s-]year(?:ly)?|interim|quarterly|six[\s-]month)\s+(?:\w{1,20}\s+)?(?:report|results|"
    r"statements?)\b|\b(?:halbjahres|quartals|zwischen)(?:finanz)?(?:bericht|mitteilung)\b|"
    r"\brapport\s+semestriel\b|\binforme\s+semestral\b|\bhalv\u00e5rsrapport\b|\bquarterly\s+report\b",
    re.IGNORECASE,
)
_ACCOUNTS = re.compile(
    r"\bfinancial\s+statements\b[^.]{0,80}(?:\byear\b|\s20\d\d)|\bcomptes\s+(?:sociaux|consolid\u00e9s)\b",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"for\s+immediate\s+release|\breport(?:s|ed)\b[^\n]{0,60}\b(?:quarter|year|results)\b|"
    r"\bannounce[sd]\b[^\n]{0,60}\bresults\b|\bearnings\s+release\b",
    re.IGNORECASE,
)


_FITS = {ANNUAL_REPORT: ("10-K", "20-F", "40-F"), INTERIM_REPORT: ("10-Q",)}
"""Forms that a file's name may add to what the text says."""


class Form(NamedTuple):
    """A form's name, and where it stands in the text; None as place for the file's name."""

    form: str
    place: tuple[int, int] | None


def find_form(name: str, text: str) -> Form | None:
    """The form on the cover, else the kind of report, else what the file's name says."""
    cover, title = text[:COVER_CHARACTERS], text[:TITLE_CHARACTERS]
    for found in _FORM.finditer(cover):
        if not _CITED.search(found["before"]):
            return Form(_written(found["form"]), found.span("form"))
    candidates = [
        (pattern.search(within), form)
        for pattern, within, form in (
            (_INTERIM, title, INTERIM_REPORT),
            (_ANNUAL, title, ANNUAL_REPORT),
            (_RELEASE, cover, EARNINGS_RELEASE),
        )
    ]
    said = [(found.span(), form) for found, form in candidates if found]
    in_name = _FORM_IN_NAME.search(name.replace("_", " "))
    named = _written(in_name[1]) if in_name else None
    if said:
        place, form = min(said)
        return Form(named, None) if named in _FITS.get(form, ()) else Form(form, place)
    if named is not None:
        return Form(named, None)
    if accounts := _ACCOUNTS.search(title):
        return Form(ANNUAL_REPORT, accounts.span())
    return Form(EARNINGS_RELEASE, None) if "earnings" in name.lower() else None


def _written(form: str) -> str:
    """`10-K` for "10k"."""
    return re.sub(r"^(\d+)-?", r"\1-", form.upper())
