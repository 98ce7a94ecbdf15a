"""Finds the company that a document is of."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.facts.found import COVER_CHARACTERS, TITLE_CHARACTERS

MIN_MENTIONS = 2
MAX_NAMES = 8
MAX_GAP = 200
"""Characters between the first and the last of several registrants."""

_LEGAL = (
    r"Inc|Incorporated|Corp|Corporation|Company|Co|Ltd|Limited|LTD|LLC|L\.P|LP|plc|PLC|Plc|N\.V|NV|"
    r"S\.A|SA|AG|SE|KGaA|GmbH|AB|ASA|A/S|AS|Oyj|Abp|S\.p\.A|SpA|S\.A\.B|SCA|S\.E|Pty\s+Ltd|Bhd|Berhad|"
    r"INC|CORP|CORPORATION|COMPANY|LIMITED"
)
_KIND = (
    r"Holdings?|Group|Groupe|Gruppe|Trust|Bancorp|Bancshares|Partners|Partnership|Bank|Fund|REIT"
)
_WORD = r"[a-z]?[A-Z0-9\u00c0-\u00de][\w.&'\u2019/-]{0,30}"
_SMALL = r"(?:of|and|de|des|du|der|la|&|y|et|von|und)"
_NAME = rf"(?:{_WORD},? (?:{_SMALL} ){{0,2}}){{1,6}}"
_FULL = rf"{_NAME}(?:{_LEGAL})\b(?:\.|\s\(publ\)|\s&\sCo\.?(?:\sKGaA)?)?"
_NAMED = rf"(?:{_FULL}|{_NAME}(?:{_KIND})\b)"
_TITLE_WORDS = (
    r"(?:(?:19|20)\d\d(?:[/-]\d{2,4})?\s)?(?:Annual|Form|Gesch\u00e4ftsbericht|Jahresbericht|Halbjahres|Interim|"
    r"Half|Quarterly|Integrated|Strategic|Rapport|Informe|Memoria|Universal|Report|Konzern|"
    r"Zwischenbericht|Current\saccount|Consolidated|Financial|\u00c5rsrapport|\u00c5rsredovisning|FORM|ANNUAL)"
)
_REGISTRANT = re.compile(
    r"^[ \t]*(?P<name>\S[^\n]{1,100}?)[ \t]*\n+[ \t]*"
    r"\(\s*Exact\s+name\s+of\s+(?:the\s+)?registrant",
    re.IGNORECASE | re.MULTILINE,
)
_REGISTRANT_IN_TABLE = re.compile(
    r"Exact\s+Name\s+of[^\0]{1,400}?\n[ \t]*\d{1,3}-\d{3,6}[ \t]+"
    r"(?P<name>\S[^\n]{1,80}?)[ \t]{2,4}",
    re.IGNORECASE,
)
_TITLE = re.compile(
    rf"^[ \t]*(?P<name>{_NAMED})\s{{0,3}}[-\u2013\u2014|,:]?\s{{0,3}}{_TITLE_WORDS}", re.MULTILINE
)
_LISTED = re.compile(
    r"(?P<name>(?:[a-z]?[A-Z0-9][\w.&'\u2019-]{0,40}+,? (?:& )?){1,6})"
    r"\((?:NYSE|NASDAQ|Nasdaq|LSE|ASX|TSX|XETRA|SIX|Euronext)\b[^)]{1,20}\)"
)
_LINE = re.compile(
    rf"^[ \t]*(?:of |by |der |de )?(?P<name>{_FULL}|{_NAME}(?:{_KIND}))"
    r"(?:,? (?:y sociedades|and (?:its )?subsid|und Tocht|et ses filiales)[^\n]{0,40})?[ \t]*$",
    re.MULTILINE,
)
_MENTION = re.compile(rf"(?<![\w.])(?P<name>{_FULL})(?!\w)")
_REPORTS = re.compile(
    rf"^[ \t]*(?P<name>{_WORD}(?: {_WORD}){{0,4}}) (?:Reports|Announces|REPORTS|ANNOUNCES|reports|"
    r"announces)\b",
    re.MULTILINE,
)
_LEGAL_END = re.compile(rf",? (?:{_LEGAL})\b.*$")
_LEGAL_ALONE = re.compile(rf"(?:{_LEGAL})\.?")
_LEADING = re.compile(
    r"^(?:(?:Exhibit\s[\d.]+|The\sBoard\sof|Board\sof|Directors\sof|Shareholders\sof|By|To|Of|For|In|At|And|Die|Der|Das|Le|La|Les|El|"
    r"With|From|Copyright|\u00a9|(?:19|20)\d\d)\s)+"
)
_OTHERS = re.compile(
    r"\b(?:Deloitte|KPMG|Ernst|Pricewaterhouse\w*|PwC|EY|BDO|Grant\sThornton|Mazars|Computershare|Equiniti|"
    r"Link|Nasdaq|NASDAQ|Stock\sExchange|Euronext|Moody|Standard\s&\sPoor|Fitch|Trust\sCompany|Depository|"
    r"Securities\sand\sExchange|Broadridge)\b"
)
_GENERIC = re.compile(
    r"(?:The\s|Our\s|Parent\s|This\s|Holding\s|Subsidiary\s|Public\s|Private\s|Each\s|Such\s|Any\s)*"
    r"(?:Parent\s)?(?:Company|Group|Trust|Holdings?|Corporation|Bank|Fund|Limited|Partnership|Co)\.?",
    re.IGNORECASE,
)


class Named(NamedTuple):
    """A company's name and where it stands in the text."""

    name: str
    start: int
    end: int


