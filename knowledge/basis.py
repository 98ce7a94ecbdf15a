"""Whether figures are of the whole group, of its parent company alone, or of a part."""

import re
from enum import StrEnum
from functools import lru_cache


class Entity(StrEnum):
    """Of whom figures are, as a title, a caption or a column's header says."""

    GROUP = "group"
    """Consolidated: a company with its subsidiaries."""
    PARENT = "parent"
    """The company that issues the report, alone."""
    SEGMENT = "segment"
    """A segment, a region or a subsidiary."""
    PRO_FORMA = "pro_forma"
    """As if something that happened later had happened before."""


_PRO_FORMA = re.compile(r"\bpro[\s-]?forma\b|\bproforma\b", re.IGNORECASE)
_STATEMENT = (
    r"(?:balance|statement|income|profit|cash\s+flow|accounts?\b|financial\s+statements?|position)"
)
_PARENT = re.compile(
    rf"\b(?:parent(?:\s+company|\s+entity)?)\b(?!\s+(?:company\s+)?and\b)(?!\s+(?:and|with)\s+(?:its\s+)?subsid)|"
    rf"\bcompany(?:['\u2019]s)?\s+(?:only\b|{_STATEMENT})|"
    r"^(?:the\s+)?company\b(?=\s*(?:$|[(\d\u00a3\u20ac$]|as\s+at|31|30))|"
    r"\bcompany[\s-]only\b|\bstand[\s-]?alone\b|\bseparate\s+(?:financial|statement|income|balance)|"
    r"\bunconsolidated\s+(?:financial|statement|balance|income)|\bnon-consolidated\b|"
    r"\beinzel(?:abschluss|gesellschaft|unternehmen)|\bjahresabschluss\s+der\b|\bmuttergesellschaft\b|"
    r"\bcomptes\s+(?:annuels|sociaux|individuels)\b|\bsoci\u00e9t\u00e9\s+m\u00e8re\b|\bcuentas\s+(?:anuales\s+)?individuales\b|"
    r"\bsociedad\s+dominante\b|\bestados\s+financieros\s+(?:individuales|separados)\b|\bmoderbolaget\b|"
    r"\bmorselskapet?\b|\bmoderselskabet?\b",
    re.IGNORECASE,
)
_OWNERS = re.compile(
    r"\b(?:owners?|holders?|shareholders|stockholders|members)\s+of\s+(?:the\s+)?parent(?:\s+company)?\b|"
    r"\battributable\s+to\s+(?:the\s+)?parent(?:\s+company)?\b",
    re.IGNORECASE,
)
"""Whom a group's profit belongs to."""
_GROUP = re.compile(
    r"\bconsolidated\b|\bgroup\b|\bkonzern|\bconsolid\u00e9e?s?\b|\bgroupe\b|\bconsolidad[oa]s?\b|\bgrupo\b|"
    r"\bkoncern|\bkonsern|\band\s+(?:its\s+)?subsidiar(?:y|ies)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:group|consolidated)\s+and\b", re.IGNORECASE)
_SEGMENT = re.compile(
    r"\b(?:operating\s+|reportable\s+|business\s+|geographic(?:al)?\s+)?segments?\b|\bby\s+(?:\w{1,20}\s+){0,2}"
    r"(?:region|geography|country|countries|division|product|brand)\b|\bsegmentbericht|\bsegmente?s?\b|"
    r"\bsecteurs?\s+op\u00e9rationnels?\b|\bsegmentos?\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def entity_of(text: str) -> Entity | None:
    """Of whom the figures under a title, a caption or a column's header are; None if it says not.

    "Unconsolidated" and "non-consolidated" are of the parent; a parent beside the group ("Group
    and Company statements") is for the columns to tell apart.
    """
    if _PRO_FORMA.search(text):
        return Entity.PRO_FORMA
    text = _OWNERS.sub(" ", text)
    is_parent = _PARENT.search(text) is not None
    if is_parent:
        return None if _BOTH.search(text) else Entity.PARENT
    if _SEGMENT.search(text):
        return Entity.SEGMENT
    return Entity.GROUP if _GROUP.search(text) else None


def entity_within(*texts: str) -> Entity | None:
    """The first answer of texts from the nearest outwards: column, caption, section."""
    return next((entity for text in texts if (entity := entity_of(text)) is not None), None)
