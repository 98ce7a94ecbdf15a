"""Questions about several companies: never one company's figure for another's."""

import pytest

INCOME = (
    "Consolidated Statements of Operations\n(in {})\nYear Ended December 31,\n2022 2021\n"
    "Total revenues {} 1\nOperating income {} 1"
)


@pytest.fixture
def two(as_passage) -> str:
    return "\n".join(
        [
            as_passage(1, INCOME.format("millions", 200, 20), "BRAMBLE_2022_10K.pdf"),
            as_passage(2, INCOME.format("thousands", 4000, 800), "QUARZTEK_2022_10K.pdf"),
        ]
    )


def test_each_company_has_a_figure_of_its_own(ask, two):
    lines = ask("What revenue did Quarztek and Bramble each report in FY2022?", two).answer
    assert lines.startswith("Revenue, Quarztek, 2022: 4000 thousand [2]")
    assert "\nRevenue, Bramble, 2022: 200 million [1]" in lines
    assert "as first reported" not in lines


def test_a_ratio_is_computed_for_each_and_compared(ask, two):
    question = "Which had the higher operating margin in FY2022, Quarztek or Bramble?"
    talk = ask(question, two)
    assert [call["expression"] for call in talk.of("calculate")] == [
        "percent(800, 4000)",
        "percent(20, 200)",
    ]
    assert "That is higher for Quarztek, 2022 than for Bramble, 2022." in talk.answer


def test_what_both_spent_together_is_a_sum(ask, two):
    question = "What revenue did Quarztek and Bramble make together in FY2022, in USD millions?"
    talk = ask(question, two)
    assert talk.of("calculate") == [{"expression": "sum((4000 / 1000), 200)"}]
    assert "204 million" in talk.answer


def test_a_company_without_the_row_has_none(ask, as_passage, two):
    other = as_passage(3, "Nothing is told here.", "OAKEN_2022_10K.pdf")
    answer = ask("What revenue did Oaken and Bramble each report in FY2022?", f"{two}\n{other}")
    assert "Revenue, Oaken, 2022: no row of the documents" in answer.answer


def test_dates_belong_to_the_companies_in_order(ask, as_passage):
    text = (
        "Condensed Consolidated Statements of Operations\n(in millions)\n"
        "Six Months Ended\n{}\nTotal revenues {}"
    )
    passages = "\n".join(
        [
            as_passage(1, text.format("June 30, 2022", 7), "BRAMBLE_2022Q2_10Q.pdf"),
            as_passage(2, text.format("March 31, 2022", 9), "QUARZTEK_2022Q2_10Q.pdf"),
        ]
    )
    question = (
        "What revenue did Bramble and Quarztek report for the six months ended June 30, 2022 and "
        "March 31, 2022?"
    )
    assert [line.split(" [")[0] for line in ask(question, passages).answer.split("\n")[:2]] == [
        "Revenue, Bramble, six months ended June 2022: 7 million",
        "Revenue, Quarztek, six months ended March 2022: 9 million",
    ]


def test_parts_of_a_missing_row_are_those_of_the_company(ask, as_passage):
    text = (
        "Consolidated Statements of Operations\n(in millions)\nYear Ended December 31,\n2022 2021\n"
        "Total revenues {} 1\nCost of sales {} 1"
    )
    passages = "\n".join(
        [
            as_passage(1, text.format(200, 150), "BRAMBLE_2022_10K.pdf"),
            as_passage(2, text.format(40, 10), "QUARZTEK_2022_10K.pdf"),
        ]
    )
    talk = ask("Which had the higher gross margin in FY2022, Quarztek or Bramble?", passages)
    assert [call["expression"] for call in talk.of("calculate")] == [
        "percent((40 - 10), 40)",
        "percent((200 - 150), 200)",
    ]
