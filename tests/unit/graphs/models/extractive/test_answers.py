"""What is asked is looked up or computed, from the figures of one report."""

import pytest
from unit.ledger import Report

COMPUTED = {
    "What is Quarztek's revenue growth from FY2021 to FY2022?": ("growth(10000, 12500)", "25 %"),
    "What is Quarztek's FY2022 free cash flow?": ("1400.5 - 400.2", "USD 1,000.3 million"),
    "What is Quarztek's FY2022 working capital ratio? Define working capital ratio as total "
    "current assets divided by total current liabilities. Round to two decimal places.": (
        "6000 / 4000",
        "1.5",
    ),
    "What is Quarztek's FY2022 inventory turnover?": ("7500 / average(500, 1000)", "10"),
    "Fixed asset turnover of Quarztek in 2022? It is defined as: FY2022 revenue / (average PP&E "
    "between FY2021 and FY2022).": ("12500 / (average(2400, 2600))", "5"),
    "What is Quarztek's effective tax rate in 2022?": ("percent(250, 1000)", "25 %"),
    "What is the CAGR of Quarztek's revenue from FY2020 to FY2022?": (
        "cagr(8000, 12500, 2)",
        "25 %",
    ),
    "By how much did Quarztek's net income increase in 2022, in billions?": (
        "750 - 480",
        "USD 0.27 billion",
    ),
    "What was net income as a percentage of revenue for Quarztek in 2022?": (
        "percent(750, 12500)",
        "6 %",
    ),
    "What were Quarztek's total capital expenditures over FY2021 to FY2022?": (
        "sum(300, 400.2)",
        "USD 700.2 million",
    ),
    "What was the change in Quarztek's net income from FY2021 to FY2022, in USD millions?": (
        "750 - 480",
        "USD 270 million",
    ),
    "Over FY2020 to FY2022, what did Quarztek's capital expenditures add up to?": (
        "sum(250, 300, 400.2)",
        "USD 950.2 million",
    ),
    "What is the FY2020 - FY2022 3 year average of cost of sales as a % of revenue for Quarztek?": (
        "average(percent(5600, 8000), percent(6500, 10000), percent(7500, 12500))",
        "65 %",
    ),
    "What was the gross margin of Quarztek in FY2022?": ("percent(5000, 12500)", "40 %"),
    "What was Quarztek's net profit margin in FY2022?": ("percent(750, 12500)", "6 %"),
    "By how many percentage points did Quarztek's gross margin move in FY2022?": (
        "percent(5000, 12500) - percent(3500, 10000)",
        "5 percentage points",
    ),
    "From income taxes and income before taxes, compute Quarztek's 2022 tax rate.": (
        "percent(250, 1000)",
        "25 %",
    ),
    "What was Quarztek's asset turnover in FY2022?": ("12500 / average(8000, 9000)", "1.47"),
    "What was Quarztek's dividend payout ratio in FY2022?": ("percent(150, 750)", "20 %"),
    "What was Quarztek's working capital at December 31, 2022?": (
        "6000 - 4000",
        "USD 2,000 million",
    ),
}  # fmt: skip


@pytest.mark.parametrize("question", COMPUTED)
def test_what_is_asked_is_computed(ask, question):
    expression, result = COMPUTED[question]
    talk = ask(question)
    assert talk.expressions == [expression]
    assert f": {result}" in talk.first_line
    assert talk.first_line.endswith("]")
    assert talk.answer.endswith("no language model wrote this.")


def test_computed_answer_names_each_figure_with_its_citation(ask):
    lines = ask("What is Quarztek's FY2022 inventory turnover?").answer.split("\n")
    at = lines.index("Figures used:")
    assert lines[at + 1 : at + 4] == [
        "- Cost of sales, FY2022: USD 7,500 million [1] (QUARZTEK_2022_10K.pdf, page 1)",
        "- Inventories, 2021-12-31: USD 500 million [3] (QUARZTEK_2022_10K.pdf, page 3)",
        "- Inventories, 2022-12-31: USD 1,000 million [3] (QUARZTEK_2022_10K.pdf, page 3)",
    ]
    assert any(line.startswith("Computed: ") and line.endswith(" = 10") for line in lines)


