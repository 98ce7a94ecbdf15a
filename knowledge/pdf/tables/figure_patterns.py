"""Patterns of printed figures, for documents that part decimals by a point or by a comma."""

import re

from knowledge.pdf.tables.currencies import DOLLAR_SIGN, SIGNS
from knowledge.pdf.tables.number_styles import COMMA, POINT

DASHES = "\u2010\u2011\u2012\u2013\u2212-"
"""What may be a minus; the hyphen stands last, so that it ends a set of characters."""
MARKS = (
    r"(?:[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070\u2074-\u2079]|"
    r"\((?:\d{1,2}|[a-z])\)|\[(?:\d{1,2}|[a-z])\])*+"
)
"""Footnote marks set right behind a figure."""
_GROUPED = r"\d{1,3}(?:['\u2019]\d{3})++(?:[.,]\d++)?"
_POINTS = r"(?:\d{1,3}(?:,\d{3})++|\d{1,2}(?:,\d{2}){1,8},\d{3}|\d++)(?:\.\d++)?|\.\d++"
_COMMAS = r"(?:\d{1,3}(?:\.\d{3})++|\d++)(?:,\d++)?"
_NUMBERS = {
    POINT: rf"{_GROUPED}|{_POINTS}|\d{{1,3}}(?:\.\d{{3}})++,\d++|\d{{1,3}}(?:\.\d{{3}}){{2,}}",
    COMMA: rf"{_GROUPED}|{_COMMAS}|\d{{1,3}}(?:,\d{{3}})++\.\d++|\d{{1,3}}(?:,\d{{3}}){{2,}}|"
    r"\d{1,2}(?:,\d{2}){1,8},\d{3}\.\d++",
}
"""With what no reader takes for anything else: `1.234,56` where a point parts decimals, too."""
_PREFIX = rf"{DOLLAR_SIGN}|(?:EUR|CHF|USD|GBP|INR|SEK|NOK|DKK|RMB|CNY|JPY|CAD|AUD|HKD|Rs\.?)"
_BEHIND = "".join(sign for sign in SIGNS if sign not in "$\u00a3\u00a5\u20b9")
_SUFFIX = rf"%|x|pts?\.?|bps|p|c|[{_BEHIND}]|bn|mn|[mkMKB]|CR|DR"
FIGURES = {
    decimal: re.compile(
        rf"(?<![(+{DASHES}])(?P<sign>[(+{DASHES}]*+)(?:(?P<currency>{_PREFIX})(?P<inner>[({DASHES}]*+))?"
        rf"(?P<number>{number})(?P<unit>{_SUFFIX})?(?P<behind>[{DASHES}])?\)?"
        rf"(?P<late>{_SUFFIX})?\)?(?P<marks>{MARKS})"
    )
    for decimal, number in _NUMBERS.items()
}
NIL = re.compile(
    rf"\(?(?P<currency>{DOLLAR_SIGN})?\(?[\u2014{DASHES}]{{1,3}}\)?(?P<unit>%|\u20ac)?\)?"
)
PLACEHOLDER = re.compile(
    r"(?:N/?A|N/?M|NMF?|n/?[am]|nmf?|\*{1,3}|[†‡]|Flat|nil|Nil|NIL|None|NR|\+|\(NM\)|[bu]nch\.?|"
    r"n\.\s?[amv]\.|k\.\s?A\.|n\.\s?s\.)",
    re.ASCII,
)
YEAR = re.compile(r"(?:19|20)\d\d")
ZEROS = re.compile(r"0{2,}")
"""A unit: `\u20ac000`."""
LOOKS_LIKE_ONE = re.compile(
    rf"[(+\u2014{DASHES}]*+(?:{_PREFIX})?[(\u2014{DASHES}]*+\d[\d.,'\u2019]*+(?<=\d)[)%]*+"
)
"""Digits and separators, however they are mixed."""
OF_TEXT = re.compile(
    r"\(?\d{1,2}(?:\.\d{1,2}){1,4}(?:\.\d{2,4})?\)?|\(?[0-4]?\d(?:,[0-4]?\d)++\)?|\d{4}-\d{4}|[^\d]{0,4}0{2,}"
)
"""Sections, "2.1.3", dates, "31.12.2023", lists of notes, "5,12", years, units, "000"."""
