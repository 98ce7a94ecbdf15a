import pytest

from graphs.models.extractive.passages import Passage
from graphs.models.extractive.prose import best_quotes
from graphs.models.extractive.question import Question
from graphs.models.extractive.sentences import sentences_of

BUSINESS = """Item 1. Business
Customers
Our customers are dairies and small breweries. The largest, Bottle
Union, accounted for 14% of revenue in 2022.
Human Capital
We employed 210 people at the end of the year.
"""


def test_a_missing_row_is_searched_in_the_words_of_its_statement(ask, as_passage):
    talk = ask("What is Quarztek's FY2022 free cash flow?", as_passage(1, "Nothing here."))
    first, *later = talk.of("search_documents")
    assert first == {"query": "What is Quarztek's FY2022 free cash flow?"}
    assert {args["limit"] for args in later} == {20}
    assert any("Purchases of property, plant and equipment" in args["query"] for args in later)
    assert any("Quarztek Consolidated Statements of Cash Flows" in a["query"] for a in later)


def test_prose_is_searched_in_the_words_of_filings(ask, as_passage):
    talk = ask("Which lawsuits does Quarztek report for 2022?", as_passage(1, "Nothing here."))
    later = [args["query"] for args in talk.of("search_documents")[1:]]
    assert 1 <= len(later) <= 2
    assert any("legal proceedings" in query for query in later)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("what was acme's us revenue in 2022?", True),
        ("how much revenue came from europe in 2022?", True),
        ("what was the revenue of the home segment in 2022?", True),
        ("what was acme's adjusted eps in 2022?", True),
        ("what was acme's net revenue in 2022?", False),
        ("what was acme's working capital ratio at may 31, 2022?", False),
    ],
)
def test_a_part_is_not_the_company(question, part):
    text = question if "from europe" not in question else "what was revenue from europe in 2022?"
    assert is_part_of_company(text) is part


def test_a_named_row_answers_for_a_part(ask, as_passage):
    text = (
        "Revenue by Geography\n(in thousands)\nYear Ended December 31,\n2022\n2021\n"
        "Americas\n30 \n20 \nEurope\n12 \n11 \nTotal net revenue\n42 \n31 "
    )
    question = "How much revenue did Quarztek attribute to Europe in 2022?"
    answer = ask(question, as_passage(1, text)).answer
    assert answer.startswith("Revenue by Geography, Europe, 2022: 12 thousand [1]")
    assert "42" not in ask(question.replace("Europe", "Asia"), as_passage(1, text)).answer


def test_who_is_answered_from_the_section_of_that_name(ask, as_passage):
    answer = ask("Who are Quarztek's main customers?", as_passage(1, BUSINESS)).answer
    assert '"Our customers are dairies and small breweries." [1]' in answer
    assert '"The largest, Bottle Union, accounted for 14% of revenue in 2022." [1]' in answer


def test_why_prefers_sentences_that_give_a_cause(as_passage):
    text = (
        "Gross margin was 31.0% in 2022 and 33.0% in 2021, as the table below shows it again.\n\n"
        "Gross margin fell because glass and freight cost more than our price increases brought."
    )
    question = Question("What explains the change of Quarztek's gross margin in 2022?")
    first = best_quotes(question, [Passage(1, "QUARZTEK_2022_10K.pdf", 1, text)])[0]
    assert first.text.startswith("Gross margin fell because")


def test_the_report_of_the_asked_year_is_quoted():
    text = "Legal Proceedings\nIn {0} Bottle Union sued the Company in the court of Elm County."
    passages = [Passage(y, f"QUARZTEK_{y}_10K.pdf", 1, text.format(y)) for y in (2021, 2022)]
    (quote,) = best_quotes(Question("Which lawsuits does Quarztek report for 2021?"), passages)
    assert quote.passage.id == 2021


def test_headings_rows_and_boilerplate_are_no_sentences():
    text = (
        "Net sales of the plants in Elm County\n2022 2021\nNet sales 30 20\n"
        "Indicate by check mark whether the registrant has filed all reports.\n"
        "We sell Quill Inc. Bottles to dairies in two countries."
    )
    found = [sentence.text for sentence in sentences_of(Passage(1, "A.pdf", 1, text))]
    assert found == ["We sell Quill Inc. Bottles to dairies in two countries."]


def test_an_amount_is_not_answered_by_a_sentence_without_one(ask, as_passage):
    text = as_passage(1, "Our senior notes are debt that matures in yearly parts.")
    answer = ask("How much of Quarztek's debt matures in 2026?", text).answer
    assert answer.startswith("The documents I was given do not answer this question.")


NOTE = (
    "Property, Plant and Equipment\n(in thousands)\nDecember 31, 2022 December 31, 2021\n"
    "Construction in progress 34 32\nLess accumulated depreciation (267) (233)\n"
    "Total assets 9 8\nUnited States 7 6"
)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("What did Quarztek report as construction in progress at December 31, 2022?", "34"),
        ("How much were Quarztek's assets under construction (construction in progress) in 2021?",
         "32"),
        ("What amount of accumulated depreciation did Quarztek show at December 31, 2022?", "267"),
    ],
)  # fmt: skip
def test_a_row_is_found_by_the_label_that_the_question_gives(ask, as_passage, question, figure):
    assert f"{figure} thousand [1]" in ask(question, as_passage(1, NOTE)).answer.replace(")", "")


@pytest.mark.parametrize(
    "question",
    [
        "What share of Quarztek's employees worked in the United States in 2022?",
        "At what rate does Quarztek's construction in progress bear interest in 2022?",
        "What risks did Quarztek face in the United States in 2022?",
        "How much did Quarztek's assets acquired cost in 2022?",
    ],
)
def test_a_row_is_no_answer_where_something_else_is_asked_about_it(ask, as_passage, question):
    assert "thousand" not in ask(question, as_passage(1, NOTE)).answer
