"""The kinds of primary statements."""

from enum import StrEnum


class Statement(StrEnum):
    """The primary statements of US filings (Regulation S-X, rules 3-01 to 3-04) and of IAS 1."""

    INCOME = "income_statement"
    """Of operations, income, earnings, or profit or loss."""
    COMPREHENSIVE_INCOME = "comprehensive_income"
    """Net income and what by-passes it."""
    BALANCE = "balance_sheet"
    """Of financial position or condition."""
    CASH = "cash_flow"
    EQUITY = "equity"
    """Changes in shareholders' equity."""
