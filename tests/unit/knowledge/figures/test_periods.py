"""Whether a figure is of exactly the period that is asked for."""

from dataclasses import replace
from datetime import date

import pytest
from unit.ledger import figures_in

from knowledge.figures.periods import (
    balance_day,
    calendar_of,
    is_of_period,
    label_of,
    months_of,
    own_period,
)
from knowledge.query.periods import Period
from storage.filings import FilingFacts

DECEMBER = FilingFacts("A", None, "10-K", 2022, None, date(2022, 12, 31))
JANUARY = FilingFacts("A", None, "10-K", 2022, None, date(2023, 1, 28))
MARCH = FilingFacts("A", None, "annual report", 2023, None, date(2023, 3, 31))
JUNE_QUARTER = FilingFacts("A", None, "10-Q", 2023, 1, date(2023, 6, 30))
"""Of a year that ends in March 2024 and is named by the year in which it begins."""


@pytest.fixture
def figure():
    """A figure whose period or last day is given."""
    (any_figure, *_) = figures_in(
        (
            """
                      Consolidated Statements of Operations
                                 (in millions)
                                            Years ended December 31,
                                              2022          2021
Net sales                                      $50           $40
Net income                                       5             4
""",
        )
    )

    def figure(period, *, starts=None, ends=None, column="2022"):
        return replace(any_figure, period=period, starts_on=starts, ends_on=ends, column=column)

    return figure


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        (Period(2023), "FY2023"),
        (Period(2023, 3), "Q3 2023"),
        (Period(2023, months=3), "Q1 2023"),
        (Period(2023, months=6), "H1 2023"),
        (Period(2023, months=9), "9M 2023"),
        (Period(2023, months=12), "FY2023"),
    ],
)
def test_flow_has_a_fiscal_label(figure, asked, label):
    assert label_of(asked) == label
    assert is_of_period(asked, figure(label), DECEMBER)


@pytest.mark.parametrize("label", ["FY2022", "Q3 2022", "H1 2023", "9M 2023", "Q4 2023", "FY2024"])
def test_flow_of_another_period_is_another_figure(figure, label):
    assert not is_of_period(Period(2023, 3), figure(label), DECEMBER)


@pytest.mark.parametrize(
    ("facts", "asked", "day", "fits"),
    [
        (DECEMBER, Period(2022), "2022-12-31", True),
        (DECEMBER, Period(2022), "2022-12-30", True),
        (DECEMBER, Period(2022), "2022-09-30", False),
        (DECEMBER, Period(2021), "2022-12-31", False),
        (DECEMBER, Period(2022, 3), "2022-09-30", True),
        (DECEMBER, Period(2022, 4), "2022-12-31", True),
        (DECEMBER, Period(2022, 2), "2022-09-30", False),
        (DECEMBER, Period(2022, months=9), "2022-09-30", True),
        (DECEMBER, Period(2022, months=6), "2022-06-30", True),
        (JANUARY, Period(2022), "2023-01-28", True),
        (JANUARY, Period(2023), "2023-01-28", False),
        (JANUARY, Period(2021), "2022-01-29", True),
        (MARCH, Period(2023), "2023-03-31", True),
        (MARCH, Period(2022), "2022-03-31", True),
        (MARCH, Period(2022), "2022-12-31", False),
    ],
)
def test_balance_of_a_period_is_struck_at_its_end(figure, facts, asked, day, fits):
    assert is_of_period(asked, figure(day), facts) is fits


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        (Period(2022, month=12, day=31), True),
        (Period(2022, month=12), True),
        (Period(2022, month=12, day=30), False),
        (Period(2021, month=12, day=31), False),
        (Period(2022, months=12, month=12, day=31), False),
    ],
)
def test_balance_is_of_the_day_that_is_asked_for(figure, asked, fits):
    assert is_of_period(asked, figure("2022-12-31"), DECEMBER) is fits


@pytest.mark.parametrize(
    ("period", "months", "fits"),
    [
        ("Q3 2022", 3, True),
        ("9M 2022", 9, True),
        ("9M 2022", 3, False),
        ("Q3 2022", 9, False),
        ("Q3 2022", None, False),
        ("FY2022", None, True),
        ("FY2022", 12, True),
    ],
)
def test_flow_of_a_date_needs_the_asked_span(figure, period, months, fits):
    flow = figure(period, starts=date(2022, 1, 1), ends=date(2022, 9, 30))
    assert is_of_period(Period(2022, months=months, month=9, day=30), flow, DECEMBER) is fits


def test_last_day_of_a_flow_may_stand_in_its_column(figure):
    flow = figure("Q3 2022", column="Three Months Ended September 30, 2022")
    assert is_of_period(Period(2022, months=3, month=9, day=30), flow, DECEMBER)
    assert not is_of_period(Period(2022, months=3, month=6, day=30), flow, DECEMBER)


def test_opening_balance_is_that_of_the_year_end_before(figure):
    asked = Period(2023, month=6, day=30, opening=True)
    assert is_of_period(asked, figure("2022-12-31"), DECEMBER)
    assert not is_of_period(asked, figure("2021-12-31"), DECEMBER)
    assert not is_of_period(asked, figure("2023-06-30"), DECEMBER)
    assert not is_of_period(asked, figure("FY2022"), DECEMBER)


def test_figure_without_any_period_is_of_none(figure):
    assert not is_of_period(Period(2022), figure(None), DECEMBER)


def test_balance_has_a_day_and_a_flow_a_length(figure):
    assert balance_day(figure("2022-12-31")) == date(2022, 12, 31)
    assert balance_day(figure(None, ends=date(2022, 12, 31))) == date(2022, 12, 31)
    assert balance_day(figure("FY2022", ends=date(2022, 12, 31))) is None
    assert [months_of(figure(each)) for each in ("Q3 2022", "H1 2022", "9M 2022", "FY2022")] == [
        3, 6, 9, 12,
    ]  # fmt: skip
    assert months_of(figure("2022-12-31")) is None


def test_period_of_a_filing_is_its_fiscal_one():
    assert own_period(DECEMBER) == Period(2022)
    assert own_period(JUNE_QUARTER) == Period(2023, 1)
    assert own_period(FilingFacts()) is None


def test_calendar_of_a_filing_is_read_from_its_period():
    assert calendar_of(JANUARY).fiscal_year(date(2023, 1, 28)) == 2022
    assert calendar_of(MARCH).fiscal_year(date(2022, 6, 30)) == 2023
    assert calendar_of(JUNE_QUARTER).end_month == 3
    assert calendar_of(FilingFacts()).end_month == 12