LOOKED_UP = {
    "What were capital expenditures of Quarztek in 2021?": (
        "Purchases of property, plant and equipment, FY2021: USD 300 million [1]"
    ),
    "What was Quarztek's diluted EPS in 2022?": (
        "Diluted earnings per share, FY2022: USD 1.50 per share [1]"
    ),
    "What was Quarztek's diluted EPS in FY2022, in USD millions?": "USD 1.50 per share [1]",
    "Quarztek inventory at December 31, 2021?": "Inventories, 2021-12-31: USD 500 million [1]",
    "What were Quarztek's inventories at the end of fiscal 2022?": "USD 1,000 million [1]",
    "What was Quarztek's net cash from operating activities in FY2022?": "USD 1,400.5 million [1]",
    "What is Quarztek's net income?": "Net income, FY2022: USD 750 million [1]",
    "Quarztek income tax expense 2020": "Income tax expense (Note 7), FY2020: USD -20 million [1]",
    "What was Quarztek's operating income in 2020?": "Operating income, FY2020: USD 0 million [1]",
    "In its FY2022 10-K, what revenue does Quarztek show for FY2021?": "FY2021: USD 10,000 million",
    "what was quarztek's revenue in 2022": "Total revenues, FY2022: USD 12,500 million [1]",
    "QUARZTEK REVENUE 2022": "Total revenues, FY2022: USD 12,500 million [1]",
    "What was EBIT in 2022?": "Operating income, FY2022: USD 1,250 million [1]",
    "Wie hoch war der Umsatz von Quarztek 2022?": "Total revenues, FY2022: USD 12,500 million [1]",
    "Quel était le résultat net de Quarztek en 2022 ?": "Net income, FY2022: USD 750 million [1]",
    "Express Quarztek's revenue of FY2022": "Total revenues, FY2022: USD 12,500 million [1]",
    "Quarztek, FY2022: give Quarztek's revenue of FY2022": "USD 12,500 million [1]",
}


@pytest.mark.parametrize("question", LOOKED_UP)
def test_figure_is_looked_up_with_its_row_period_and_unit(ask, question):
    talk = ask(question)
    assert LOOKED_UP[question] in talk.first_line
    assert not talk.of("calculate")


def test_question_itself_is_looked_up_with_its_periods_beside_the_search(ask):
    talk = ask("What was Quarztek's net income in FY2021 and FY2022?")
    first, second = talk.calls
    assert (first[0], first[1]["periods"]) == ("look_up_figures", ["2021", "2022"])
    assert "net income" in first[1]["item"]
    assert "2021" not in first[1]["item"]
    assert second[0] == "search_documents"


def test_each_asked_year_has_its_figure(ask):
    lines = ask("What was Quarztek's net income in FY2020, FY2021 and FY2022?").answer.split("\n")
    assert [line.split(" [")[0] for line in lines[:3]] == [
        "Net income, FY2020: USD 120 million",
        "Net income, FY2021: USD 480 million",
        "Net income, FY2022: USD 750 million",
    ]


def test_two_years_of_a_margin_are_compared(ask):
    talk = ask("How does Quarztek's gross margin in FY2022 compare to FY2021?")
    assert talk.expressions == ["percent(5000, 12500)", "percent(3500, 10000)"]
    assert "That is higher in 2022 than in 2021." in talk.answer


def test_ratio_that_is_improving_is_computed_for_the_year_before_too(ask):
    talk = ask("Is Quarztek's working capital ratio improving as of 2022?")
    assert talk.expressions == ["6000 / 4000", "5000 / 4000"]
    assert "That is higher in 2022 than in 2021." in talk.answer


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did Quarztek's revenue grow in 2022?", "Yes."),
        ("Did Quarztek's net income fall in 2022?", "No."),
        ("Has Quarztek's net income increased from 2021 to 2022?", "Yes."),
    ],
)
def test_direction_is_confirmed_or_denied_before_the_figures(ask, question, verdict):
    talk = ask(question)
    assert talk.first_line == verdict
    assert "%" in talk.answer


