"""Printed figures as values and units, and no text trips the parser."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.pdf.tables.figures import UNCLEAR_FORMAT, is_unreadable, parse_figure
from knowledge.pdf.tables.number_styles import COMMA, POINT, NumberStyle

FIGURE_LIKE = st.text(alphabet="0123456789.,()$%-\u2014x \u00a0'\u20ac", max_size=12)
CONTINENTAL = NumberStyle(COMMA)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,404", "1404", None),
        ("$(1,404)", "-1404", "$"),
        ("($8.30)", "-8.30", "$"),
        ("12.5%", "12.5", "percent"),
        ("(5.3)%", "-5.3", "percent"),
        ("\u2014", "0", None),
        ("\u20ac5", "5", "EUR"),
        (".75", "0.75", None),
        ("1,23,456.78", "123456.78", None),
        ("45,00,000", "4500000", None),
        ("1'234.50", "1234.50", None),
        ("7\u2019250\u2019000", "7250000", None),
        ("\u2013418", "-418", None),
        ("\u2212214", "-214", None),
        ("1.234,56", "1234.56", None),
        ("2.468.013", "2468013", None),
        ("1,234.5-", "-1234.5", None),
        ("HK$88", "88", "HKD"),
        ("Rs.750", "750", "INR"),
        ("6.25p", "6.25", "pence"),
        ("31.50DR", "-31.50", None),
    ],
)
def test_a_figure_has_a_value_and_its_printed_unit(text, value, unit):
    figure = parse_figure(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234", "1234"),
        ("(1.234)", "-1234"),
        ("1.234-", "-1234"),
        ("9,5", "9.5"),
        ("1,404", "1.404"),
        ("1,234.56", "1234.56"),
        ("3.210,75\u20ac", "3210.75"),
    ],
)
def test_a_comma_parts_decimals_where_the_document_says_so(text, value):
    assert parse_figure(text, CONTINENTAL).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "decimal", "doubt"),
    [
        ("1.234", POINT, UNCLEAR_FORMAT),
        ("1,234", COMMA, UNCLEAR_FORMAT),
        ("1,234", POINT, None),
        ("0.234", POINT, None),
        ("1.23", POINT, None),
        ("1.234,5", POINT, None),
    ],
)
def test_a_separator_that_could_mean_two_things_is_doubtful(text, decimal, doubt):
    assert parse_figure(text, NumberStyle(decimal, is_sure=False)).doubt == doubt


@pytest.mark.parametrize(
    ("text", "marks"), [("187\u00b9", 1), ("(187)(1)", 3), ("187*\u2020", 2), ("187[a]", 3)]
)
def test_footnote_marks_are_no_part_of_a_value(text, marks):
    figure = parse_figure(text)
    assert (abs(figure.value), figure.marks) == (187, marks)


@pytest.mark.parametrize(
    "text",
    ["", "Note", "1,40", "12a", "1.2.3", "(a)", "9" * 31, "10-", "\u20ac000", "'000", "12m", "7c"],
)
def test_what_is_no_figure_is_none(text):
    assert parse_figure(text) is None


@pytest.mark.parametrize("text", ["12,34.5", "1.23.456,7", "(4,56,7)", "9" * 10_000])
def test_mixed_separators_and_endless_digits_are_unreadable(text):
    assert parse_figure(text) is None
    assert is_unreadable(text)


@pytest.mark.parametrize("text", ["31.12.2023", "2.1.3", "5,12", "Note", "2021-2023", "000", "n/a"])
def test_dates_sections_and_lists_of_notes_are_not_taken_for_figures(text):
    assert not is_unreadable(text)


@given(st.one_of(st.text(max_size=40), FIGURE_LIKE))
def test_no_text_trips_the_parser(text):
    for style in (NumberStyle(), CONTINENTAL, NumberStyle(POINT, is_sure=False, has_blanks=True)):
        figure = parse_figure(text, style)
        assert figure is None or figure.value.is_finite()
    assert is_unreadable(text) in {True, False}
