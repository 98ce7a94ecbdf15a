"""What a filing says about itself: company, form and fiscal period."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from knowledge.pages import Page
from storage.filings import FilingFacts

COVER_PAGES = 2
PAGES_READ = 30
"""Where a filing names its fiscal year; counting goes no further."""
COVER_CHARACTERS = 6_000
JANUARY = 1
MONTHS_TO_QUARTER = {"six": 2, "twenty-six": 2, "nine": 3, "thirty-nine": 3}
ORDINAL_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
EARNINGS_RELEASE = "earnings release"

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DAY = rf"{_MONTH}\s+\d{{1,2}}\s*,\s*(?:19|20)\d\d"
_FORM = re.compile(r"\bFORM\s+(10-?K|10-?Q|8-?K|20-?F|40-?F|6-?K)(?:/A)?\b", re.IGNORECASE)
_FORM_IN_NAME = re.compile(
    r"(?<![a-z\d])(10-?k|10-?q|8-?k|20-?f|40-?f|6-?k)(?![a-z\d])", re.IGNORECASE
)
_PERIOD = re.compile(
    rf"(?:year|period|quarter|months|weeks)\s+ended:?\s+({_DAY})|"
    rf"date\s+of\s+earliest\s+event\s+reported\)?:?\s+({_DAY})|"
    rf"date\s+of\s+report[^\n]{{0,60}}(?<!\s)\s++({_DAY})",
    re.IGNORECASE,
)
_DATELINE = re.compile(rf"\(({_DAY})\)\s*[-\u2013\u2014]|^({_DAY})$", re.MULTILINE)
_REGISTRANT = re.compile(
    r"^[ \t]*(\S[^\n]{1,100}?)[ \t]*\n+[ \t]*\(\s*Exact\s+name\s+of\s+(?:the\s+)?registrant",
    re.IGNORECASE | re.MULTILINE,
)
_SUFFIX = (
    r"(?:Inc|Incorporated|Corp|Corporation|Company|Co|Ltd|Limited|LLC|L\.P|LP|plc|N\.V|S\.A|AG|SE|"
    r"Holdings|Group|Trust|Bancorp|Partners)"
)
_CORPORATE_LINE = re.compile(
    rf"^[ \t]*((?:[A-Z0-9][\w.&'\u2019-]*,?\s(?:&\s)?){{1,6}}{_SUFFIX}\.?)[ \t]*$", re.MULTILINE
)
_LISTED = re.compile(
    r"((?:[A-Z0-9][\w.&'\u2019-]{0,40}+,? (?:& )?){1,6})\((?:NYSE|NASDAQ)[^)]{1,20}\)",
    re.IGNORECASE,
)
_TICKER = re.compile(
    r"\((?:NYSE|NASDAQ)(?:\s?GS|\s?GM)?\s?:\s?([A-Z]{1,5})\)|"
    r"\b([A-Z]{1,5})\s+(?:The\s+)?(?:New\s+York\s+Stock\s+Exchange|NYSE|Nasdaq)",
)
_FISCAL = re.compile(r"\bfiscal\s+(?:year\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_NAME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NAME_QUARTER = re.compile(r"(?<![a-z])q([1-4])(?!\d)", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(six|nine|twenty-six|thirty-nine)\s+(?:months|weeks)\s+ended\b", re.IGNORECASE
)
_QUARTER = re.compile(r"\b(first|second|third|fourth)[\s-]+quarter\b", re.IGNORECASE)
_RELEASE = re.compile(
    r"for\s+immediate\s+release|\breport(?:s|ed)\b[^\n]{0,60}\b(?:quarter|year|results)\b|"
    r"\bannounce[sd]\b[^\n]{0,60}\bresults\b|\bearnings\s+release\b",
    re.IGNORECASE,
)


def read_facts(name: str, pages: Sequence[Page]) -> FilingFacts:
    """Read the cover, and the file's name where the cover is silent.

    Args:
        name: the document's name, such as `HALVORSEN_2022_10K.pdf`.
        pages: the filing's pages in order.
    """
    cover = "\n".join(page.text for page in pages[:COVER_PAGES])[:COVER_CHARACTERS]
    body = "\n".join(page.text for page in pages[:PAGES_READ])
    form = _form(name, cover)
    period_end = _period_end(cover)
    return FilingFacts(
        company=_company(cover),
        ticker=_ticker(cover),
        form=form,
        fiscal_year=_fiscal_year(name, body, period_end),
        fiscal_quarter=_fiscal_quarter(name, body, form),
        period_end=period_end,
    )


def _form(name: str, cover: str) -> str | None:
    found = _FORM.search(cover) or _FORM_IN_NAME.search(name.replace("_", " "))
    if found:
        return re.sub(r"^(\d+)-?", r"\1-", found[1].upper())
    return EARNINGS_RELEASE if _RELEASE.search(cover) or "earnings" in name.lower() else None


def _period_end(cover: str) -> date | None:
    found = _PERIOD.search(cover) or _DATELINE.search(cover)
    if not found:
        return None
    text = " ".join(next(filter(None, found.groups())).replace(",", ", ").split())
    try:
        return datetime.strptime(text.replace(" ,", ","), "%B %d, %Y").date()  # noqa: DTZ007  # a day
    except ValueError:
        return None  # such as June 31


def _company(cover: str) -> str | None:
    for pattern in (_REGISTRANT, _LISTED, _CORPORATE_LINE):
        found = pattern.search(cover)
        if found:
            return " ".join(found[1].split()).strip(" ,")
    return None


def _ticker(cover: str) -> str | None:
    found = _TICKER.search(cover)
    return (found[1] or found[2]) if found else None


def _fiscal_year(name: str, body: str, period_end: date | None) -> int | None:
    """The name's where it can be; the year in which a January ends may bear the name before."""
    named = [int(year) for year in _NAME_YEAR.findall(name.replace("_", " "))]
    if period_end is None:
        return named[0] if named else None
    near = [year for year in named if abs(year - period_end.year) <= 1]
    if near:
        return near[0]
    counted = Counter(int(year) for year in _FISCAL.findall(body))
    this, before, after = (counted[period_end.year + step] for step in (0, -1, 1))
    if period_end.month == JANUARY and before > 2 * this:
        return period_end.year - 1
    return period_end.year + 1 if after > 2 * this else period_end.year


def _fiscal_quarter(name: str, body: str, form: str | None) -> int | None:
    named = _NAME_QUARTER.search(name)
    if named:
        return int(named[1])
    if form != "10-Q":
        return None
    span = _SPAN.search(body)
    if span:
        return MONTHS_TO_QUARTER[span[1].lower()]
    ordinals = Counter(word.lower() for word in _QUARTER.findall(body))
    return ORDINAL_QUARTERS[ordinals.most_common(1)[0][0]] if ordinals else 1
