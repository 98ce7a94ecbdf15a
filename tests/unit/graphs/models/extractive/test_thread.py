"""Follow-ups take from the question before what they leave out."""

import pytest
from langchain_core.messages import AIMessage, HumanMessage

BEFORE = (HumanMessage("What were Quarztek's total revenues in 2022?"), AIMessage("12,500 [1]."))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("And in 2021?", "Total revenues, FY2021: USD 10,000 million"),
        ("What about FY2020?", "Total revenues, FY2020: USD 8,000 million"),
        ("And net income?", "Net income, FY2022: USD 750 million"),
        ("And its inventories in 2021?", "Inventories, 2021-12-31: USD 500 million"),
    ],
)
def test_follow_up_takes_item_company_and_year_from_before(ask, question, answer):
    assert ask(question, before=BEFORE).first_line.startswith(answer)


def test_question_that_is_whole_takes_nothing_from_before(ask):
    talk = ask("What was Quarztek's net income in FY2020?", before=BEFORE)
    assert talk.first_line.startswith("Net income, FY2020: USD 120 million")
    assert "12,500" not in talk.answer


def test_follow_up_of_a_later_turn_goes_back_to_the_last_figure(ask):
    before = (*BEFORE, HumanMessage("Thanks!"), AIMessage("You're welcome."))
    assert ask("And in 2021?", before=before).first_line.startswith("Total revenues, FY2021")


def test_year_alone_is_nothing_without_a_question_before(ask):
    assert "million" not in ask("And in 2021?").answer


def test_follow_up_asks_a_period_that_no_report_shows(ask):
    answer = ask("And in 2017?", before=BEFORE).answer
    assert answer.startswith("I found no exact answer.")
    assert "million" not in answer
