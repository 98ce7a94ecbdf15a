"""The periods that questions name, in the words of several countries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.query.asked_periods import MAX_RANGE_YEARS, asked_periods, without_asked_periods
from knowledge.query.periods import Period


def day(year, month, day_of_month, months=None):
    return Period(year, months=months, month=month, day=day_of_month)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("net sales in 2023", [Period(2023)]),
        ("net sales in FY2023", [Period(2023)]),
        ("net sales in FY 2023", [Period(2023)]),
        ("net sales in FY22", [Period(2022)]),
        ("net sales in FY 2022-23", [Period(2023)]),
        ("net sales for 2022-23", [Period(2023)]),
        ("net sales for 2022/23", [Period(2023)]),
        ("net sales in fiscal 2022", [Period(2022)]),
        ("net sales in fiscal year 2022", [Period(2022)]),
        ("net sales in 2022/23", [Period(2023)]),
        ("net sales in 2022/2023", [Period(2023)]),
        ("Umsatz im Geschäftsjahr 2021", [Period(2021)]),
        ("net sales in 2022 and 2021", [Period(2021), Period(2022)]),
        ("net sales", []),
        ("what is owed under section 1.2019?", []),
        ("sales of $2,022 and of 2020,5 tons", []),
        ("its 10-K of page 12", []),
    ],
)
def test_years(text, periods):
    assert list(asked_periods(text)) == periods


@pytest.mark.parametrize(
    "text",
    [
        "cash at December 31, 2022",
        "cash at Dec. 31, 2022",
        "cash at 2022-12-31",
        "cash at Dec 31 2022",
        "cash on December 31st, 2022",
        "cash at 31 December 2022",
        "cash on the 31st of December 2022",
        "cash at 31 Dec 2022",
        "Kasse zum 31.12.2022",
        "Kasse zum 31. Dezember 2022",
        "trésorerie au 31 décembre 2022",
        "efectivo a 31 de diciembre de 2022",
    ],
)
def test_day_is_read_in_each_way_of_writing_it(text):
    assert asked_periods(text) == (day(2022, 12, 31),)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Vorräte zum 31. März 2023", day(2023, 3, 31)),
        ("Vorräte zum 1. Januar 2023", day(2023, 1, 1)),
        ("stocks au 1er janvier 2023", day(2023, 1, 1)),
        ("stocks au 28 février 2023", day(2023, 2, 28)),
        ("stocks au 31 août 2022", day(2022, 8, 31)),
        ("existencias a 30 de junio de 2022", day(2022, 6, 30)),
        ("existencias a 1 de enero de 2022", day(2022, 1, 1)),
        ("cash in May 2022", Period(2022, month=5)),
        ("cash at the end of June 2022", Period(2022, month=6)),
    ],
)
def test_months_of_four_languages(text, period):
    assert asked_periods(text) == (period,)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("the three months ended June 30, 2022", 3),
        ("three-month period ended June 30, 2022", 3),
        ("the quarter ended June 30, 2022", 3),
        ("six months ended 30 June 2022", 6),
        ("the 6 months to 30 June 2022", 6),
        ("nine months ended June 30, 2022", 9),
        ("the twelve months ended June 30, 2022", 12),
        ("the year ended 30 June 2022", 12),
        ("the year ending on June 30, 2022", 12),
        ("balance at June 30, 2022", None),
    ],
)
def test_span_of_a_date_has_its_months(text, months):
    assert asked_periods(text) == (day(2022, 6, 30, months),)


def test_span_goes_for_the_date_that_is_joined_to_its_own():
    found = asked_periods("six months ended June 30, 2024 and December 31, 2023")
    assert [period.months for period in found] == [6, 6]
    found = asked_periods("six months ended June 30, 2024, compared with December 31, 2023")
    assert [period.months for period in found] == [None, 6]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Q3 2023", [Period(2023, 3)]),
        ("3Q 2023", [Period(2023, 3)]),
        ("third quarter of 2023", [Period(2023, 3)]),
        ("third quarter of fiscal 2023", [Period(2023, 3)]),
        ("the 3rd quarter of FY2023", [Period(2023, 3)]),
        ("Q3 FY23", [Period(2023, 3)]),
        ("3. Quartal 2023", [Period(2023, 3)]),
        ("Q3 2023 and Q3 2022", [Period(2022, 3), Period(2023, 3)]),
        ("Q2 2023 against Q1 2022", [Period(2022, 1), Period(2023, 2)]),
        ("third quarter of 2023 and 2022", [Period(2022, 3), Period(2023, 3)]),
        ("revenue by quarter: third quarter, in the fiscal years of 2023", [Period(2023, 3)]),
    ],
)
def test_quarter_belongs_to_the_year_beside_it_or_to_every_year(text, periods):
    assert list(asked_periods(text)) == periods


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("the first nine months of 2023", 9),
        ("the first 9 months of fiscal 2023", 9),
        ("9M 2023", 9),
        ("nine-month sales of 2023", 9),
        ("the first six months of 2023", 6),
        ("the first half of 2023", 6),
        ("H1 2023", 6),
        ("first three months of 2023", 3),
    ],
)
def test_months_from_the_start_of_a_year(text, months):
    assert asked_periods(text) == (Period(2023, months=months),)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("growth from 2019 to 2022", [2019, 2020, 2021, 2022]),
        ("growth from FY2020 to FY2022", [2020, 2021, 2022]),
        ("growth from fiscal 2020 through fiscal 2022", [2020, 2021, 2022]),
        ("sales 2020-2022", [2020, 2021, 2022]),
        ("sales 2020 \u2013 2022", [2020, 2021, 2022]),
        ("sales 2020 through 2022", [2020, 2021, 2022]),
    ],
)
def test_years_between_the_ends_of_a_range_are_asked_too(text, years):
    assert [period.year for period in asked_periods(text)] == years


def test_range_has_a_longest():
    years = {period.year for period in asked_periods("from 1950 to 2050")}
    assert len(years) <= MAX_RANGE_YEARS + 2


@pytest.mark.parametrize("text", ["cash at 31.13.2022", "cash at 99.99.2022", "cash at 0.0.2022"])
def test_month_that_is_none_is_no_date(text):
    assert all(period.month is None for period in asked_periods(text))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("net sales of Looms in Q3 2023", "net sales of Looms in"),
        ("cash at December 31, 2022", "cash at"),
        ("Umsatz im Geschäftsjahr 2022", "Umsatz im Geschäftsjahr"),
        ("net sales for the nine months ended June 30, 2022", "net sales for"),
        ("net sales 2022/23 of Looms", "net sales of Looms"),
        ("diluted shares", "diluted shares"),
    ],
)
def test_text_without_its_periods_keeps_every_other_word(text, rest):
    assert without_asked_periods(text) == rest


PERIODS = st.one_of(
    st.builds(Period, st.integers(1950, 2049)),
    st.builds(Period, st.integers(1950, 2049), st.integers(1, 4)),
    st.builds(Period, st.integers(1950, 2049), months=st.sampled_from([6, 9])),
    st.builds(
        Period,
        st.integers(1950, 2049),
        months=st.sampled_from([None, 3, 6, 9, 12]),
        month=st.integers(1, 12),
        day=st.one_of(st.none(), st.integers(1, 28)),
    ),
)


@given(PERIODS)
def test_name_of_a_period_is_read_back(period):
    assert asked_periods(period.name) == (period,)


@given(st.text(alphabet="1290/.-, FYQqH3Mmayfirst halfto\u2013", max_size=80))
def test_any_text_is_read_in_order_and_once(text):
    found = asked_periods(text)
    assert len(set(found)) == len(found)
    assert [period.year for period in found] == sorted(period.year for period in found)
