import pytest
from langchain_core.messages import AIMessage, HumanMessage

COMPUTED = {
    "What is Quarztek's revenue growth from FY2021 to FY2022?": ("growth(10000, 12500)", "25"),
    "What was the gross margin of Quarztek in FY2022?": ("percent(5000, 12500)", "40"),
    "What is Quarztek's FY2022 free cash flow?": ("1400.5 - 400.2", "1,000.3 million"),
    "What is Quarztek's FY2022 working capital ratio? Define working capital ratio as total "
    "current assets divided by total current liabilities. Round to two decimal places.": (
        "round(6000 / 4000, 2)",
        "1.5",
    ),
    "What is Quarztek's FY2022 inventory turnover?": ("7500 / average(500, 1000)", "10"),
    "Fixed asset turnover of Quarztek in 2022? It is defined as: FY2022 revenue / (average PP&E "
    "between FY2021 and FY2022).": ("12500 / (average(2400, 2600))", "5"),
    "What is Quarztek's effective tax rate in 2022?": ("percent(250, 1000)", "25"),
    "What is the CAGR of Quarztek's revenue from FY2020 to FY2022?": (
        "cagr(8000, 12500, 2)",
        "25",
    ),
    "What is the FY2020 - FY2022 3 year average of cost of sales as a % of revenue for Quarztek?": (
        "average(percent(5600, 8000), percent(6500, 10000), percent(7500, 12500))",
        "65",
    ),
    "By how much did Quarztek's net income increase in 2022, in billions?": (
        "(750 - 480) / 1000",
        "0.27 billion",
    ),
    "What was net income as a percentage of revenue for Quarztek in 2022?": (
        "percent(750, 12500)",
        "6",
    ),
    "Over FY2020 to FY2022, what did Quarztek's capital expenditures add up to?": (
        "sum(250, 300, 400.2)",
        "950.2 million",
    ),
    "What were Quarztek's total capital expenditures over FY2021 to FY2022?": (
        "sum(300, 400.2)",
        "700.2 million",
    ),
    "By how many percentage points did Quarztek's gross margin move in FY2022?": (
        "percent(5000, 12500) - percent(3500, 10000)",
        "5 percentage points",
    ),
    "What was the change in Quarztek's net income from FY2021 to FY2022, in USD millions?": (
        "750 - 480",
        "270 million",
    ),
}  # fmt: skip


@pytest.mark.parametrize("question", COMPUTED)
def test_it_computes_what_is_asked(ask, question):
    expression, result = COMPUTED[question]
    talk = ask(question)
    assert talk.of("calculate") == [{"expression": expression}]
    first_line = talk.answer.split("\n")[0]
    assert result in first_line
    assert "[" in first_line
    assert talk.answer.endswith("no language model wrote this.")


def test_a_figure_is_looked_up_with_its_row(ask):
    answer = ask("What were capital expenditures of Quarztek in 2021?").answer
    assert answer.startswith("Capital expenditures, 2021: (300) million [2]")
    assert '"Purchases of property, plant and equipment (400.2) (300) (250)"' in answer


def test_a_figure_per_share_has_no_scale(ask):
    assert "2022: $1.50 [1]" in ask("What was Quarztek's diluted EPS in 2022?").answer


def test_two_years_of_a_margin_are_compared(ask):
    talk = ask("How does Quarztek's gross margin in FY2022 compare to FY2021?")
    assert len(talk.of("calculate")) == 2
    assert "That is higher in 2022 than in 2021." in talk.answer


def test_years_that_the_passages_lack_are_left_out_of_a_trend(ask):
    talk = ask("Is Quarztek's working capital ratio improving as of 2022?")
    assert talk.of("calculate") == [{"expression": "6000 / 4000"}, {"expression": "5000 / 4000"}]


def test_no_year_means_the_latest(ask):
    assert ask("What is Quarztek's net income?").answer.startswith("Net income, 2022: $750 million")


def test_scales_are_brought_together(ask, as_passage):
    passages = "\n".join(
        [
            as_passage(1, "(in thousands)\n2022 2021\nOperating income 1,500 900"),
            as_passage(2, "(in millions)\n2022 2021\nTotal revenues 30 20"),
        ]
    )
    talk = ask("What is Quarztek's operating margin in 2022?", passages)
    assert talk.of("calculate") == [{"expression": "percent((1500 / 1000), 30)"}]


