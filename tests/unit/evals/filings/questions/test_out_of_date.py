from evals.examples import Category
from evals.filings.questions.contradictions import alike

TOGETHER = "Aspreviouslyreported"


def versions(asked):
    return [
        question
        for question in asked
        if question.category == Category.OUT_OF_DATE and not question.id.endswith(".restatement")
    ]


def test_old_and_new_figure_stand_side_by_side_and_differ(asked, pages_of):
    for question in versions(asked):
        wrong, (fact,) = question.contradictions[0], question.key_facts
        assert not alike(wrong, fact.any_of[0])
        page = next(text for text in pages_of(question) if TOGETHER in "".join(text.split()))
        for figure in (wrong, fact.any_of[0]):
            whole = figure.strip("$").removesuffix(" million").replace(",", "").split(".")[0]
            assert whole[:3] in page.replace(",", "")


def test_each_restated_line_is_asked_both_ways(asked):
    ids = [question.id.partition(".")[2] for question in versions(asked)]
    restated = sorted(id_.removesuffix("_restated") for id_ in ids if id_.endswith("_restated"))
    first = sorted(id_.removesuffix("_originally") for id_ in ids if id_.endswith("_originally"))
    assert restated == first
    assert len(restated) >= 12


def test_a_question_about_either_version_of_a_figure_says_which(asked):
    """Elsewhere, where another filing prints another value."""
    corrected = next(e for e in asked if e.id == "halvorsen_2022_10k.computation.gross_margin")
    assert "as first reported in its FY2022 10-K" in corrected.question
    assert corrected.answer == "33.9%"
    untouched = next(e for e in asked if e.id == "halvorsen_2022_10k.lookup.net_revenue")
    assert "first reported" not in untouched.question
    restated = next(e for e in asked if e.id == "marrowby_2023_10k.computation.net_revenue_growth")
    assert "as restated" in restated.question
