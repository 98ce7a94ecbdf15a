import pytest

from evals.evaluators.refused import refused

QUESTION = "What was Acme's revenue in fiscal 2031, at a rate of 8%?"


@pytest.mark.parametrize(
    ("answer", "n_citations", "score"),
    [
        ("The filings don't tell.", 0, 1.0),
        ("Acme's filings end in 2023; none tells of 2031 [1].", 1, 1.0),
        ("At 8% nothing is told [1].", 1, 1.0),
        ("Revenue was $959.66 million [1].", 1, 0.0),
    ],
)
def test_a_refusal_states_no_figure_of_its_own(answer, n_citations, score):
    assert refused(QUESTION, answer, "answered", n_citations) == score


def test_a_run_that_was_stopped_refused_nothing():
    assert refused(QUESTION, "", "stopped", 0) == 0.0
