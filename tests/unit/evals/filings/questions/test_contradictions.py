import pytest

from evals.examples import Category, KeyFact
from evals.filings.questions.contradictions import alike, contradicting


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("$959.66 million", "$959,657 thousand"),
        ("$0.96 billion", "$959.66 million"),
        ("$42,225", "$42.23 million"),
        ("36.2%", "36.20%"),
        ("2.80", "2.8"),
        ("freight", "ocean freight"),
        ("$2.83 million", "-$2.83 million"),
    ],
)
def test_what_could_be_read_as_the_right_answer_contradicts_nothing(wrong, right):
    assert alike(wrong, right)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("$895.41 million", "$959.66 million"),
        ("36.2%", "36.3%"),
        ("$36.2 million", "36.2%"),
        ("-$2.83 million", "$2.83 million"),
        ("11%", "12%"),
    ],
)
def test_what_differs_visibly_contradicts(wrong, right):
    assert not alike(wrong, right)


def test_each_contradiction_is_kept_once():
    facts = [KeyFact("Revenue", ("$959.66 million",))]
    found = contradicting(["$895.41 million", "$895.41 million", "$959,657 thousand"], facts)
    assert found == ("$895.41 million",)


def test_no_contradiction_is_a_key_fact_under_another_scale(asked):
    for question in asked:
        for fact in question.key_facts:
            for way in fact.any_of:
                for wrong in question.contradictions:
                    assert not alike(wrong, way), question.id


def test_most_single_answers_have_something_that_they_are_mistaken_for(asked):
    single = [
        question
        for question in asked
        if question.category in {Category.LOOKUP, Category.SCALED_TABLE, Category.OUT_OF_DATE}
        and len(question.key_facts) == 1
    ]
    assert sum(bool(question.contradictions) for question in single) > 0.8 * len(single)


def test_what_an_answer_is_computed_from_contradicts_nothing():
    facts = [KeyFact("Twelve months", ("$989.44 million",))]
    assert contradicting(["$959.66 million"], facts, ["$959.66 million"]) == ()


def test_a_figure_is_not_another_years_nor_another_companys(asked):
    revenue = next(each for each in asked if each.id == "halvorsen_2023_10k.lookup.net_revenue")
    assert revenue.key_facts[0].any_of == ("$959.66 million",)
    assert revenue.contradictions == ("$895.41 million", "$817.79 million", "$6,017 million")
