"""What a question is understood to ask for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.query.analysis import MAX_PHRASES, analyse
from knowledge.statements import Statement


@pytest.mark.parametrize(
    ("question", "statements"),
    [
        ("What were capital expenditures in FY2022?", {Statement.CASH}),
        ("What is net PP&E, using the balance sheet?", {Statement.BALANCE}),
        ("What is the gross margin?", {Statement.INCOME}),
        ("What is the current ratio?", {Statement.BALANCE}),
        ("Who are the main customers?", set()),
    ],
)
def test_statements(question, statements):
    assert set(analyse(question).statements) == statements


def test_a_named_statement_is_the_only_one():
    asked = analyse("From the cash flow statement alone: what was net income?")
    assert asked.statements == {Statement.CASH: 1.0}


def test_reasons_are_not_looked_for_on_statements():
    plain = analyse("What was the gross margin in FY2022?")
    why = analyse("Why did the gross margin fall in FY2022?")
    assert why.statements[Statement.INCOME] < plain.statements[Statement.INCOME]


def test_what_to_say_if_a_question_makes_no_sense_asks_for_no_reasons():
    asked = analyse(
        "Did the quick ratio improve? If it isn't what an analyst would ask about a company like "
        "this, then state that and explain why."
    )
    assert not asked.asks_why
    assert asked.statements == {Statement.BALANCE: 0.8}


def test_what_a_cover_prints_is_not_looked_for_on_statements():
    asked = analyse("Which debt securities are registered on a national securities exchange?")
    assert asked.statements[Statement.BALANCE] < 0.5


def test_forms_and_ordinals_are_no_words():
    phrases = analyse("What did 7G's 10K report on its 1st merger?").phrases
    assert not {"K", "G", "s", "st"} & {phrase.text for phrase in phrases}


def test_other_words_for_the_same_are_looked_for():
    texts = {phrase.text for phrase in analyse("How much was capex?").phrases}
    assert "purchases of property plant and equipment" in texts


def test_instructions_are_not_looked_for():
    asked = analyse("What was revenue? Answer in USD millions. Round to two decimal places.")
    assert asked.text == "What was revenue?"


def test_forms():
    assert analyse("According to the 10K, what ...?").forms == ("10-K",)
    assert analyse("According to the quarterly report, what ...?").forms == ("10-Q",)


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        "the of and",
        "revenue " * 10_000,
        "'; drop table chunks; --",
        "a & b | !c <-> (d:*",
        "\x00",
    ],
)
def test_odd_questions_are_read(question):
    assert len(analyse(question).phrases) <= MAX_PHRASES


@settings(deadline=None)
@given(st.text(max_size=500))
def test_any_text_is_read(text):
    analyse(text)
