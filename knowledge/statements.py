"""Recognizes the primary financial statements among a filing's pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.pages import Page
from knowledge.statement_kinds import Statement
from knowledge.statement_words import HINTS, NO_TITLE, SIGNATURE, TITLE

__all__ = ["Statement", "StatementRegion", "statement_regions"]

TITLE_CHARACTERS = 130
SIGNATURE_ROWS = 3
ROW_CHARACTERS = 400
_BARE = frozenset({"balance", "balances"})
"""A title in Spanish, but the head of a column in English."""
_FIGURE = re.compile(r"\d|[-\u2013\u2014]\s*$")


@dataclass(frozen=True)
class StatementRegion:
    """A stretch of a page that prints a statement, or a part of one."""

    statement: Statement
    start: int
    end: int


def statement_regions(page: Page) -> list[StatementRegion]:
    """The primary statements that a page prints below their titles, from top to bottom."""
    titles = list(_titles(page))
    ends = [*(start for _, start in titles[1:]), len(page.text)]
    return [
        StatementRegion(found, start, end)
        for (statement, start), end in zip(titles, ends, strict=False)
        if (found := _printed(statement, page.text[start:end])) is not None
    ]


def _titles(page: Page) -> Iterator[tuple[Statement, int]]:
    seen: Statement | None = None
    for line in page.lines:
        text = page.text[line.start : line.end]
        statement = _title(text)
        if text.lower() in _BARE and "activo" not in page.text.lower():
            continue
        if statement is not None and statement is not seen:
            seen = statement
            yield statement, line.start


def _title(line: str) -> Statement | None:
    if len(line) > TITLE_CHARACTERS or not line[:1].isupper():
        return None
    small = line.lower()
    if not any(hint in small for hint in HINTS) or NO_TITLE.search(line):
        return None
    title = line.partition("  ")[0]  # behind a wide blank, the heads of columns follow
    for statement, pattern in TITLE:
        if pattern.search(title):
            return statement
    return None


def _printed(statement: Statement, text: str) -> Statement | None:
    """The statement below a title, if its rows are there.

    A statement of comprehensive income that begins with revenue is the income statement, too.
    """
    if statement is Statement.COMPREHENSIVE_INCOME and _is_income(text):
        return Statement.INCOME
    return statement if _rows_of(statement, text) >= SIGNATURE_ROWS else None


def _is_income(text: str) -> bool:
    """Whether revenue is among the rows of an income statement."""
    *_, revenue, _ = SIGNATURE[Statement.INCOME]
    has_revenue = any(revenue.search(row) for row in _rows(text))
    return has_revenue and _rows_of(Statement.INCOME, text) >= SIGNATURE_ROWS


def _rows_of(statement: Statement, text: str) -> int:
    """How many of the rows that make out a statement are printed with figures."""
    return sum(any(sign.search(row) for sign in SIGNATURE[statement]) for row in _rows(text))


def _rows(text: str) -> list[str]:
    return [line[:ROW_CHARACTERS] for line in text.splitlines() if _FIGURE.search(line)]
