import pytest

from evals.evaluators.wrong_figure import Expected, wrong_figure, wrong_figures
from evals.examples import Category, Example, KeyFact, PageRef, ReferenceCall


def expected(gold="$2,310 million", question="What was revenue in 2023?", **fields) -> Expected:
    fields = {"evidence_texts": ("Revenue 2,310 2,144",)} | fields
    evidence = frozenset({PageRef("acme.pdf", 3)})
    return Expected.of(Example("q", question, gold, "acme.pdf", evidence, **fields))


GROWTH = expected(
    "7.7%",
    "How much did revenue grow in 2023?",
    tool_calls=(ReferenceCall("calculate", {"expression": "growth(2144, 2310)"}),),
)
UNANSWERABLE = Expected.of(
    Example("q", "What was churn above 8%?", "Not told.", "", frozenset(), is_answerable=False)
)


@pytest.mark.parametrize(
    "answer",
    [
        "Revenue was $2,310 million [3].",
        "Revenue was $2.31 billion [3], page 12 of acme.pdf.",
        "Revenue, 2023: 2,310,000 thousand [1200]",
        "Revenue was about $2.3 billion [1].",
        "Revenue was $2,310 million, up from $2,144 million [1].",
        "Revenue rose to $2,310 million [1].\nIn 2022 it was $2,144 million [1].",
        "1. Revenue at December 31, 2023, fiscal 2023, Q4: $2,310 million (acme.pdf, page 1,200)",
        'Revenue: 2,310 million [1], from "Revenue 2,310 1,999" (acme.pdf, page 3)',
        "I found no exact answer. The closest passages are:\n- Sales were $1,999 million [1]",
        '"Sales were $1,999 million." [1]',
        "The filing doesn't state it. Net income was $1,999 million [1].",
        "Revenue: not computed, because no row shows it.\n\nFigures used:\n- cost 1,999 [1]",
        "Invoice INV-20417 of 31.12.2023 (2023-12-31, 12/31/2023) is about 2022/23 and FY23.",
        "",
    ],
)
def test_right_figure_its_context_and_a_refusal_pass(answer):
    assert wrong_figures(expected(), answer) == []
    assert wrong_figure(expected(), answer) == 0.0


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ("Revenue was $2,144 million [1].", ["$2,144 million"]),
        ("Revenue was $2,310 thousand [1].", ["$2,310 thousand"]),
        ("Revenue was $2,310,000 [1].", ["$2,310,000"]),
        ("Revenue was -$2,310 million [1].", ["-$2,310 million"]),
        ("Revenue was $2 billion [1].", ["$2 billion"]),
        ("Revenue: 684 [2]", ["684"]),
        ("Revenue was £2,310 million [1].", ["£2,310 million"]),
        ("Revenue was EUR 2.31 billion [1].", ["EUR 2.31 billion"]),
        ("Beta: $1,999 million [1]\nAcme: $2,310 million [2]", ["$1,999 million"]),
        ("Sales were $1,999 million [1]. The filing doesn't state revenue.", ["$1,999 million"]),
        ('Revenue: 1,999 million [1], from "Revenue 2,310 1,999"', ["1,999 million"]),
    ],
)
def test_another_figure_as_the_answer_is_wrong(answer, wrong):
    assert wrong_figures(expected(), answer) == wrong
    assert wrong_figure(expected(), answer) == 1.0


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("Revenue grew by 7.7% [1].", 0.0),
        ("It grew by 7.74% [1], from $2,144 million to $2,310 million.", 0.0),
        ("Revenue in 2022: 2,144 [1]\nRevenue in 2023: 2,310 [1]\nGrowth: 7.7 %", 0.0),
        ("Growth: not computed [1]\n\nFigures used:\n- Revenue 2,310 million [1]", 0.0),
        ("Revenue was $2,310 million [1].", 1.0),
        ("Revenue grew by 8.2% [1].", 1.0),
        ("Revenue in 2022: 2,145 [1]\nGrowth: 7.7 %", 1.0),
    ],
)
def test_operands_stand_beside_the_result_alone(answer, score):
    assert wrong_figure(GROWTH, answer) == score


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("The filings don't state churn, nor whether it is above 8%.", 0.0),
        ("Churn above 8% is reported [1].", 0.0),
        ("Churn was 1,000 [3].", 1.0),
        ("Churn was 9.5% [3].", 1.0),
        ('"Growth was 9.5%." [3]', 0.0),
    ],
)
def test_any_figure_is_wrong_where_no_page_answers(answer, score):
    assert wrong_figure(UNANSWERABLE, answer) == score


@pytest.mark.parametrize(
    ("gold", "question", "evidence", "answer", "score"),
    [
        ("-$1.40 million", "What was the net loss?", "(1,404)", "It was $1.4 million [1].", 0.0),
        ("-$1.40 million", "What was net income?", "(1,404)", "A loss of $1.4 million [1].", 0.0),
        ("-$1.40 million", "What was net income?", "(1,404)", "It was $1.4 million [1].", 1.0),
        ("$28.79 million", "What was corporate expense?", "(28,790)", "It: -28.79 million", 0.0),
        ("$28.79 million", "What was corporate expense?", "28,790", "It: -28.79 million", 1.0),
        ("12", "How many plants are there?", "12 plants", "There are 12 plants [1].", 0.0),
        ("12", "How many plants are there?", "12 plants", "It has 14 plants [1].", 1.0),
    ],
)
def test_signs_and_counts(gold, question, evidence, answer, score):
    assert wrong_figure(expected(gold, question, evidence_texts=(evidence,)), answer) == score


@pytest.mark.parametrize(
    ("question", "answer", "score"),
    [
        ("What was the dividend per share?", "It was $1.24 [1].", 0.0),
        ("What was the dividend per share?", "It was $1.24 thousand [1].", 1.0),
        ("What were dividends, in USD thousands?", "They were $1.24 thousand [1].", 0.0),
    ],
)
def test_scale_that_neither_gold_nor_question_names_is_wrong(question, answer, score):
    assert wrong_figure(expected("$1.24", question), answer) == score


def test_gold_without_figure_is_not_scored():
    assert wrong_figure(expected("The Garden Tools segment"), "It was $5 million.") is None


def test_ambiguous_question_has_the_figures_of_its_facts():
    facts = (KeyFact("Acme", ("$5 million",)), KeyFact("Beta", ("$7 million", "$7.2 million")))
    either = expected(
        "It depends: Acme $5 million, Beta $7 million",
        category=Category.AMBIGUOUS,
        key_facts=facts,
    )
    assert wrong_figure(either, "Beta: $7.2 million [1]") == 0.0
    assert wrong_figure(either, "Gamma: $9 million [1]") == 1.0


def test_prose_gold_lets_figures_of_the_evidence_pass():
    gold = (
        "Gross margin improved from 4.8% to 5.3% since freight rates fell back to the level of the"
        " years before and prices held."
    )
    prose = expected(gold, evidence_texts=("Freight cost 1,999 less.",))
    assert wrong_figure(prose, "Freight cost $1,999 thousand less [1].") == 0.0
    assert wrong_figure(prose, "Freight cost $1,777 thousand less [1].") == 1.0


def test_results_of_the_calculator_are_context_of_the_right_figure():
    answer = "Ratio of 2022: 3.91\nGrowth: 7.7 %"
    assert wrong_figure(GROWTH, answer, ["3.912"]) == 0.0
    assert wrong_figure(GROWTH, answer) == 1.0