@pytest.mark.parametrize(
    "question",
    ["How much did Quarztek's net income grow in 2022?", "What was net income growth in 2022?"],
)
def test_no_verdict_where_none_is_asked(ask, question):
    assert not ask(question).answer.startswith(("Yes", "No"))


TABLE = """
                      Consolidated Statements of Operations
                                 (in {})
                                            Years ended December 31,
                                              2022          2021
{}
Income tax expense                               5             4
Net income (loss)                             {}
"""


def test_gross_profit_that_is_not_printed_is_computed_from_its_parts(ask):
    rows = (
        "Net sales                                      200           100\n"
        "Cost of goods sold                            (150)          (90)"
    )
    report = Report(
        "QUARZTEK_2022_10K.pdf", (TABLE.format("millions", rows, "   9             8"),)
    )
    talk = ask("What was gross profit in 2022?", report)
    assert talk.expressions == ["(200 - 150)"]
    assert talk.first_line.startswith("Gross profit, 2022: USD 50 million [1]")
    margin = ask("What was the gross margin of Quarztek in 2022?", report)
    assert margin.expressions == ["percent((200 - 150), 200)"]
    assert margin.first_line.startswith("Gross margin, 2022: 25 % [1]")


def test_title_of_a_computation_names_the_figure_and_not_the_company(ask):
    talk = ask("What is Quarztek's revenue growth from FY2021 to FY2022?")
    assert talk.first_line.startswith("Growth of revenue, 2021 to 2022: 25 %")


def test_growth_from_a_loss_is_a_change(ask):
    rows = "Net sales                                      200           100"
    report = Report(
        "QUARZTEK_2022_10K.pdf", (TABLE.format("millions", rows, "  50           (30)"),)
    )
    talk = ask("What was net income growth in 2022?", report)
    assert talk.expressions == ["change(-30, 50)"]
    assert talk.first_line.startswith("Change of net income, 2021 to 2022: USD 80 million [1]")


def test_figures_in_two_scales_are_brought_together(ask):
    sales = TABLE.format(
        "millions",
        "Total revenues                                 $30           $20",
        "   2             1",
    )
    costs = """
                          Research Spending by Project
                             (Dollars in thousands)
                                            Years ended December 31,
                                              2022          2021
Research and development                    $1,500          $900
Patents                                        700           600
"""
    report = Report("QUARZTEK_2022_10K.pdf", (sales, costs))
    talk = ask("What was research and development in percent of revenue in 2022?", report)
    assert talk.expressions == ["percent(1500, 30)"]
    assert ": 5 % [" in talk.first_line


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("in USD billions, to one decimal", "USD 12.5 billion"),
        ("in full US dollars", "USD 12,500,000,000"),
        ("in USD thousands", "USD 12,500,000 thousand"),
    ],
)
def test_look_up_is_given_in_the_scale_that_is_asked_for(ask, unit, shown):
    talk = ask(f"What was Quarztek's revenue in FY2022, {unit}?")
    assert f"Total revenues, FY2022: {shown} [1]" in talk.first_line


@pytest.mark.parametrize("unit", ["in USD millions", "in USD"])
def test_what_needs_no_conversion_has_none(ask, unit):
    assert not ask(f"What was Quarztek's diluted EPS in FY2022, {unit}?").of("calculate")
    assert not ask("What was Quarztek's revenue in FY2022, in USD millions?").of("calculate")


def test_rates_of_several_years_are_not_added_up(ask):
    talk = ask("What gross margins did Quarztek have in total in FY2021 and FY2022?")
    assert talk.expressions == ["percent(5000, 12500)", "percent(3500, 10000)"]


def test_balances_of_several_years_are_not_added_up(ask):
    assert not ask("What did Quarztek's inventories add up to in FY2021 and FY2022?").expressions


def test_greeting_is_answered_with_what_can_be_asked(ask):
    for greeting in ("Hello", "Hi there!", "What can you do?"):
        assert ask(greeting).answer.startswith("Ask about the documents you uploaded")
