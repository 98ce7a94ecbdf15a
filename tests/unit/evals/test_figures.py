from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.figures import amounts, figures, within_half


@pytest.mark.parametrize(
    ("text", "magnitude", "scale", "percent", "signs"),
    [
        ("$1,404", 1404, None, False, {1}),
        ("(1,404) thousand", 1404, 10**3, False, {1, -1}),
        ("$(1,404)", 1404, None, False, {1, -1}),
        ("-$1.40 million", "1.40", 10**6, False, {-1}),
        ("$-1.40 million", "1.40", 10**6, False, {-1}),
        ("\u22121,404", 1404, None, False, {-1}),
        ("a loss of $1.4 million", "1.4", 10**6, False, {1, -1}),
        ("7.2%", "7.2", None, True, {1}),
        ("6.94 %", "6.94", None, True, {1}),
        ("(5.3%)", "5.3", None, True, {1, -1}),
        ("12 percent", 12, None, True, {1}),
        ("$1.8bn", "1.8", 10**9, False, {1}),
        ("$13.2 billion", "13.2", 10**9, False, {1}),
        ("US$ 36,712 (thousands)", 36712, 10**3, False, {1}),
        (".5", "0.5", None, False, {1}),
    ],
)
def test_a_figure_is_read_as_people_write_it(text, magnitude, scale, percent, signs):
    (amount,) = amounts(text)
    assert amount.magnitude == Decimal(magnitude)
    assert amount.scale == scale
    assert amount.percent == percent
    assert amount.signs >= signs


@pytest.mark.parametrize(
    "text",
    [
        "FY2022",
        "Q2",
        "10-K",
        "10K",
        "a 5-year plan",
        "HALVORSEN_2022_10K.pdf",
        "655X",
        "[3]",
        "June 30, 2024",
        "2019-2021",
        "page 16 of 25",
        "417 stores",
    ],
)
def test_years_pages_counts_and_names_are_no_figures(text):
    assert figures(text) == []


def test_figures_of_a_row_are_read_one_by_one():
    row = "Net revenue $ 959,657 $ 895,410 (31) $ 817,788"
    assert [str(a.magnitude) for a in figures(row)] == ["959657", "895410", "817788"]


@given(st.integers(0, 10**12), st.integers(0, 4))
def test_a_printed_decimal_is_read_back(number, places):
    value = Decimal(number).scaleb(-places)
    (amount,) = amounts(f"It came to {value:,f} in all")
    assert amount.magnitude == value
    assert amount.quantum == Decimal(1).scaleb(-places)


@given(st.decimals(0, 10**6, places=4), st.integers(0, 3))
def test_a_rounded_value_lies_within_half_of_its_last_digit(value, places):
    quantum = Decimal(1).scaleb(-places)
    assert within_half(value, value.quantize(quantum), quantum)
    assert not within_half(value + quantum * 2, value.quantize(quantum), quantum)


@pytest.mark.parametrize(
    ("text", "printed"), [("FY 2023 ($1.8 bn of it)", "$1.8 bn"), ("Net loss (1,404)", "(1,404)")]
)
def test_a_figure_is_told_without_the_prose_s_parenthesis(text, printed):
    assert figures(text)[0].printed == printed


@pytest.mark.parametrize(
    ("text", "magnitude", "scale"),
    [
        ("4.812,7 Mio. EUR", "4812.7", 10**6),
        ("4.812 Mio. EUR", 4812, 10**6),
        ("1.234.567 €", 1234567, None),
        ("312,5 Mio. €", "312.5", 10**6),
        ("12,5 %", "12.5", None),
        ("12,5 Prozent", "12.5", None),
        ("1,2 Mrd. EUR", "1.2", 10**9),
        ("850 Tsd. €", 850, 10**3),
        ("2\u00a0310,4 millions d'euros", "2310.4", 10**6),
        ("2\u202f310 M€", 2310, 10**6),
        ("2 310,4 millions d'euros", "2310.4", 10**6),
        ("1,8 milliard d'euros", "1.8", 10**9),
        ("640 milliers d'euros", 640, 10**3),
        ("1.234,5 millones de euros", "1234.5", 10**6),
        ("Rs. 1,23,456.78 crore", "123456.78", 10**7),
        ("₹1,18,340 lakh", 118340, 10**5),
        ("CHF 1'234.50", "1234.50", None),
        ("684 EUR", 684, None),
    ],
)
def test_figures_of_other_countries_are_read(text, magnitude, scale):
    (amount,) = figures(text)
    assert (amount.magnitude, amount.scale) == (Decimal(magnitude), scale)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$1,404", "USD"),
        ("US$ 1,404", "USD"),
        ("£1,404 thousand", "GBP"),
        ("4.812,7 Mio. EUR", "EUR"),
        ("2 310,4 M€", "EUR"),
        ("1,5 milliard d'euros", "EUR"),
        ("3,50 euros", "EUR"),
        ("Rs. 1,404 crore", "INR"),
        ("₹1,404", "INR"),
        ("1,404 stores", None),
        ("7.2%", None),
    ],
)
def test_currency_is_read_where_it_stands_at_the_figure(text, currency):
    assert figures(text)[0].currency == currency


@pytest.mark.parametrize(
    ("text", "magnitudes"),
    [
        ("of 4.812 to 5.104 million", ["4.812", "5.104"]),
        ("rows 895,410 959,657", ["895410", "959657"]),
        ("was 1,404 310 times", ["1404"]),
        ("of 4.812 % and 120 105%", ["4.812", "105"]),
        ("notes 12, 13 and 3,5", []),
    ],
)
def test_english_figures_stay_english(text, magnitudes):
    assert [str(each.magnitude) for each in figures(text)] == magnitudes
