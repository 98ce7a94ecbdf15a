OLD = "QUARZTEK_2021_10K.pdf"
TABLE = (
    "Consolidated Statements of Operations\n(in millions)\nYear Ended December 31,\n{}\n"
    "Total revenues {}\nNet income {}"
)


def both(as_passage) -> str:
    return "\n".join(
        [
            as_passage(1, TABLE.format("2021 2020", "100 80", "10 8"), OLD),
            as_passage(2, TABLE.format("2022 2021 (as restated)", "120 90", "12 6")),
        ]
    )


def test_a_restated_figure_is_named_and_the_first_one_too(ask, as_passage):
    lines = ask("What was Quarztek's revenue in 2021?", both(as_passage)).answer.split("\n")
    assert lines[0].startswith("Revenue, 2021 (as restated): 90 million [2]")
    assert lines[1].startswith("Revenue, 2021 (as first reported): 100 million [1]")


def test_a_computation_is_made_of_both(ask, as_passage):
    talk = ask("What was Quarztek's net profit margin in FY2021?", both(as_passage))
    assert [call["expression"] for call in talk.of("calculate")] == [
        "percent(6, 90)",
        "percent(10, 100)",
    ]
    assert "Net profit margin, 2021 (as restated): 6.67 % [2]" in talk.answer
    assert "Net profit margin, 2021 (as first reported): 10 % [1]" in talk.answer


def test_the_report_that_is_named_is_taken_at_its_word(ask, as_passage):
    question = "What was Quarztek's revenue according to its FY2021 10-K?"
    assert ask(question, both(as_passage)).answer.startswith("Revenue, 2021: 100 million [1]")


def test_a_row_without_a_period_is_quoted_and_its_figures_not_used(ask, as_passage):
    answer = ask("Quarztek revenue in 2022?", as_passage(1, "Total revenues 30 20")).answer
    assert answer.startswith('"Total revenues 30 20" [1]\nI could not read which period')


def test_a_disclosed_rate_is_looked_up_and_else_computed(ask, as_passage):
    text = "Reconciliation of Tax Rates\nYear Ended December 31,\n2022 2021\n"
    rate = as_passage(1, f"{text}Effective tax rate 24.8% 23.0%")
    question = "What is Quarztek's effective tax rate in 2022?"
    assert ask(question, rate).answer.startswith("Effective tax rate, 2022: 24.8% [1]")
    assert ask(question).of("calculate") == [{"expression": "percent(250, 1000)"}]


def test_scales_that_nobody_tells_are_not_mixed(ask, as_passage):
    passages = "\n".join(
        [
            as_passage(1, "2022 2021\nOperating income 1,500 900", page=1),
            as_passage(2, "(in millions)\n2022 2021\nTotal revenues 30 20", page=2),
        ]
    )
    talk = ask("What is Quarztek's operating margin in 2022?", passages)
    assert not talk.of("calculate")
    assert "no caption tells the scale" in talk.answer


def test_a_change_since_the_last_fiscal_year_end(ask, as_passage):
    text = (
        "Condensed Consolidated Balance Sheets\n(in thousands)\nJune 30, 2022\nDecember 31, 2021\n"
        "Current assets:\nCash and cash equivalents\n334 \n288 "
    )
    question = (
        "By how much did Quarztek's cash and cash equivalents change between its last fiscal year "
        "end and June 30, 2022?"
    )
    talk = ask(question, as_passage(1, text, "QUARZTEK_2022Q2_10Q.pdf"))
    assert talk.of("calculate") == [{"expression": "334 - 288"}]


def test_the_version_that_is_asked_for_is_given_alone(ask, as_passage):
    first = ask("Before it was restated, what was Quarztek's 2021 revenue?", both(as_passage))
    assert "100 million [1]" in first.answer
    assert "90 million" not in first.answer
    for words in ("as restated", "by its latest filing"):
        restated = ask(f"What was Quarztek's 2021 revenue {words}?", both(as_passage))
        assert "90 million [2]" in restated.answer
        assert "100 million" not in restated.answer


def test_a_restated_figure_is_not_given_for_the_one_first_reported(ask, as_passage):
    new = as_passage(2, TABLE.format("2022 2021 (as restated)", "120 90", "12 6"))
    answer = ask("What revenue did Quarztek originally report for 2021?", new).answer
    assert "90 million" not in answer
