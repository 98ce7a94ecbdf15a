import pytest

from evals.evaluators.key_facts import contradicted, key_facts, missing_facts
from evals.examples import KeyFact

REVENUE = KeyFact("Net revenue was $959.66 million", ("$959.66 million",))
LAWSUIT = KeyFact("Sable Creek sued over booster sets", ("Sable Creek", "booster sets"))


@pytest.mark.parametrize(
    "answer",
    [
        "Net revenue was $959.66 million [1].",
        "Net revenue: 959,657 thousand",
        "It was $0.95966 billion.",
        '"Net revenue 959,657 895,410": $959.657 million [1]',
    ],
)
def test_a_figure_is_stated_in_any_clothes(answer):
    assert key_facts(answer, [REVENUE]) == 1.0


@pytest.mark.parametrize("answer", ["", "$895.41 million", "959.66", "Revenue was 959.66 thousand"])
def test_another_figure_or_scale_is_not_it(answer):
    expected = 1.0 if answer == "959.66" else 0.0  # no scale: it is read in the fact's
    assert key_facts(answer, [REVENUE]) == expected


def test_words_are_found_whatever_their_case_and_punctuation():
    assert key_facts("SABLE-CREEK sued.", [LAWSUIT]) == 1.0
    assert key_facts("A suit over booster sets", [LAWSUIT]) == 1.0
    assert key_facts("Sable Creekside sued", [LAWSUIT]) == 0.0


def test_each_fact_counts_for_itself():
    assert key_facts("Sable Creek sued.", [REVENUE, LAWSUIT]) == 0.5
    assert missing_facts("Sable Creek sued.", [REVENUE, LAWSUIT]) == [REVENUE.fact]


def test_one_contradiction_makes_the_answer_worthless():
    answer = "Net revenue was $959.66 million.\nIn other words, $895.41 million."
    assert key_facts(answer, [REVENUE], ["$895.41 million"]) == 0.0
    assert contradicted(answer, [REVENUE], ["$895.41 million"]) == ["$895.41 million"]


@pytest.mark.parametrize(
    "answer",
    [
        "Net revenue was $959.66 million, up from $895.41 million.",
        'Net revenue was $959.66 million [1], from "Net revenue 959,657 895,410"',
        'Net revenue was $959.66 million.\n"Net revenue 959,657 895,410"',
    ],
)
def test_what_stands_beside_a_fact_or_is_quoted_contradicts_nothing(answer):
    assert key_facts(answer, [REVENUE], ["$895.41 million"]) == 1.0


def test_a_figure_with_words_needs_both():
    fact = KeyFact("12% of revenue", ("12% of revenue",))
    assert key_facts("It made 12.0% of revenue.", [fact]) == 1.0
    assert key_facts("It made 12% of cash.", [fact]) == 0.0
    assert key_facts("A share of revenue", [fact]) == 0.0


def test_without_facts_there_is_nothing_to_score():
    assert key_facts("anything", [], ["something"]) is None
