"""What is not in a table is searched in the words of filings, and quoted word for word."""

import pytest
from unit.ledger import Report

from graphs.models.extractive.passages import Passage
from graphs.models.extractive.prose import best_quotes
from graphs.models.extractive.question import Question
from graphs.models.extractive.sentences import sentences_of

BUSINESS = """
Item 1. Business
Customers
Our customers are dairies and small breweries. The largest, Bottle
Union, accounted for 14% of revenue in 2022.
Human Capital
We employed 210 people at the end of the year.
"""
GEOGRAPHY = """
                            Revenue by Geography
                               (in thousands)
                                            Years ended December 31,
                                              2022          2021
Americas                                       $30           $20
Europe                                          12            11
Total net revenue                              $42           $31
"""
NOTE = """
                     Property, Plant and Equipment
                            (in thousands)
                               December 31, 2022    December 31, 2021
Construction in progress                     $34                  $32
Less accumulated depreciation               (267)                (233)
Land of the United States                      7                    6
"""


def report(*pages: str) -> Report:
    return Report("QUARZTEK_2022_10K.pdf", pages)


def test_reasons_are_searched_in_the_words_of_filings(ask):
    talk = ask("Which lawsuits does Quarztek report for 2022?")
    first, *later = talk.of("search_documents")
    assert first == {"query": "Which lawsuits does Quarztek report for 2022?"}
    assert len(later) == 1
    assert "legal proceedings" in later[0]["query"]
    assert later[0]["query"].startswith("Quarztek ")
    assert later[0]["limit"] == 20


def test_nothing_more_is_searched_where_the_look_up_answers(ask):
    assert len(ask("What was Quarztek's net income in 2022?").of("search_documents")) == 1


def test_each_input_of_a_formula_is_looked_up_alone(ask):
    talk = ask("What is Quarztek's FY2022 free cash flow?")
    items = [(args["item"], args["periods"]) for args in talk.of("look_up_figures")[1:]]
    assert [periods for _, periods in items] == [["2022"], ["2022"]]
    assert items[0][0].endswith("net cash provided by operating activities")
    assert items[1][0].endswith("purchases of property, plant and equipment")


@pytest.mark.parametrize(
    ("question", "row", "amount"),
    [
        ("How much was Quarztek's revenue in Europe in 2022?", "Europe", "USD 12 thousand"),
        ("What was Quarztek's revenue in the Americas in 2021?", "Americas", "USD 20 thousand"),
        ("What was Quarztek's net revenue in total in 2022?", "Total net rev", "USD 42 thousand"),
    ],
)
def test_named_row_answers_for_a_part_and_the_total_for_the_whole(ask, question, row, amount):
    first = ask(question, report(GEOGRAPHY)).first_line
    assert first.startswith(row)
    assert f": {amount} [1]" in first


def test_part_that_no_row_names_has_no_answer(ask):
    answer = ask("What was Quarztek's revenue in Asia in 2022?", report(GEOGRAPHY)).answer
    assert answer.startswith("I found no exact answer.")
    assert "thousand" not in answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("What did Quarztek report as construction in progress at December 31, 2022?", "34"),
        ("How much was Quarztek's construction in progress at December 31, 2021?", "32"),
        ("What was Quarztek's accumulated depreciation at December 31, 2022?", "267"),
    ],
)
def test_row_is_found_by_the_label_that_the_question_gives(ask, question, figure):
    assert f": USD {figure} thousand [1]" in ask(question, report(NOTE)).first_line


@pytest.mark.parametrize(
    "question",
    [
        "What share of Quarztek's employees worked in the United States in 2022?",
        "At what rate does Quarztek's construction in progress bear interest in 2022?",
        "What risks did Quarztek face in the United States in 2022?",
        "How much did Quarztek's land acquired cost in 2022?",
        "What was the construction in progress of Quarztek's dairy segment in 2022?",
    ],
)
def test_row_is_no_answer_where_something_else_is_asked_about_it(ask, question):
    answer = ask(question, report(NOTE)).answer
    assert "thousand" not in answer


