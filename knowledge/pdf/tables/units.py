"""From notes such as "(in millions, except per share data)" to a table's unit and scale."""

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.pdf.tables.currencies import CURRENCY, currency_of
from knowledge.pdf.tables.scales import WORD, Scaled, scale_of, scales_in

CONTRADICTION = "units contradict each other"
_MONEY_NOTE = re.compile(r"\$|dollars?|usd|amounts?", re.IGNORECASE)
_EXCEPTION = re.compile(
    r"\b(?:except|ausgenommen|hormis|excepto|(?:sauf|salvo)(?!\s+ind))\b[^)]*", re.IGNORECASE
)
_PER_SHARE_DATA = re.compile(r"\bper[\s-]+(?:\w+[\s-]+)?shares?\b", re.IGNORECASE)
_SHARES_NOTE = re.compile(
    r"(?P<joined>\b(?:and|&)\s)?\bshares?,?\s+(?:\w{1,20}\s+){0,3}in\s+(?P<word>thousand|million|billion)s?",
    re.IGNORECASE,
)
_IN_CURRENCY = re.compile(
    rf"\b(?:in|en)\s+(?:\w{{1,20}}\s+)??(?P<currency>{CURRENCY})(?![a-z])|"
    rf"\(\s?(?P<alone>{CURRENCY})\s?[),]|^\s{{0,4}}(?P<whole>{CURRENCY})\s{{0,4}}$",
    re.IGNORECASE,
)
_SIGN_IN_COLUMN = re.compile(rf"(?:^|[\s(]){CURRENCY}(?=$|[\s),])", re.IGNORECASE)
_PENCE = re.compile(r"\(\s?(?:in\s+)?p\s?\)|\bpence\b|(?:^|\s)p$", re.IGNORECASE)
_CENTS = re.compile(r"\bcents\b|(?:^|\s)c$|\beuro\s?cents?\b", re.IGNORECASE)
PER_SHARE = re.compile(
    r"\bper\s+(?:\w+[\s-]+){0,3}?(?:share|ads|option|award|rsu|psu|aktie|aandeel)s?\b|\beps\b|"
    r"\bje\s+(?:\w{1,12}-?)?aktie\b|\bpar\s+action\b|\bpor\s+acci[o\u00f3]n\b",
    re.IGNORECASE,
)
PER_UNIT = re.compile(
    r"\bper\s+(?:\w+[\s-]+){0,3}?units?\b|\bnet\s+asset\s+value\s+per\b|\bje\s+anteil\b|"
    r"\bpar\s+part\b",
    re.IGNORECASE,
)
_THINGS = (
    r"square\s+(?:feet|meters|metres)|stores|employees|headcount|acres|megawatts|barrels|restaurants|"
    r"customers|subscribers|members|rooms|beds|aircraft|vehicles|locations|branches|tons|tonnes|"
    r"gallons|ounces|properties|units|patents|countries|contracts"
)
_COUNTED = re.compile(rf"\b({_THINGS}|hours|years|months|days|basis\s+points)\b", re.IGNORECASE)
_COUNTED_NOTE = re.compile(rf"\(\s*(?:in\s+)?{_COUNTED.pattern}\s*\)", re.IGNORECASE)
_MANY_COUNTED = re.compile(
    rf"(?<![a-z])(?P<word>{WORD}|000)\s?(?:of\s+)?(?P<thing>{_THINGS})\b", re.IGNORECASE
)
"""Thousands of tonnes."""
_PERCENT_NOTE = re.compile(
    r"\(\s*(?:in\s+)?(?:%|percent(?:ages?)?|prozent)\s*\)|as a percent|\bin\s+%", re.IGNORECASE
)
COUNTED_LABEL = re.compile(
    rf"(?:(?:total|average|year-end)\s+){{0,2}}(?:number\s+of|anzahl(?:\s+der)?|nombre\s+d[e'\u2019])\s*"
    rf"(?:\w{{1,20}}\s+)?(?P<thing>{_THINGS}|mitarbeiter|salari\u00e9s)\b|"
    r"(?P<staff>employees|headcount|mitarbeiter)(?:\s*\(|$)",
    re.IGNORECASE,
)
COUNTED_COLUMN = re.compile(rf"\b({_THINGS})\b|^(hours|years|months|days)$", re.IGNORECASE)
_ONLY_UNIT = re.compile(
    rf"\(?(?:all\s+|tabular\s+|alle\s+)?(?:u\.?s\.?\s)?(?:amounts?|dollars?|figures|expressed|"
    rf"unaudited|thousands|millions|betr\u00e4ge|angaben|montants|importes|chiffres|cifras|"
    rf"(?:in|en|i)\s|\$|{WORD}\b|{CURRENCY})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class UnitNote:
    """What is said above a table about its figures."""

    scale: int = 1
    is_money: bool = False
    share_scale: int = 1
    counted: str | None = None
    """"square feet", "stores": what is counted, where that is all the note says."""
    is_percent: bool = False
    is_said: bool = False
    currency: str | None = None
    """ISO 4217, or `$`, `\u00a5` or `kr`, which several countries print."""
    part: str | None = None
    """`pence` or `cents`, where figures are in these."""
    per: str | None = None
    """`share` or `unit`, where all of a table's figures may be of one."""
    doubt: str | None = None
    counted_scale: int = 1
    excepted: str = ""
    """The clause of what the scale isn't for: "except per share data and stores"."""
    is_of_columns: bool = False
    """Whether headers of columns say it, rather than a caption."""


def is_unit_note(text: str) -> bool:
    """Whether a line begins like a note on units: "in Mio. EUR", "(in thousands)"."""
    return _ONLY_UNIT.match(text.strip()) is not None


@lru_cache(maxsize=256)
def unit_note(text: str) -> UnitNote:
    """Reads the words above a table, caption and stub header together."""
    plain = _EXCEPTION.sub(lambda found: " " * len(found[0]), text)
    shares = _SHARES_NOTE.search(text)
    scales = [each for each in scales_in(plain) if not _is_of_shares(each, shares)]
    scale = scales[0].scale if scales else 1
    currency = next((s.currency for s in scales if s.currency), None) or _currency(plain)
    parenthesis = " ".join(re.findall(r"\([^)]{0,400}\)", text)) or text
    counted = None
    many = _MANY_COUNTED.search(plain)
    if many and currency is None:
        counted, scale = many["thing"].lower(), 1
    elif scale == 1 and (found := _COUNTED_NOTE.search(text)):
        counted = found[1].lower()
    elif scale == 1 and shares and not shares["joined"] and currency is None:
        counted = "shares"
    percent = scale == 1 and _PERCENT_NOTE.search(text) is not None
    apart = any(_counts_shares(found[0]) for found in _EXCEPTION.finditer(text))
    return UnitNote(
        scale,
        is_money=scale > 1 or currency is not None or _MONEY_NOTE.search(parenthesis) is not None,
        share_scale=_share_scale(scale, shares, is_apart=apart),
        counted=counted,
        is_percent=percent,
        is_said=scale > 1 or counted is not None or percent or currency is not None,
        currency=currency,
        part=part_of_currency(plain),
        per=_per(plain) if scale == 1 else None,
        doubt=_contradiction(scales),
        counted_scale=scale_of(many["word"]) if many and currency is None else 1,
        excepted=" ".join(found[0].lower() for found in _EXCEPTION.finditer(text)),
    )


@lru_cache(maxsize=256)
def column_note(header: str) -> UnitNote:
    """What a column's own header says, a sign alone included: "2022 \u00a3"."""
    note = unit_note(header)
    if note.currency is None and (found := _SIGN_IN_COLUMN.search(header)):
        code = currency_of(found[0].strip(" ("))
        return UnitNote(note.scale, is_money=True, currency=code, part=note.part)
    return note


def part_of_currency(text: str) -> str | None:
    """`pence` or `cents`, if a text says that figures are in these."""
    if _PENCE.search(text):
        return "pence"
    return "cents" if _CENTS.search(text) else None


def _is_of_shares(scaled: Scaled, note: re.Match[str] | None) -> bool:
    """Whether a scale is one of counts of shares only, as in "(shares in millions)"."""
    return note is not None and not note["joined"] and note.start() <= scaled.start < note.end()


def _currency(text: str) -> str | None:
    found = _IN_CURRENCY.search(text)
    return currency_of(found["currency"] or found["alone"] or found["whole"]) if found else None


def _contradiction(scales: list[Scaled]) -> str | None:
    differ = len({each.scale for each in scales}) > 1
    return CONTRADICTION if differ and len(scales) > 1 else None


def _per(text: str) -> str | None:
    if PER_UNIT.search(text):
        return "unit"
    return "share" if PER_SHARE.search(text) else None


def _counts_shares(exception: str) -> bool:
    """Whether "except share and per share data" leaves out counts of shares, not just prices."""
    return re.search(r"\bshares?\b", _PER_SHARE_DATA.sub("", exception), re.IGNORECASE) is not None


def _share_scale(scale: int, note: re.Match[str] | None, *, is_apart: bool) -> int:
    if note:
        return {"thousand": 1000, "million": 10**6, "billion": 10**9}[note["word"].lower()]
    return 1 if is_apart else scale
