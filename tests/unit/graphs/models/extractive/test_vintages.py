"""A figure that a later report restates, and what the first one said."""

from datetime import date

import pytest
from unit.ledger import Report

TABLE = """
                      Consolidated Statements of Operations
                                 (in millions)
                                            Years ended December 31,
                                           {}
Total revenues                                ${}           ${}
Income tax expense                               3             2
Net income                                     ${}            ${}
"""
OLD = Report(
    "QUARZTEK_2021_10K.pdf",
    (TABLE.format("   2021          2020", 100, "80", 10, 8),),
    year=2021,
    period_end=date(2021, 12, 31),
)
NEW = Report(
    "QUARZTEK_2022_10K.pdf", (TABLE.format("   2022   2021 (as restated)", 120, "90", 12, 6),)
)


def test_restated_figure_is_given_with_the_first_one(ask):
    lines = ask("What was Quarztek's revenue in 2021?", OLD, NEW).answer.split("\n")
    assert lines[0].startswith(
        "Total revenues, FY2021 (by the newest document): USD 90 million [1]"
    )
    assert lines[1].startswith("Total revenues, FY2021 (as first reported): USD 100 million [2]")
    assert "QUARZTEK_2022_10K.pdf" in lines[0]
    assert "QUARZTEK_2021_10K.pdf" in lines[1]


def test_order_of_the_documents_makes_no_difference(ask):
    question = "What was Quarztek's revenue in 2021?"
    first_lines = {ask(question, *each).first_line for each in ((OLD, NEW), (NEW, OLD))}
    assert len(first_lines) == 1


def test_figure_that_both_report_alike_is_given_once(ask):
    same = Report(
        "QUARZTEK_2022_10K.pdf", (TABLE.format("   2022          2021", 120, 100, 12, 10),)
    )
    answer = ask("What was Quarztek's revenue in 2021?", OLD, same).answer
    assert answer.count("USD 100 million") == 1
    assert "as first reported" not in answer


def test_computation_is_made_of_both(ask):
    talk = ask("What was Quarztek's revenue growth in 2021?", OLD, NEW)
    assert talk.expressions == ["growth(80, 90)", "growth(80, 100)"]
    newest, first, *_ = talk.answer.split("\n")
    assert "(by the newest document): 12.5 %" in newest
    assert "(as first reported): 25 %" in first


def test_report_that_is_named_is_taken_at_its_word(ask):
    answer = ask("What was Quarztek's revenue according to its FY2021 10-K?", OLD, NEW).answer
    assert answer.startswith("Total revenues, FY2021: USD 100 million")
    assert "USD 90 million" not in answer


@pytest.mark.parametrize("words", ["as restated", "by its latest filing"])
def test_version_that_is_asked_for_is_given_alone(ask, words):
    answer = ask(f"What was Quarztek's 2021 revenue {words}?", OLD, NEW).answer
    assert "USD 90 million" in answer
    assert "USD 100 million" not in answer


def test_restated_figure_is_not_given_for_the_one_first_reported(ask):
    answer = ask("What revenue did Quarztek originally report for 2021?", NEW).answer
    assert "USD 90 million" not in answer


def test_figure_before_its_restatement_is_given_alone(ask):
    answer = ask("Before it was restated, what was Quarztek's 2021 revenue?", OLD, NEW).answer
    assert "USD 100 million" in answer
    assert "USD 90 million" not in answer


def test_figures_of_years_in_two_reports_are_combined(ask):
    talk = ask("How much did Quarztek's revenue grow from 2020 to 2022?", OLD, NEW)
    assert talk.expressions == ["growth(80, 120)"]
    assert ": 50 % [" in talk.first_line


COLUMNS = """
                        Restatement of the Income Statement
                                 (in millions)
                                        Year Ended December 31, 2022
                               As Previously
                                   Reported    Adjustment   As Restated
Total revenues                          130           (10)          120
Income tax expense                        3             -             3
Net income                               16            (4)           12
"""


def test_columns_of_a_restatement_are_told_apart(ask):
    report = Report("QUARZTEK_2022_10KA.pdf", (COLUMNS,))
    after = ask("What was Quarztek's revenue in 2022 as restated?", report).answer
    assert "120 million" in after
    assert "130 million" not in after
    assert "-10" not in ask("What was Quarztek's revenue in 2022?", report).answer
