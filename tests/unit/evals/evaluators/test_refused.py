import pytest

from evals.evaluators.refused import refused
from evals.refusals import says_nothing_answers

QUESTION = "What was Acme's revenue in fiscal 2031, at a rate of 8%?"


@pytest.mark.parametrize(
    "answer",
    [
        "The filings don't tell.",
        "Acme's filings end in 2023; none tells of 2031 [1].",
        "At 8% nothing is told [1].",
        "I could not find Acme's revenue for 2031 in the documents.",
        "No document is about Acme.",
        "There is no filing of Acme.",
        "The report covers 2023 and 2022 only.",
        "The report states no amount in euros.",
        "Acme's reports don't break revenue out by country.",
        "Revenue of 2031: not found.",
        "The question can't be answered from these passages.",
        "I found no exact answer. The closest passages are:\n- Revenue 2023: $959.66 million [1]",
        "Adjusted EBITDA is not disclosed. Unadjusted EBITDA was $937 million [1].",
        "Die Dokumente enthalten keine Angabe zum Umsatz 2031 [1].",
        "Der Umsatz ist nicht angegeben.",
        "Der Bericht weist den Umsatz 2031 nicht aus.",
        "Le chiffre d'affaires de 2031 n'est pas indiqué dans ces documents.",
        "Aucun document ne répond à cette question.",
        "Los documentos no indican los ingresos de 2031.",
        "Ningún documento contiene esa cifra.",
    ],
)
def test_statement_that_nothing_answers_is_a_refusal(answer):
    assert refused(QUESTION, answer, "answered") == 1.0


@pytest.mark.parametrize(
    "answer",
    [
        "Revenue was $959.66 million [1].",
        "Acme's customer churn was 1,000 [3].",
        "Acme's customer churn was 1,000.",
        "Churn was 1,000 [3]. The documents don't say how it is counted.",
        '"Revenue rose in all regions." [4]',
        "Acme is a maker of pumps.",
        "Der Umsatz betrug 4.812 Tsd. EUR.",
        "",
    ],
)
def test_invented_or_evading_answer_is_no_refusal(answer):
    assert refused(QUESTION, answer, "answered") == 0.0


def test_stopped_run_refused_nothing():
    assert refused(QUESTION, "The filings don't tell.", "stopped") == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "Net revenue was $5 million [1].",
        "No, it was lower: 5 % [1].",
        "Nein, der Umsatz stieg auf 5 Mio. EUR.",
        "Non, le résultat a progressé à 5 M€.",
        "No, los ingresos fueron 5 millones.",
        "Cash rose to $12.1 million, not $12.3 million.",
        "Churn, not including trial data, was 1,000 [3].",
        "Without the acquisition, reported sales were $5 million.",
    ],
)
def test_plain_answer_says_nothing_of_a_refusal(text):
    assert not says_nothing_answers(text)
