from decimal import Decimal

import pytest

from evals.filings.world.numbers import ENGLISH, FRENCH, GERMAN, INDIAN, Numbers


@pytest.mark.parametrize(
    ("numbers", "value", "places", "text"),
    [
        (ENGLISH, "1404", 0, "1,404"),
        (ENGLISH, "-1404.5", 1, "(1,404.5)"),
        (ENGLISH, "0", 0, "\N{EN DASH}"),
        (ENGLISH, "77", 0, "77"),
        (GERMAN, "-1404.5", 1, "\N{EN DASH}1.404,5"),
        (FRENCH, "1234567.8", 1, "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,8"),
        (INDIAN, "213846.35", 2, "2,13,846.35"),
        (INDIAN, "-12345678", 0, "(1,23,45,678)"),
        (Numbers(negative="{} OD"), "-165.09", 2, "165.09 OD"),
    ],
)
def test_figures_are_printed_as_the_country_does(numbers, value, places, text):
    assert numbers.printed(Decimal(value), places) == text
