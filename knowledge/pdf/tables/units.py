"""From notes such as "(in millions, except per share data)" to each figure's unit and scale."""

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_LABEL = 400
SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9}
_WORD = r"(?P<word>thousand|million|billion)s?"
_NOTES = (
    re.compile(rf"\bin\s+(?:\w+\s+)?{_WORD}\b", re.IGNORECASE),
    re.compile(rf"{_WORD}\s+of\s+(?:u\.?s\.?\s+)?(?:dollars|shares|units)", re.IGNORECASE),
    re.compile(rf"\(\s*+(?:\$\s*+)?{_WORD}\b", re.IGNORECASE),
    re.compile(rf"\(\s*+(?:u\.?s\.?\s*+)?(?:dollars|\$)\s*+(?:,\s*+)?{_WORD}", re.IGNORECASE),
    re.compile(rf"(?:\$\s?|\bdollars\s+){_WORD}\b", re.IGNORECASE),
)
_ZEROS = re.compile(r"000s?\b", re.IGNORECASE)
_MONEY_NOTE = re.compile(r"\$|dollars?|usd|amounts?", re.IGNORECASE)
_EXCEPTION = re.compile(r"\bexcept\b[^)]*", re.IGNORECASE)
_PER_SHARE_DATA = re.compile(r"\bper[\s-]+(?:\w+[\s-]+)?shares?\b", re.IGNORECASE)
_SHARES_NOTE = re.compile(rf"shares?,?\s+(?:\w+\s+){{0,3}}in\s+{_WORD}", re.IGNORECASE)

PER_SHARE = re.compile(
    r"\bper\s+(?:\w+[\s-]+){0,3}?(?:share|unit|ads|ordinary|option|award)\b|"
    r"\beps\b|\bnet asset value per",
    re.IGNORECASE,
)
SHARES = re.compile(
    r"\bshares\b|\bunits outstanding\b|\bnumber of (?:options|awards|rsus|units)\b", re.IGNORECASE
)
_SHARE_COUNT = re.compile(
    r"(?:weighted[\s-]+)?average\s+(?:number\s+of\s+)?(?:\w+\s+){0,5}(?:shares|units)|"
    r"(?:number\s+of|diluted|basic|common|ordinary|outstanding|total)\s+(?:\w+\s+){0,3}shares|"
    r"shares\s+(?:outstanding|issued|repurchased|purchased|granted|used|authorized|vested|"
    r"in\s+treasury)|"
    r"dilutive\s+(?:effect|potential|shares|securities)|^shares\b",
    re.IGNORECASE,
)
_MONEY_OF_SHARES = re.compile(
    r"\b(?:cost|value|price|proceeds|payments?|purchases?|repurchases?|dividends?|issuance|issued|"
    r"taxes|withh\w+|compensation|income|earnings|loss|acquired|retire\w*|stock|capital|equity)\b",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"\bpar\s+value\b.*|"
    r"[-\u2013\u2014,;:(]{0,4}\s{0,4}+[\d.,]{1,40}\s{1,8}(?:\w{1,40}\s{1,8}){0,2}shares\b.*|"
    r"\(?\$\s?[\d.,]+\s+(?:\w+\s+){0,2}per\s+(?:\w+\s+){0,2}share\)?|"
    r"\(per\s+share[^)]{0,200}\d\)",
    re.IGNORECASE,
)
"""What a label says of shares in numbers describes an amount of money."""
_EQUITY_COLUMN = re.compile(
    r"\bcapital\b|\bretained\b|\bdeficit\b|\btreasury\b|\bequity\b|\bcomprehensive\b|"
    r"\bnoncontrolling\b|\bcommon\s+stock\b|^amounts?$|^total$|\baoc[il]\b",
    re.IGNORECASE,
)
"""Columns of an equity statement: what they hold doesn't depend on the row."""
_PERCENT_COLUMN = re.compile(r"%|\bpercent(?:age)?\b", re.IGNORECASE)
_PERCENT_ROW = re.compile(r"%|\bpercent(?:age)?\s+(?:of|change)\b|\bas a percent", re.IGNORECASE)
_THINGS = (
    r"square\s+(?:feet|meters|metres)|stores|employees|headcount|acres|megawatts|barrels|restaurants|"
    r"customers|subscribers|members|rooms|beds|aircraft|vehicles|locations|branches|tons|tonnes|"
    r"gallons|ounces|properties|units|patents|countries|contracts"
)
_COUNTED = re.compile(rf"\b({_THINGS}|hours|years|months|days|basis\s+points)\b", re.IGNORECASE)
_COUNTED_NOTE = re.compile(rf"\(\s*(?:in\s+)?{_COUNTED.pattern}\s*\)", re.IGNORECASE)
_PERCENT_NOTE = re.compile(
    r"\(\s*(?:in\s+)?(?:%|percent(?:ages?)?)\s*\)|as a percent", re.IGNORECASE
)
_COUNTED_COLUMN = re.compile(rf"\b({_THINGS})\b|^(hours|years|months|days)$", re.IGNORECASE)


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