def test_quarter_columns_answer_quarter_questions(ask, as_passage):
    text = (
        "Condensed Consolidated Statements of Operations (in millions)\n"
        "Three Months Ended  Six Months Ended\n"
        "June 30, 2022  June 30, 2021  June 30, 2022  June 30, 2021\n"
        "Total revenues 10 9 25 18"
    )
    passages = as_passage(1, text, "QUARZTEK_2022Q2_10Q.pdf")
    assert "Q2 2022: 10 million" in ask("What was Quarztek's revenue in Q2 2022?", passages).answer
    assert "do not answer" in ask("What was Quarztek's revenue in FY2022?", passages).answer


def test_the_document_of_the_company_and_year_is_preferred(ask, as_passage):
    table = "Consolidated Statements of Operations (in millions)\n2022 2021\nTotal revenues {} 5"
    passages = "\n".join(
        [
            as_passage(1, table.format(99), "BRAMBLE_2022_10K.pdf"),
            as_passage(2, table.format(42), "QUARZTEK_2022_10K.pdf"),
        ]
    )
    assert "42 million [2]" in ask("What was Quarztek's revenue in 2022?", passages).answer


def test_a_follow_up_takes_metric_and_company_from_before(ask):
    before = (HumanMessage("What were Quarztek's total revenues in 2022?"), AIMessage("12,500"))
    assert "Revenue, 2021: $10,000" in ask("And in 2021?", before=before).answer
    talk = ask("And net income?", before=before)
    assert "Net income, 2022: $750" in talk.answer


def test_prose_is_quoted(ask):
    answer = ask("What would a strike at the supplier's mine do to Quarztek?").answer
    assert '"A strike at the supplier\'s mine would halt production for weeks." [4]' in answer


def test_capitals_do_not_make_a_metric_a_company(ask):
    assert "1,000.3 million" in ask("What is the Free Cash Flow for 2022?").answer


def test_a_gross_profit_that_is_not_printed_is_derived(ask, as_passage):
    text = "(in millions)\n2022 2021\nNet sales 200 100\nCost of goods sold (150) (90)"
    talk = ask("What was Quarztek's gross margin in 2022?", as_passage(1, text))
    assert talk.of("calculate") == [{"expression": "percent((200 - 150), 200)"}]
    assert talk.answer.startswith("Gross margin, 2022: 25 % [1]")


def test_growth_from_a_loss_is_a_change(ask, as_passage):
    passages = as_passage(1, "(in millions)\n2022 2021\nNet income (loss) 50 (30)")
    talk = ask("What was Quarztek's net income growth in 2022?", passages)
    assert talk.of("calculate") == [{"expression": "change((-30), 50)"}]
    assert talk.answer.startswith("Change of net income, 2021 to 2022: 80 million [1]")


def test_a_unit_makes_no_change_of_a_look_up(ask):
    talk = ask("Set out Quarztek's revenue for each of FY2020, FY2021 and FY2022, in USD millions.")
    assert [line[:13] for line in talk.answer.split("\n")[:3]] == [
        "Revenue, 2022", "Revenue, 2021", "Revenue, 2020",
    ]  # fmt: skip


def test_rates_of_several_years_are_not_added_up(ask):
    talk = ask("What gross margins did Quarztek have in total in FY2021 and FY2022?")
    assert not any(call["expression"].startswith("sum") for call in talk.of("calculate"))


def test_a_sentence_that_names_the_date_comes_before_later_reports(ask, as_passage):
    text = "At January {}, {} we employed {} people."
    passages = "\n".join(
        [
            as_passage(1, text.format(27, 2024, 60), "QUARZTEK_2023_10K.pdf"),
            as_passage(2, text.format(28, 2023, 70), "QUARZTEK_2022_10K.pdf"),
        ]
    )
    answer = ask("How many people did Quarztek employ at January 28, 2023?", passages).answer
    assert "70 people" in answer
    assert "60 people" not in answer


def test_balances_of_several_years_are_not_added_up(ask):
    talk = ask("What did Quarztek's inventories add up to in FY2021 and FY2022?")
    assert not talk.of("calculate")


@pytest.mark.parametrize(
    "question",
    [
        "What share of revenue did Quarztek's largest customer account for in FY2022?",
        "What was Quarztek's revenue in the first half of FY2022?",
        "What revenue does Quarztek see for the next year, in its FY2022 10-K?",
        "What revenue target has Quarztek set itself for FY2022?",
    ],
)
def test_the_figure_of_a_year_is_not_given_for_a_part_or_another_period(ask, question):
    assert "12,500" not in ask(question).answer


