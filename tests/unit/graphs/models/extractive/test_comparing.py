"""Questions about several companies: never one company's figure for another's."""

from datetime import date

import pytest
from unit.ledger import Report

INCOME = """
                      Consolidated Statements of Operations
                                 (in {})
                                            Years ended {}
                                              2022          2021
Total revenues                                {}             1
Operating income                              {}             1
Income tax expense                               3             2
Net income                                       5             4
"""


def report(name, company, scale, revenue, income, day="December 31,", **facts):
    page = INCOME.format(scale, day, f"{revenue:5,}", f"{income:5,}")
    return Report(name, (page,), company=company, **facts)


BRAMBLE = report("BRAMBLE_2022_10K.pdf", "Bramble Corp.", "millions", 200, 20)
QUARZTEK = report("QUARZTEK_2022_10K.pdf", "Quarztek, Inc.", "thousands", 4000, 800)


def test_figure_of_each_company_is_given_with_its_name_and_scale(ask):
    answer = ask("What was revenue in FY2022?", BRAMBLE, QUARZTEK).answer
    assert "Total revenues of Quarztek, Inc., FY2022: USD 4,000 thousand [2]" in answer
    assert "Total revenues of Bramble Corp., FY2022: USD 200 million [1]" in answer
    assert "as first reported" not in answer
    assert "differ" not in answer


def test_companies_that_are_named_have_a_figure_each(ask):
    question = "What revenue did Quarztek and Bramble each report in FY2022?"
    oaken = report("OAKEN_2022_10K.pdf", "Oaken Ltd.", "millions", 999, 99)
    answer = ask(question, BRAMBLE, QUARZTEK, oaken).answer
    assert "Total revenues of Quarztek, Inc., FY2022: USD 4,000 thousand" in answer
    assert "Total revenues of Bramble Corp., FY2022: USD 200 million" in answer
    assert "999" not in answer


def test_higher_ratio_is_told_of_two_companies(ask):
    question = "Which had the higher operating margin in FY2022, Quarztek or Bramble?"
    talk = ask(question, BRAMBLE, QUARZTEK)
    assert {"percent(800, 4000)", "percent(20, 200)"} <= set(talk.expressions)
    assert "That is lower for Bramble Corp. than for Quarztek, Inc." in talk.answer


def test_parts_of_a_missing_row_are_those_of_the_company(ask):
    page = INCOME.replace("Operating income", "Cost of sales   ")
    one, other = (
        Report(f"{company}_2022_10K.pdf", (page.format(*given),), company=f"{company} Inc.")
        for company, given in {
            "BRAMBLE": ("millions", "December 31,", 200, 150),
            "QUARZTEK": ("millions", "December 31,", 40, 10),
        }.items()
    )
    talk = ask("What was gross margin in FY2022?", one, other)
    assert set(talk.expressions) == {"percent((200 - 150), 200)", "percent((40 - 10), 40)"}


def test_higher_amount_is_told_by_amount_and_not_by_its_digits(ask):
    answer = ask("What was revenue in FY2022?", BRAMBLE, QUARZTEK).answer
    assert "That is higher for Bramble Corp" in answer


@pytest.mark.parametrize(
    ("company", "figure", "other"),
    [("Quarztek", "USD 4,000 thousand", "200"), ("Bramble", "USD 200 million", "4,000")],
)
def test_figure_is_that_of_the_company_that_is_named(ask, company, figure, other):
    answer = ask(f"What was {company}'s revenue in 2022?", BRAMBLE, QUARZTEK).answer
    assert answer.startswith(f"Total revenues, FY2022: {figure}")
    assert other not in answer.split(" [")[0]


def test_ratio_of_the_named_company_is_computed_from_its_own_figures(ask):
    talk = ask(
        "What was operating income in percent of revenue for Bramble in 2022?", BRAMBLE, QUARZTEK
    )
    assert talk.expressions == ["percent(20, 200)"]


def test_ratio_of_no_named_company_is_computed_for_each(ask):
    talk = ask("What was operating income in percent of revenue in 2022?", BRAMBLE, QUARZTEK)
    assert set(talk.expressions) == {"percent(800, 4000)", "percent(20, 200)"}
    assert "Bramble Corp., 2022: 10 %" in talk.answer
    assert "Quarztek, Inc., 2022: 20 %" in talk.answer
    assert "That is lower for Bramble Corp. than for Quarztek, Inc." in talk.answer


def test_company_without_the_row_gets_none_of_another(ask):
    oaken = Report("OAKEN_2022_10K.pdf", ("Nothing is told here.",), company="Oaken Ltd.")
    answer = ask("What was Oaken's revenue in FY2022?", BRAMBLE, oaken).answer
    assert answer.startswith("I found no exact answer.")
    assert "200" not in answer


def test_fiscal_year_is_the_one_that_each_company_counts(ask):
    march = report(
        "OAKEN_2022_10K.pdf",
        "Oaken Ltd.",
        "millions",
        700,
        70,
        day="March 31,",
        period_end=date(2022, 3, 31),
    )
    answer = ask("What was revenue in FY2022?", BRAMBLE, march).answer
    assert "Total revenues of Oaken Ltd., FY2022: USD 700 million" in answer
    assert "Total revenues of Bramble Corp., FY2022: USD 200 million" in answer


def test_amounts_of_two_currencies_are_not_compared(ask):
    euros = report("VANTOR_2022.pdf", "Vantor SE", "millions of euros", 300, 30)
    answer = ask("What was revenue in FY2022?", BRAMBLE, euros).answer
    assert "EUR 300 million" in answer
    assert "higher" not in answer
