"""Finds the unit that a page sets for all tables: "all amounts in \u20ac million unless stated"."""

import re
from collections.abc import Sequence

from knowledge.pdf.layout import PageLayout
from knowledge.pdf.tables.units import UnitNote, unit_note

MAX_LINE = 300
"""Characters; what says a unit for all tables is printed in lines of a page's width."""
_HINTS = (
    "unless",
    "except as",
    "except where",
    "sofern",
    "soweit",
    "sauf ",
    "salvo ",
    "all amounts",
    "all figures",
    "alle angaben",
    "alle betr\u00e4ge",
)
"""Without one of these words on a page, no line is looked at: most pages are told quickly."""
_HINT = re.compile("|".join(_HINTS), re.IGNORECASE)
_FOR_ALL = re.compile(
    r"\b(?:(?:unless|except\s+(?:as|where)|sofern\s+nicht|soweit\s+nicht|sauf|salvo)\s+(?:otherwise\s+)?"
    r"(?:stated|noted|indicated|anders|abweichend|mention|indication|indicaci\u00f3n)|"
    r"all\s+(?:amounts|figures)|alle\s+(?:angaben|betr\u00e4ge))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\.\s+(?=[A-Z])")


def said_for_all(page: PageLayout, running: Sequence[str]) -> UnitNote | None:
    """A unit that running headers or a sentence set for all tables that say none."""
    said = unit_note(" ".join(running))
    if said.scale > 1:
        return said
    small = page.text.lower()
    if not any(hint in small for hint in _HINTS):
        return None
    for at, line in enumerate(page.lines):
        if not _HINT.search(line.text):
            continue
        near = page.lines[max(0, at - 2) : at + 2]
        text = " ".join(line.text[:MAX_LINE] for line in near)
        for sentence in filter(_FOR_ALL.search, _SENTENCE.split(text)):
            said = unit_note(_FOR_ALL.sub(" ", sentence))
            if said.scale > 1 or said.currency is not None:
                return said
    return None