def find_company(text: str) -> Named | None:
    """The company whose document it is.

    The registrant named on a cover comes first, then a title, a name that stands alone on a line,
    and last the company that the first pages mention most.
    """
    cover = text[:COVER_CHARACTERS]
    return (
        _registrant(cover)
        or _first(_REGISTRANT_IN_TABLE, cover)
        or _first(_TITLE, text[:TITLE_CHARACTERS])
        or _first(_LISTED, cover)
        or _first(_LINE, cover)
        or _most_mentioned(text)
        or _first(_REPORTS, text[:TITLE_CHARACTERS])
    )


def _registrant(cover: str) -> Named | None:
    """The registrant; of several, the first."""
    named = _first(_REGISTRANT, cover)
    if named is None or "registrants" not in cover[named.end : named.end + 60].lower():
        return named
    above = [
        each for each in _named(_LINE, cover[: named.start]) if named.start - each.end < MAX_GAP
    ]
    return above[0] if above else named


def _first(pattern: re.Pattern[str], text: str) -> Named | None:
    return next(_named(pattern, text), None)


def _named(pattern: re.Pattern[str], text: str) -> Iterator[Named]:
    for found in pattern.finditer(text):
        printed = found["name"]
        name = " ".join(printed.split()).strip(" ,-\u2013\u2014|")
        lead = _LEADING.match(name)
        name = name[lead.end() :] if lead else name
        if name and not _is_of_another(name):
            start = text.index(name.split()[0], found.start("name"))
            yield Named(name, start, found.end("name"))


def _is_of_another(name: str) -> bool:
    """Whether a name is an auditor's, an exchange's, or no name: "The Company", "Inc."."""
    if _OTHERS.search(name):
        return True
    return bool(_GENERIC.fullmatch(name) or _LEGAL_ALONE.fullmatch(name))


def _most_mentioned(text: str) -> Named | None:
    """The name with a legal form whose company is mentioned most."""
    mentions: dict[str, Named] = {}
    counts: Counter[str] = Counter()
    for named in _named(_MENTION, text):
        key = named.name.lower().rstrip(".")
        mentions.setdefault(key, named)
        counts[key] += 1
    if not counts:
        return None
    often = [mentions[key] for key, count in counts.most_common(MAX_NAMES) if count >= MIN_MENTIONS]
    # "FedEx" stands for the company far more often than its full name does.
    return max(often, key=lambda named: text.count(_short(named.name)), default=None)


def _short(name: str) -> str:
    """A name without its legal form."""
    return _LEGAL_END.sub("", name) or name