def test_a_rate_that_is_to_be_computed_is_not_looked_up(ask):
    talk = ask("From income taxes and income before taxes, compute Quarztek's 2022 tax rate.")
    assert talk.of("calculate") == [{"expression": "percent(250, 1000)"}]


@pytest.mark.parametrize("verb", ["Express", "Set out", "Quarztek, FY2022: give"])
def test_other_verbs_look_up_too(ask, verb):
    assert "$12,500 million" in ask(f"{verb} Quarztek's revenue of FY2022").answer


def test_the_report_that_is_named_is_no_period_beside_another(ask):
    answer = ask("In its FY2022 10-K, what revenue does Quarztek show for FY2021?").answer
    assert answer.startswith("Revenue, 2021: $10,000 million")


def test_two_dates_of_one_year_are_two_periods(ask, as_passage):
    text = (
        "Condensed Consolidated Balance Sheets\n(in millions)\n"
        "December 31, 2021 June 30, 2021\nInventories 30 20"
    )
    talk = ask(
        "How much did Quarztek's inventories change from June 30, 2021 to December 31, 2021, in "
        "USD millions?",
        as_passage(1, text, "QUARZTEK_2022Q2_10Q.pdf"),
    )
    assert talk.of("calculate") == [{"expression": "30 - 20"}]


@pytest.mark.parametrize(
    ("unit", "expression", "shown"),
    [
        ("in USD billions, to one decimal", "round(12500 / 1000, 1)", "12.5 billion"),
        ("in full US dollars", "12500 * 1000000", "12,500,000,000"),
        ("in thousands of US dollars", "12500 * 1000", "12,500,000 thousand"),
    ],
)
def test_a_look_up_is_given_in_the_scale_that_is_asked_for(ask, unit, expression, shown):
    talk = ask(f"What was Quarztek's revenue in FY2022, {unit}?")
    assert talk.of("calculate") == [{"expression": expression}]
    assert talk.answer.startswith(f"Revenue, 2022: {shown} [1]")
    assert '"Total revenues $12,500 $10,000 $8,000"' in talk.answer


@pytest.mark.parametrize("unit", ["in USD millions", "in USD"])
def test_what_needs_no_conversion_has_none(ask, unit):
    assert not ask(f"What was Quarztek's diluted EPS in FY2022, {unit}?").of("calculate")
    assert not ask("What was Quarztek's revenue in FY2022, in USD millions?").of("calculate")


@pytest.mark.parametrize(
    "question",
    [
        "What interest rate does Quarztek's revenue bond bear in FY2022?",
        "By what does Quarztek assign revenue to places in FY2022?",
        "What does the small print of Quarztek's FY2022 10-K say of revenue?",
    ],
)
def test_a_rate_or_a_basis_is_no_amount(ask, question):
    assert "12,500" not in ask(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Over how many years do Quarztek's stock units vest?", "three or four years"),
        ("How much had Quarztek drawn under its credit facility?", "Nothing was drawn"),
        ("How many shares does the registrant Quarztek have outstanding?", '"The registrant'),
    ],
)
def test_words_can_be_amounts_and_boxes_end_sentences(ask, as_passage, question, said):
    text = (
        "We grant stock units that vest over three or four years.\n\n"
        "Nothing was drawn under the revolving credit facility at either date.\n\n"
        "Large filer: Yes [X] No [ ] The registrant had 47,552,000 shares outstanding."
    )
    assert said in ask(question, as_passage(1, text)).answer


def test_parts_that_are_printed_alone_are_added(ask, as_passage):
    text = (
        "Consolidated Statements of Cash Flows\n(in millions)\nYear Ended December 31,\n2022 2021\n"
        "Operating income 100 90\nDepreciation 30 20\nAmortization of intangible assets 5 4"
    )
    talk = ask("What was Quarztek's EBITDA in FY2022?", as_passage(1, text))
    assert talk.of("calculate") == [{"expression": "100 + (30 + 5)"}]


@pytest.mark.parametrize("asked", ["accrued liabilities", "retained earnings", "deferred assets"])
def test_a_line_of_its_own_is_not_taken_for_a_total(ask, as_passage, asked):
    text = (
        "Consolidated Balance Sheets\n(in millions)\nDecember 31, 2022 December 31, 2021\n"
        "Total assets 900 800\nTotal liabilities 400 300\nNet income 50 40"
    )
    answer = ask(f"What were Quarztek's {asked} in FY2022?", as_passage(1, text)).answer
    assert not answer.startswith(("Total", "Net income"))
