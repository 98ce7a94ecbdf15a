from decimal import Decimal

import pytest

from evals.filings.questions.amounts import dollars, money, percent, points


@pytest.mark.parametrize(
    ("amount", "scale", "written"),
    [
        ("959657", "thousands", "$959.66 million"),
        ("6017", "millions", "$6,017 million"),
        ("-2832", "thousands", "-$2.83 million"),
        ("1164497", "thousands", "$1,164.50 million"),
    ],
)
def test_dollars_are_in_millions(amount, scale, written):
    assert dollars(Decimal(amount), scale) == written


@pytest.mark.parametrize(
    ("scale", "places", "written"),
    [
        ("USD", 0, "$959,657,000"),
        ("thousands", 0, "$959,657 thousand"),
        ("millions", 1, "$959.7 million"),
        ("billions", 3, "$0.960 billion"),
    ],
)
def test_money_is_in_the_scale_asked_for(scale, places, written):
    assert money(Decimal(959_657_000), scale, places) == written


def test_half_is_rounded_away_from_zero():
    assert (percent(Decimal("0.25")), points(Decimal("-1.25"))) == (
        "0.3%",
        "-1.3 percentage points",
    )
