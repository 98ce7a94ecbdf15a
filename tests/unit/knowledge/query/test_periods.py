"""Which periods a question names, however it writes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.query.periods import Period, times_of


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("What was revenue in FY2019?", [Period(2019)]),
        ("What was revenue in FY 2019?", [Period(2019)]),
        ("Revenue for fiscal year 2021 and fiscal 2020", [Period(2021), Period(2020)]),
        ("FY19 capex", [Period(2019)]),
        ("Growth from 2021 to 2022", [Period(2021), Period(2022)]),
        ("the FY2017 - FY2019 average", [Period(2017), Period(2019)]),
        ("Sales in Q2 of FY2024", [Period(2024, 2)]),
        ("Sales in Q2 2024 versus FY2023", [Period(2024, 2), Period(2023)]),
        ("third quarter of fiscal 2023 margin", [Period(2023, 3)]),
        ("2Q23 results", [Period(2023, 2)]),
        ("Q4'22 results", [Period(2022, 4)]),
        ("Q1 and Q2 of 2023", [Period(2023, 1), Period(2023, 2)]),
        ("How many stores are there?", []),
        ("Was 2,019 or 1999.5 printed?", []),
    ],
)
def test_periods(question, periods):
    assert list(times_of(question).periods) == periods


def test_a_full_date_is_a_day_and_no_year():
    times = times_of("Cash as of August 30, 2023, and at June 31, 2022")
    assert times.days == (date(2023, 8, 30),)
    assert times.periods == ()


@pytest.mark.parametrize("written", ["1st July 2022", "July 1st, 2022", "1 July, 2022"])
def test_a_date_may_begin_with_its_day(written):
    assert times_of(f"the 8-K dated {written}").days == (date(2022, 7, 1),)


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    times_of(text)
