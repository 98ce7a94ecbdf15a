import pytest

from evals.filings.companies import HALVORSEN, TESSELINE
from evals.filings.questions.periods import period_words


@pytest.mark.parametrize(
    ("company", "period", "words"),
    [
        (HALVORSEN, "FY2023", "in FY2023"),
        (HALVORSEN, "H1 2024", "in the six months ended June 30, 2024"),
        (TESSELINE, "Q2 2024", "in the three months ended December 31, 2023"),
        (HALVORSEN, "2023-12-31", "at December 31, 2023"),
    ],
)
def test_a_period_is_told_by_its_end(company, period, words):
    assert period_words(company, period) == words
