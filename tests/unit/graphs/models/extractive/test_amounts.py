"""Amounts in words, in the scale and with the digits that a question asks for."""

from decimal import Decimal

import pytest

from graphs.models.extractive.amounts import in_words, is_amount, rounded
from graphs.models.extractive.question import Question

PLAIN = Question("")


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
def test_amount_stands_with_its_unit_and_scale_as_printed(value, unit, scale, words):
    assert in_words(Decimal(value), unit, scale, PLAIN) == words


@pytest.mark.parametrize(
    ("value", "scale", "asked", "words"),
    [
        ("12500", 10**6, "in USD billions, to one decimal", "USD 12.5 billion"),
        ("12500", 10**6, "in thousands of US dollars", "USD 12,500,000 thousand"),
        ("12500", 10**6, "in full US dollars", "USD 12,500,000,000"),
        ("12500", 10**6, "in USD millions", "USD 12,500 million"),
        ("1234567", 1000, "in USD billions", "USD 1.234567 billion"),
        ("1234567", 1000, "in USD millions, to two decimal places", "USD 1,234.57 million"),
        ("-5", 10**9, "in USD millions", "USD -5,000 million"),
        ("0", 10**6, "in USD billions", "USD 0 billion"),
    ],
)
def test_amount_is_brought_to_the_scale_that_is_asked_for(value, scale, asked, words):
    question = Question(f"What was revenue in FY2022, {asked}?")
    assert in_words(Decimal(value), "USD", scale, question) == words


@pytest.mark.parametrize("unit", ["percent", "USD/share", "shares"])
def test_what_is_no_amount_keeps_its_scale(unit):
    question = Question("What was it in FY2022, in USD millions?")
    assert in_words(Decimal("1.5"), unit, 1, question) == in_words(Decimal("1.5"), unit, 1, PLAIN)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        ("2.345", 2, "2.35"),
        ("-2.345", 2, "-2.35"),
        ("2.5", 0, "3"),
        ("1234.5", None, "1,234.5"),
        ("7", 1, "7.0"),
    ],
)
def test_digits_are_rounded_half_away_from_zero(value, digits, text):
    assert rounded(Decimal(value), digits) == text


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("USD", True), ("", True), ("percent", False), ("USD/share", False), ("shares", False)],
)
def test_currency_alone_or_nothing_is_an_amount(unit, expected):
    assert is_amount(unit) is expected
