"""What headers print, as periods; and no text trips the parsers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.pdf.tables.calendar import FiscalCalendar
from knowledge.pdf.tables.cover import calendar_of
from knowledge.pdf.tables.periods import Context, column_period
from knowledge.pdf.tables.wording import wording

DECEMBER = FiscalCalendar()
RETAILER = FiscalCalendar(1, 31, -1)
VOCABULARY = (
    *("Three", "Six", "Nine", "months", "weeks", "ended", "fiscal", "year", "as", "of", "at"),
    *("December", "31,", "30,", "2022", "2021", "Q2", "first", "quarter", "change", "%", "vs."),
    *("52", "99/99/9999", "0001", "February", "29,"),
)
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)


def period(header, stub="", caption="", calendar=DECEMBER, *, is_balance=False):
    context = Context(calendar, wording(stub), wording(caption), is_balance=is_balance)
    found = column_period(header, context)
    return found.name if found else None


@pytest.mark.parametrize(
    ("header", "stub", "expected"),
    [
        ("2022", "Years ended December 31,", "FY2022"),
        ("Three Months Ended June 30, 2024", "", "Q2 2024"),
        ("Six Months Ended June 30, 2024", "", "H1 2024"),
        ("Nine Months Ended September 30, 2024", "", "9M 2024"),
        ("December 31, 2022", "", "2022-12-31"),
        ("Nine Months Ended September 30, 2022 2021", "", "9M 2021"),
        ("As of June 30, 2023 2022", "", "2022-06-30"),
        ("2022 vs. 2021", "", None),
        ("% Change", "", None),
        ("Total", "", None),
    ],
)
def test_a_header_says_its_period(header, stub, expected):
    assert period(header, stub) == expected


def test_a_year_above_balances_is_its_last_day():
    assert period("2022", is_balance=True) == "2022-12-31"


def test_a_retailer_s_year_is_named_as_it_names_it():
    assert period("January 27, 2024", "Fiscal years ended", calendar=RETAILER) == "FY2023"


def test_a_cover_tells_when_years_end():
    annual = calendar_of(["For the fiscal year ended June 30, 2023"])
    assert (annual.end_month, annual.end_day, annual.period_end) == (6, 30, date(2023, 6, 30))
    quarterly = calendar_of(
        ["For the quarterly period ended December 31, 2023", "Six Months Ended December 31, 2023"]
    )
    assert (quarterly.end_month, quarterly.end_day) == (6, 30)
    assert quarterly.period_end == date(2023, 12, 31)


@given(
    st.one_of(st.text(max_size=80), WORDS), st.one_of(st.text(max_size=40), WORDS), st.booleans()
)
def test_no_text_trips_the_parser(header, around, is_balance):
    for calendar in (DECEMBER, RETAILER):
        found = period(header, around, around, calendar, is_balance=is_balance)
        assert found is None or found


@given(st.lists(st.one_of(st.text(max_size=80), WORDS), max_size=3))
def test_no_cover_trips_the_calendar(texts):
    calendar = calendar_of(texts)
    assert 1 <= calendar.end_month <= 12
    calendar.fiscal_year(date(2023, 5, 1))
