"""Formulas that a question spells out, and shares: what is divided by what."""

import pytest

from graphs.models.extractive.spelled import spelled_formula, two_metrics

SPELLED = {
    "interest coverage (operating income over interest expense) in fy2022": (
        "Operating income / Interest expense"
    ),
    "days of inventory (inventories over cost of revenue, times 365)": (
        "Inventories / Cost of sales * 365"
    ),
    "days of sales: year-end accounts receivable over net revenue, times 365?": (
        "Accounts receivable / Revenue * 365"
    ),
    "taking it as operating cash flow less capital expenditures, what was it": (
        "Cash from operations - Capital expenditures"
    ),
    "divide bramble's operating income by its total assets at may 31, 2022": (
        "Operating income / Total assets"
    ),
    "dividing income taxes by income before taxes, what was the rate, in percent": (
        "Income tax expense % Income before taxes"
    ),
    "which had the higher gross margin (gross profit / net revenue)?": "Gross profit % Revenue",
    "what was its gross margin? define it as gross profit / net revenue": "Gross profit / Revenue",
}


def told(formula) -> str:
    return " ".join(item if isinstance(item, str) else item.metric.name for item in formula.items)


@pytest.mark.parametrize("question", SPELLED)
def test_a_question_may_spell_a_formula_out(question):
    assert told(spelled_formula(question)) == SPELLED[question]


@pytest.mark.parametrize(
    "question",
    [
        "what was capital spending (purchases of property and equipment) in 2022?",
        "bramble: what was net income less the bonus of the chair?",
    ],
)
def test_what_is_not_understood_whole_is_no_formula(question):
    assert spelled_formula(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "what share of its net income did bramble pay out as dividends?",
        "what were dividends as a percentage of net income?",
        "what percentage of net income were dividends paid?",
    ],
)
def test_the_whole_stands_behind_share_of(question):
    assert told(two_metrics(question)) == "Dividends paid % Net income"


@pytest.mark.parametrize(
    ("question", "formula"),
    [
        ("by what amount did current assets exceed current liabilities?", "-"),
        ("how many times did operating income cover interest expense?", "/"),
    ],
)
def test_verbs_tell_what_to_do_with_two_figures(question, formula):
    assert two_metrics(question).items[1] == formula


def test_days_of_a_flow_stand_in_a_balance():
    formula = two_metrics("how many days of net revenue stood in accounts receivable?")
    assert told(formula) == "365 * Accounts receivable / Revenue"
