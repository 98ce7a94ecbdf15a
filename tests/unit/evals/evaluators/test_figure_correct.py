from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evals.evaluators.figure_correct import figure_correct, gold_figures, missing_figures


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("$1577.00", "Capital expenditure was $1,577 million [2]."),
        ("$4180.00", "Free cash flow, 2020: 4,180.4 million [4]"),
        ("$36.71 million", "Purchases of property: (36,712) thousand [3]"),
        ("$36.71 million", "They spent 36.71 [3]."),
        ("$36.71 million", "They spent $36,712,000 [3]."),
        ("-$1.40 million", "The net loss was $1.4 million [1], exactly 1,404 thousand."),
        ("-$1.40 million", "Net loss: (1,404) thousand [1]"),
        ("45.61", "Cash rose by $45,607 thousand [2]."),
        ("2.80", "Working capital ratio, 2022: 2.8 [3]"),
        ("25.3%", "Effective tax rate, 2023: 25.33 % [6]"),
        ("2.7%", "2.7 percent of revenue [1]"),
        ("Margins fell by 2.3%.", "The margin changed by -2.3% [1]."),
        ("From $89.52 million to $83.47 million.", "89,521 thousand, then 83,471 thousand [1]"),
        ("$18.5 million", '"The water district seeks $18.5 million." [4]'),
        ("12", "It has 12 plants [1]."),
    ],
)
def test_a_right_figure_counts_in_any_clothes(gold, answer):
    assert figure_correct(gold, answer) == 1.0


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("$36.71 million", "They spent 36,712 [3]."),
        ("$36.71 million", "They spent $36.7 billion [3]."),
        ("$36.71 million", "They spent $36.8 million [3]."),
        ("$36.71 million", "They spent about $37 million [3]."),
        ("7.2%", "It grew by 7.2 million [3]."),
        ("-$1.40 million", "They earned $1.40 million [1]."),
        ("1.79", "The ratio was 1.64 [1]."),
        ("From $89.52 million to $83.47 million.", "83,471 thousand [1]"),
        ("2.80", ""),
        ("2.80", "The documents I was given do not answer this question."),
        ("33.9%", 'Growth: 9.5 % [1], from "margin 33.9% 35.6%" (ACME_2022_10K.pdf, page 16)'),
    ],
)
def test_a_wrong_figure_does_not(gold, answer):
    assert figure_correct(gold, answer) == 0.0


@pytest.mark.parametrize(
    "gold",
    [
        "The Garden Tools segment, since March 4, 2021.",
        "More of the pumps P412, 655X and 498 in 2023.",
        "(1) Alder Mills Ltd and (2) Stonebeck, in FY2022.",
    ],
)
def test_golds_without_a_figure_are_not_counted(gold):
    assert figure_correct(gold, "Yes [1].") is None


def test_what_is_missing_is_told_as_the_gold_prints_it():
    gold = "Gross margin improved from 4.8% in FY2021 to 5.3% in FY2022."
    assert missing_figures(gold, "It was 5.3% [1].") == ["4.8%"]


@given(st.decimals("0.01", "999999", places=4), st.sampled_from(["", "%", " million"]))
def test_a_rounded_gold_accepts_the_exact_value(value, unit):
    gold = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert figure_correct(f"{gold}{unit}", f"It was {value:,f}{unit} [1].") == 1.0


@given(st.decimals("0.01", "9999", places=2), st.decimals("0.01", "9999", places=2))
def test_another_value_is_refused(gold, other):
    assume(abs(gold - other) >= Decimal("0.02"))
    assert figure_correct(f"{gold}%", f"It was {other}% [1].") == 0.0


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_scored_without_complaint(gold, answer):
    score = figure_correct(gold, answer)
    assert (score is None) == (not gold_figures(gold))
