import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.evaluators.citation_support import citation_support, unsupported_figures

PASSAGE = "(In thousands)\nNet revenue $ 959,657 $ 895,410\nNet loss (1,404)\nEffective rate 23.3 %"


@pytest.mark.parametrize(
    "answer",
    [
        "Net revenue, 2023: 959,657 thousand [1]",
        "Revenue was $959.7 million [1].",
        "Revenue was about $1.0 billion [1].",
        "A loss of $1.4 million [1].",
        "The rate was 23.3% [1].",
        "Growth was 7.18% [1].",
        "Growth: 7.175 % [1]",
        "At the 8.5% that you gave, on page 16 of the 10-K of FY2023 [1]: 959,657",
        "Computed: 959657 / 1000",
    ],
)
def test_figures_of_passages_calculations_and_the_question_are_supported(answer):
    asked = "What at 8.5%?"
    assert citation_support(answer, [PASSAGE], ["7.175148"], asked) == 1.0


@pytest.mark.parametrize(
    ("answer", "unsupported"),
    [
        ("Revenue was $960.7 million [1].", ["$960.7 million"]),
        ("959,657 thousand [1], up 7.3%", ["7.3%"]),
        ("It earned 5,121 thousand.", ["5,121 thousand"]),
    ],
)
def test_others_are_not(answer, unsupported):
    assert citation_support(answer, [PASSAGE], ["7.175148"]) == 0.0
    assert unsupported_figures(answer, [PASSAGE], ["7.175148"]) == unsupported


def test_nothing_cited_supports_nothing():
    assert citation_support("Revenue was $960 million.", [], []) == 0.0


def test_an_answer_without_figures_is_not_scored():
    assert citation_support("The segment is Process Pumps [3], in FY2022.", [PASSAGE], []) is None


def test_a_result_that_is_no_number_is_left_out():
    assert citation_support("It is 7.2%.", [], ["refused"]) == 0.0


@given(st.integers(1000, 10**9))
def test_a_quoted_number_is_supported_by_its_passage(number):
    assert citation_support(f"It was ${number:,} [1].", [f"Total {number:,} 12"], []) == 1.0