@lru_cache(maxsize=256)
def unit_note(text: str) -> UnitNote:
    """Reads the words above a table, caption and stub header together."""
    scale = _scale(text)
    parenthesis = " ".join(re.findall(r"\([^)]{0,400}\)", text)) or text
    counted = None
    if scale == 1 and (found := _COUNTED_NOTE.search(text)):
        counted = found[1].lower()
    percent = scale == 1 and _PERCENT_NOTE.search(text)
    shares = _SHARES_NOTE.search(text)
    apart = any(_counts_shares(found[0]) for found in _EXCEPTION.finditer(text))
    return UnitNote(
        scale,
        is_money=scale > 1 or _MONEY_NOTE.search(parenthesis) is not None,
        share_scale=_share_scale(scale, shares, is_apart=apart),
        counted=counted,
        is_percent=bool(percent),
        is_said=scale > 1 or counted is not None or bool(percent),
    )


def _counts_shares(exception: str) -> bool:
    """Whether "except share and per share data" leaves out counts of shares, not just prices."""
    return re.search(r"\bshares?\b", _PER_SHARE_DATA.sub("", exception), re.IGNORECASE) is not None


def _share_scale(scale: int, note: re.Match[str] | None, *, is_apart: bool) -> int:
    if note:
        return SCALES[note["word"].lower()]
    return 1 if is_apart else scale


def _scale(text: str) -> int:
    for pattern in _NOTES:
        if found := pattern.search(text):
            return SCALES[found["word"].lower()]
    return 1000 if _ZEROS.search(text) else 1


@dataclass(frozen=True)
class Surroundings:
    """What is said around one figure."""

    label: str
    group: tuple[str, ...]
    column: str
    note: UnitNote
    is_percent_column: bool
    is_money_table: bool
    may_count_shares: bool = True


def unit_and_scale(printed: str | None, around: Surroundings) -> tuple[str | None, int]:
    """One figure's unit and scale: what it prints itself, else its row, its column, its table."""
    if printed in SCALES:
        return ("USD" if around.is_money_table else None), SCALES[printed]
    if printed is not None and len(printed) != len("USD"):
        return printed, 1
    named = _named(around.label, around.group, around.column)
    if named == "USD/share" and printed in (None, "USD"):
        return "USD/share", 1
    if printed is not None:
        return printed, around.note.scale
    return _unprinted(named, around)


def _unprinted(named: str | None, around: Surroundings) -> tuple[str | None, int]:
    note = around.note
    if named == "shares" and around.may_count_shares:
        return "shares", note.share_scale
    if around.is_percent_column or named == "percent" or note.is_percent:
        return "percent", 1
    is_money = note.is_money or around.is_money_table
    if note.counted:
        return note.counted, 1
    if not is_money and (counted := _COUNTED_COLUMN.search(around.column)):
        return (counted[1] or counted[2]).lower(), note.scale
    return ("USD" if is_money else None), note.scale


def _named(label: str, group: tuple[str, ...], column: str) -> str | None:
    """Per share, shares or percent, as the words around a figure say, the nearest first."""
    if (named := _named_by_column(column)) or _is_of_equity(column):
        return named
    said = (_named_by_label(label), *map(_named_by_heading, reversed(group)))
    return next(filter(None, said), None)


# A column's header stands around all of its figures, a label around all of its row's: each is
# read once for them.


@lru_cache(maxsize=256)
def _is_of_equity(column: str) -> bool:
    return _EQUITY_COLUMN.search(column) is not None


@lru_cache(maxsize=256)
def _named_by_column(column: str) -> str | None:
    return _shares_in(column) or _only_shares(column) or _percent(_PERCENT_COLUMN, column)


@lru_cache(maxsize=256)
def _named_by_label(label: str) -> str | None:
    label = _DESCRIBED.sub("", label[:MAX_LABEL])
    return _shares_in(label) or _percent(_PERCENT_ROW, label)


@lru_cache(maxsize=256)
def _named_by_heading(heading: str) -> str | None:
    return _shares_in(heading) or _only_shares(heading) or _percent(_PERCENT_ROW, heading)


def _shares_in(words: str) -> str | None:
    if _SHARE_COUNT.search(words) and not _is_money_of_shares(words):
        return "shares"
    return "USD/share" if PER_SHARE.search(words) else None


def _only_shares(words: str) -> str | None:
    return "shares" if SHARES.fullmatch(words.strip(" :")) else None


def _percent(pattern: re.Pattern[str], words: str) -> str | None:
    return "percent" if pattern.search(words) else None


def _is_money_of_shares(words: str) -> bool:
    return _MONEY_OF_SHARES.search(words) is not None and not re.search(
        r"weighted|average|number|shares\s+(?:outstanding|issued|used)|^shares\b",
        words,
        re.IGNORECASE,
    )
