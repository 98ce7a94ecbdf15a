"""Amounts in words."""

from decimal import Decimal

import pytest

from graphs.models.extractive.answer import amount_in_words, with_unit
from graphs.models.extractive.outcomes import unit_in_words
from tools_registry.figure_lines import FigureLine


def figure(value, unit, scale=1):
    return FigureLine(
        number=1,
        item="Rent",
        period="FY2022",
        value=Decimal(value),
        printed=value,
        unit=unit,
        scale=scale,
        company="Acme",
        note="",
        source="a.pdf page 1",
        passage=1,
    )


@pytest.mark.parametrize(
    ("value", "unit", "scale", "words"),
    [
        ("2310", "USD", 10**6, "USD 2,310 million"),
        ("1404.5", "EUR", 1000, "EUR 1,404.5 thousand"),
        ("123456", "INR", 10**7, "INR 123,456 crore"),
        ("12", "USD", 10**9, "USD 12 billion"),
        ("5", "USD", 1, "USD 5"),
        ("70.6", "percent", 1, "70.6 %"),
        ("4.37", "pence/share", 1, "4.37 pence per share"),
        ("1.50", "USD/share", 1, "USD 1.50 per share"),
        ("-1404", "", 1, "-1,404"),
        ("47552", "shares", 1000, "47,552 thousand shares"),
        ("0", "USD", 10**6, "USD 0 million"),
    ],
)
def test_amount_stands_with_its_unit_and_scale(value, unit, scale, words):
    assert amount_in_words(figure(value, unit, scale)) == words


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [("6.94 %", "percent", "6.94 %"), ("5", "", "5"), ("3", "USD million", "USD 3 million")],
)
def test_number_stands_where_people_expect_it(number, unit, words):
    assert with_unit(number, unit) == words


@pytest.mark.parametrize(
    ("unit", "scale", "words"),
    [("USD", 10**6, "USD million"), ("", 1000, "thousand"), ("USD", 1, "USD"), ("", 1, "")],
)
def test_unit_and_scale_are_worded_without_gaps(unit, scale, words):
    assert unit_in_words(unit, scale) == words
