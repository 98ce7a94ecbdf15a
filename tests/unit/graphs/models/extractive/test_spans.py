"""Spans of time: quarters, years to date and what is computed from them."""

from datetime import date

import pytest
from unit.ledger import Report

YEAR = """
                      Consolidated Statements of Operations
                                 (in millions)
                                            Years ended December 31,
                                              2021          2020
Total revenues                                $100           $80
Income tax expense                               3             2
Net income                                     $10            $8
"""
HALF = """
                Condensed Consolidated Statements of Operations
                                (in millions)
                           Three Months Ended             Six Months Ended
                                June 30,                      June 30,
                           2022          2021            2022          2021
Total revenues              $30           $20             $55           $45
Income tax expense            3             2               4             4
Net income                   $8            $7             $15           $14
"""
BALANCE = """
                  Condensed Consolidated Balance Sheets
                                (in millions)
                                          June 30,      December 31,
                                            2022            2021
Cash and cash equivalents                   $334            $288
Inventories                                   30              20
Total assets                                 900             800
Total liabilities                            500             450
Total equity                                 400             350
"""
ANNUAL = Report("QUARZTEK_2021_10K.pdf", (YEAR,), year=2021, period_end=date(2021, 12, 31))
QUARTERLY = Report(
    "QUARZTEK_2022Q2_10Q.pdf",
    (HALF, BALANCE),
    form="10-Q",
    quarter=2,
    period_end=date(2022, 6, 30),
)
ROLLED = (
    "Roll Quarztek's revenue forward to the twelve months ended June 30, 2022: FY2021, plus the "
    "latest six months, less the same months a year earlier."
)


@pytest.mark.parametrize(
    ("period", "period_read", "amount"),
    [
        ("in Q2 2022", "Q2 2022", 30),
        ("for the second quarter of 2022", "Q2 2022", 30),
        ("for the quarter ended June 30, 2022", "Q2 2022", 30),
        ("for the three months ended June 30, 2021", "Q2 2021", 20),
        ("for the six months ended June 30, 2022", "H1 2022", 55),
        ("for the first six months of fiscal 2021", "H1 2021", 45),
        ("in FY2021", "FY2021", 100),
    ],
)
def test_column_of_the_asked_span_answers(ask, period, period_read, amount):
    talk = ask(f"What was Quarztek's revenue {period}?", ANNUAL, QUARTERLY)
    assert talk.first_line.startswith(f"Total revenues, {period_read}: USD {amount} million [")


@pytest.mark.parametrize("period", ["FY2022", "Q1 2022", "the nine months ended June 30, 2022"])
def test_span_that_no_column_shows_has_no_answer(ask, period):
    answer = ask(f"What was Quarztek's revenue for {period}?", QUARTERLY).answer
    assert answer.startswith("I found no exact answer.")
    assert "million" not in answer


def test_annual_figure_is_the_latest_where_no_period_is_named(ask):
    talk = ask("What was Quarztek's revenue?", ANNUAL, QUARTERLY)
    assert talk.first_line.startswith("Total revenues, FY2021: USD 100 million")


def test_quarter_is_compared_with_the_same_quarter_a_year_before(ask):
    talk = ask("How much did Quarztek's revenue grow in Q2 2022?", ANNUAL, QUARTERLY)
    assert talk.expressions == ["growth(20, 30)"]


def test_twelve_months_are_rolled_forward_from_columns_of_two_reports(ask):
    talk = ask(ROLLED, ANNUAL, QUARTERLY)
    assert talk.expressions == ["100 + 55 - 45"]
    assert talk.first_line.startswith("Revenue, twelve months ended June 30, 2022: USD 110 million")
    assert talk.first_line.endswith("[1][2]")


def test_twelve_months_are_not_rolled_forward_without_the_months(ask):
    talk = ask(ROLLED, ANNUAL)
    assert not talk.expressions
    assert "USD" not in talk.answer


def test_balance_is_of_its_day(ask):
    talk = ask("What was Quarztek's cash and cash equivalents at June 30, 2022?", QUARTERLY)
    assert talk.first_line.startswith("Cash and cash equivalents, 2022-06-30: USD 334 million")


def test_balance_of_the_year_end_is_that_of_december(ask):
    talk = ask("What were Quarztek's inventories at the end of fiscal 2021?", QUARTERLY)
    assert talk.first_line.startswith("Inventories, 2021-12-31: USD 20 million")


def test_two_dates_are_two_periods(ask):
    talk = ask(
        "How much did Quarztek's inventories change from December 31, 2021 to June 30, 2022, in "
        "USD millions?",
        QUARTERLY,
    )
    assert talk.expressions == ["30 - 20"]