def test_who_is_answered_from_the_section_of_that_name(ask):
    answer = ask("Who are Quarztek's main customers?", report(BUSINESS)).answer
    assert '"Our customers are dairies and small breweries." [1]' in answer
    assert '"The largest, Bottle Union, accounted for 14% of revenue in 2022." [1]' in answer
    assert "no exact answer" not in answer


def test_quotation_that_comes_near_is_not_dressed_as_an_answer(ask):
    text = "Our bottles are made of sand. The sand of Elm County is cheap and clean."
    answer = ask("How clean was Quarztek's sand in 2022?", report(text)).answer
    assert answer.startswith("I found no exact answer. The closest passages are:")


def test_closest_passages_are_a_short_list(ask):
    text = "\n\n".join(f"Our sand of pit {n} is dear to the county of Elm." for n in range(9))
    answer = ask("How much sand did Quarztek's pit 3 give in 2022?", report(text)).answer
    assert 1 <= answer.count('" [') <= 3


def test_irrelevant_passages_are_not_quoted(ask):
    answer = ask("What is Quarztek's dividend policy?", report("The mill burns oat husks.")).answer
    assert answer.startswith("I found no exact answer. The documents I was given do not answer")
    assert "husks" not in answer


def test_amount_is_not_answered_by_a_sentence_without_one(ask):
    text = "Our senior notes are debt that matures in yearly parts."
    answer = ask("How much of Quarztek's debt matures in 2026?", report(text)).answer
    assert "yearly parts" not in answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Over how many years do Quarztek's stock units vest?", "three or four years"),
        ("How much had Quarztek drawn under its credit facility?", "Nothing was drawn"),
    ],
)
def test_words_can_be_amounts(ask, question, said):
    text = (
        "We grant stock units that vest over three or four years.\n\n"
        "Nothing was drawn under the revolving credit facility at either date."
    )
    assert said in ask(question, report(text)).answer


def test_sentence_that_names_the_date_comes_before_later_reports(ask):
    text = "At January {}, {} we employed {} people in the two shops of the company."
    later = Report("QUARZTEK_2023_10K.pdf", (text.format(27, 2024, 60),), year=2023)
    answer = ask(
        "How many people did Quarztek employ at January 28, 2023?",
        later,
        report(text.format(28, 2023, 70)),
    ).answer
    assert "70 people" in answer
    assert "60 people" not in answer


def test_why_prefers_sentences_that_give_a_cause():
    text = (
        "Gross margin was 31.0% in 2022 and 33.0% in 2021, as the table below shows it again.\n\n"
        "Gross margin fell because glass and freight cost more than our price increases brought."
    )
    question = Question("What explains the change of Quarztek's gross margin in 2022?")
    first = best_quotes(question, [Passage(1, "QUARZTEK_2022_10K.pdf", 1, text)])[0]
    assert first.text.startswith("Gross margin fell because")


def test_report_of_the_asked_year_is_quoted_by_its_headline_or_else_its_name():
    text = "Legal Proceedings\nIn {0} Bottle Union sued the Company in the court of Elm County."
    question = Question("Which lawsuits does Quarztek report for 2021?")
    for named in (
        [Passage(y, f"QUARZTEK_{y}_10K.pdf", 1, text.format(y)) for y in (2021, 2022)],
        [
            Passage(y, "upload.pdf", 1, text.format(y), f"Quarztek 10-K fiscal {y}")
            for y in (2021, 2022)
        ],
    ):
        (quote,) = best_quotes(question, named)
        assert quote.passage.id == 2021


def test_headings_rows_and_boilerplate_are_no_sentences():
    text = (
        "Net sales of the plants in Elm County\n2022 2021\nNet sales 30 20\n"
        "Indicate by check mark whether the registrant has filed all reports.\n"
        "We sell Quill Inc. Bottles to dairies in two countries."
    )
    found = [sentence.text for sentence in sentences_of(Passage(1, "A.pdf", 1, text))]
    assert found == ["We sell Quill Inc. Bottles to dairies in two countries."]
