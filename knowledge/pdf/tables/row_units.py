"""What the words of a label, a heading or a column name: shares, a rate per share, percent."""

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.pdf.tables.units import PER_SHARE, PER_UNIT

MAX_LABEL = 400
SHARES = re.compile(
    r"\bshares\b|\bunits outstanding\b|\bnumber of (?:options|awards|rsus|units)\b", re.IGNORECASE
)
_PER_THING = re.compile(
    r"\b(?:per|pro|je)\s+(?:\w{1,20}\s+)?(?P<thing>tonne|ton|ounce|oz|barrel|bbl|boe|kwh|mwh|gallon|"
    r"employee|store|restaurant|customer|subscriber|room|night|passenger|mile|kilomet(?:re|er)|"
    r"square\s+(?:foot|met(?:re|er))|mmbtu|mcf|pound|lb|tonnes?|kg|kilogram|vehicle|household)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\bweighted[\s-]{0,3}average\s(?:[\w-]{1,20}\s){0,4}(?:price|fair\svalue)|"
    r"\b(?:exercise|share|market|closing|strike|average)\sprice\b",
    re.IGNORECASE,
)
"""Prices of one share, in tables of options and shares."""
_SHARE_COUNT = re.compile(
    r"(?:weighted[\s-]+)?average\s+(?:number\s+of\s+)?(?:\w+\s+){0,5}(?:shares|units)|"
    r"(?:number\s+of|diluted|basic|common|ordinary|outstanding|total)\s+(?:\w+\s+){0,3}shares|"
    r"shares\s+(?:outstanding|issued|repurchased|purchased|granted|used|authorized|vested|"
    r"in\s+treasury)|"
    r"dilutive\s+(?:effect|potential|shares|securities)|^shares\b|"
    r"\b(?:anzahl|zahl)\s+(?:der\s+)?(?:\w{1,30}\s+){0,3}aktien\b|\bnombre\s+(?:moyen\s+)?d['\u2019]actions\b|"
    r"\bn\u00famero\s+(?:medio\s+)?de\s+acciones\b",
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
_PERCENT_ROW = re.compile(
    r"%|\bpercent(?:age)?\s+(?:of|change)\b|\bas a percent|\bin\s+prozent\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Named:
    """What words say that a figure is, if not plainly an amount."""

    per: str | None = None
    """`share`, `unit`, `tonne`: what it is a rate of."""
    is_shares: bool = False
    is_percent: bool = False


SHARES_NAMED, PERCENT_NAMED = Named(is_shares=True), Named(is_percent=True)

# A column's header stands around all of its figures, a label around all of its row's: each is
# read once for them.


@lru_cache(maxsize=256)
def is_of_equity(column: str) -> bool:
    """Whether a column is one of an equity statement's."""
    return _EQUITY_COLUMN.search(column) is not None


@lru_cache(maxsize=256)
def named_by_column(column: str) -> Named | None:
    return _shares_in(column) or _only_shares(column) or _percent(_PERCENT_COLUMN, column)


@lru_cache(maxsize=256)
def named_by_label(label: str) -> Named | None:
    label = _DESCRIBED.sub("", label[:MAX_LABEL])
    return _shares_in(label) or _percent(_PERCENT_ROW, label)


@lru_cache(maxsize=256)
def named_by_heading(heading: str) -> Named | None:
    return _shares_in(heading) or _only_shares(heading) or _percent(_PERCENT_ROW, heading)


def _shares_in(words: str) -> Named | None:
    if _SHARE_COUNT.search(words) and not _is_money_of_shares(words):
        return SHARES_NAMED
    if PER_SHARE.search(words):
        return Named(per="share")
    if _PRICE.search(words):
        return Named(per="share")
    if PER_UNIT.search(words):
        return Named(per="share")
    if found := _PER_THING.search(words):
        return Named(per=" ".join(found["thing"].lower().split()))
    return None


def _only_shares(words: str) -> Named | None:
    return SHARES_NAMED if SHARES.fullmatch(words.strip(" :")) else None


def _percent(pattern: re.Pattern[str], words: str) -> Named | None:
    return PERCENT_NAMED if pattern.search(words) else None


def _is_money_of_shares(words: str) -> bool:
    return _MONEY_OF_SHARES.search(words) is not None and not re.search(
        r"weighted|average|number|shares\s+(?:outstanding|issued|used)|^shares\b",
        words,
        re.IGNORECASE,
    )
