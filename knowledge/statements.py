"""Recognizes the primary financial statements among a filing's pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.pages import Page


class Statement(StrEnum):
    """The primary statements that US filings print (Regulation S-X, rules 3-01 to 3-04)."""

    INCOME = "income_statement"
    """Of operations, income or earnings."""
    COMPREHENSIVE_INCOME = "comprehensive_income"
    """Net income and what by-passes it."""
    BALANCE = "balance_sheet"
    """Of financial position or condition."""
    CASH = "cash_flow"
    EQUITY = "equity"
    """Changes in shareholders' equity."""


@dataclass(frozen=True)
class StatementRegion:
    """A stretch of a page that prints a statement, or a part of one."""

    statement: Statement
    start: int
    end: int


TITLE_CHARACTERS = 130
SIGNATURE_ROWS = 3
ROW_CHARACTERS = 400
_OF = r"statements?\s+of\s+(?:consolidated\s+|condensed\s+|the\s+)*"
_TITLES = (
    (
        Statement.COMPREHENSIVE_INCOME,
        rf"{_OF}(?:other\s+)?comprehensive\s+(?:income|loss|earnings|\()",
    ),
    (Statement.CASH, rf"{_OF}cash\s+flows?|\bcash\s+flows?\s+statements?"),
    (
        Statement.EQUITY,
        (
            rf"{_OF}(?:changes\s+in\s+)?(?:total\s+)?(?:(?:share|stock)(?:holder|owner)s?['\u2019]?s?['\u2019]?\s+"
            r"(?:equity|deficit|investment)|equity\b|redeemable|changes\s+in\s+capital)"
        ),
    ),
    (
        Statement.BALANCE,
        rf"\bbalance\s+sheets?|{_OF}financial\s+(?:position|condition)",
    ),
    (
        Statement.INCOME,
        (
            rf"{_OF}(?:net\s+)?(?:operations|income|earnings|profit|loss)|\bincome\s+statements?|"
            r"consolidated\s+results\s+of\s+operations"
        ),
    ),
)
_TITLE = [(statement, re.compile(pattern, re.IGNORECASE)) for statement, pattern in _TITLES]
_HINTS = ("statement", "balance", "cash", "results")
"""Without one of these words, no line is a title: most are told quickly."""
_NO_TITLE = re.compile(
    r"\bnotes?\s+to\b|\bsee\b|\brefer|\bin\s+the\b|\bour\b|\bthese\b|\bdata\b|\breclassif|\bimpact|"
    r"\beffects?\b|\blocation\b|\bline\s+item|\bselected\b|\bsummary\b|\bcaptions?\b|\bitems?\s+in\b|"
    r"\brecognized\b|\bas\s+a\s+percent|\bparent\b|[.;]\s*$|\.{4}|\s\d{2,3}$|\bto\s+\d",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d|[-\u2013\u2014]\s*$")
# Two words of a row are sought from its first of the one: `(?>` doesn't try the next ones too.
_SIGNATURES: dict[Statement, tuple[str, ...]] = {
    Statement.INCOME: (
        r"\bnet\s+(?:income|earnings|loss|\()|\bprofit\s+for",
        r"\bper\s+(?:common\s+)?share|\bdiluted\b",
        r"\b(?:income\s+)?tax",
        r"\brevenues?\b|\bsales\b|\binterest\s+income\b|\bpremiums\b",
        r"\bcosts?\s+(?:of|and)\b|\bexpenses?\b",
    ),
    Statement.COMPREHENSIVE_INCOME: (
        r"\bcomprehensive\s+(?:income|loss|earnings|\()",
        r"\bnet\s+(?:income|earnings|loss|\()|\bprofit\s+for",
        (
            r"\bcurrency\s+translation|\btranslation\b|\bunrealized\b|\bpension|\bbenefit\s+plan|\bhedg|"
            r"\bderivative"
        ),
    ),
    Statement.BALANCE: (
        r"\btotal\s+assets\b",
        r"\btotal\s+(?:current\s+)?liabilities\b|\bliabilities\s+and\b",
        r"\bequity\b|\bdeficit\b",
        r"\bcash\s+and\b",
        r"\breceivables?\b|\bpayables?\b|\bloans\b|\bdeposits\b|\binventor",
    ),
    Statement.CASH: (
        r"\boperating\s+activities\b|\boperations\b",
        r"\binvesting\s+activities\b|\binvestments\b",
        r"\bfinancing\s+activities\b|\bfinancing\b",
        r"\bdepreciation\b",
        (
            r"^(?>.*?\bcash\b).*\b(?:end|beginning)\b|"
            r"^(?>.*?\b(?:increase|decrease|change)\b).*\bcash\b"
        ),
    ),
    Statement.EQUITY: (
        r"^(?>.*?\bbalances?\b).*\d|\bat\s+(?:beginning|end)\b",
        r"\bnet\s+(?:income|earnings|loss|\()|\bprofit\s+for",
        r"\bdividends?\b|\brepurchase|\btreasury\b|\bstock-based|\bshare-based|\bcompensation\b",
    ),
}
_SIGNATURE = {
    statement: [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    for statement, patterns in _SIGNATURES.items()
}


def statement_regions(page: Page) -> list[StatementRegion]:
    """The primary statements that a page prints below their titles, from top to bottom."""
    titles = list(_titles(page))
    ends = [*(start for _, start in titles[1:]), len(page.text)]
    return [
        StatementRegion(statement, start, end)
        for (statement, start), end in zip(titles, ends, strict=False)
        if _rows_of(statement, page.text[start:end]) >= SIGNATURE_ROWS
    ]


def _titles(page: Page) -> Iterator[tuple[Statement, int]]:
    seen: Statement | None = None
    for line in page.lines:
        statement = _title(page.text[line.start : line.end])
        if statement is not None and statement is not seen:
            seen = statement
            yield statement, line.start


def _title(line: str) -> Statement | None:
    if len(line) > TITLE_CHARACTERS or not line[:1].isupper():
        return None
    small = line.lower()
    if not any(hint in small for hint in _HINTS) or _NO_TITLE.search(line):
        return None
    for statement, pattern in _TITLE:
        if pattern.search(line):
            return statement
    return None


def _rows_of(statement: Statement, text: str) -> int:
    """How many of the rows that make out a statement are printed with figures."""
    rows = [line[:ROW_CHARACTERS] for line in text.splitlines() if _FIGURE.search(line)]
    return sum(any(sign.search(row) for row in rows) for sign in _SIGNATURE[statement])
