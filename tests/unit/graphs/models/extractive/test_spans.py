"""Spans that no column prints."""

import pytest

YEAR = (
    "Consolidated Statements of Operations\n(in millions)\nYear Ended December 31,\n2021 2020\n"
    "Total revenues 100 80"
)
HALF = (
    "Condensed Consolidated Statements of Operations\n(in millions)\n"
    "Three Months Ended June 30, Six Months Ended June 30,\n2022 2021 2022 2021\n"
    "Total revenues 30 20 55 45"
)


@pytest.fixture
def filings(as_passage) -> str:
    annual = as_passage(1, YEAR, "QUARZTEK_2021_10K.pdf")
    return annual + "\n" + as_passage(2, HALF, "QUARZTEK_2022Q2_10Q.pdf")


ROLLED = (
    "Roll Quarztek's revenue forward to the twelve months ended June 30, 2022: FY2021, plus the "
    "latest six months, less the same months a year earlier."
)


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        ("What was Quarztek's revenue in the second half of FY2021?", "100 - 45"),
        (ROLLED, "100 + 55 - 45"),
    ],
)
def test_a_span_is_computed_from_those_that_are_printed(ask, filings, question, expression):
    talk = ask(question, filings)
    assert talk.of("calculate") == [{"expression": expression}]
    assert "[1][2]" in talk.answer.split("\n")[0]


def test_without_the_months_there_is_no_half(ask, as_passage):
    annual = as_passage(1, YEAR, "QUARZTEK_2021_10K.pdf")
    talk = ask("What was Quarztek's revenue in the second half of FY2021?", annual)
    assert not talk.of("calculate")
    assert "not computed" in talk.answer
