"""No filing tells: a stranger, a period before or after, an item left out, a forecast not made."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evals.examples import Category
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import searches
from evals.filings.questions.question import EXTRACTION, Question


class Untold(NamedTuple):
    """`absent` is a word that no page of the company's filings has, and of a stranger no page."""

    company: str
    slug: str
    question: str
    absent: str
    answer: str


STRANGERS = (
    Untold("ostrander", "net_revenue_2023",
           "What was Ostrander Valve Corporation's net revenue in FY2023?", "Ostrander",
           "There is no filing of Ostrander Valve Corporation."),
    Untold("pellworth", "gross_margin_2022",
           "What gross margin did Pellworth Foods plc earn in FY2022, in percent?", "Pellworth",
           "There is no filing of Pellworth Foods plc."),
    Untold("northmere", "total_debt",
           "How much debt did Northmere Logistics, Inc. have at December 31, 2023?", "Northmere",
           "There is no filing of Northmere Logistics, Inc."),
    Untold("quorvex", "free_cash_flow",
           "Compute Quorvex Semiconductor's free cash flow for FY2023.", "Quorvex",
           "There is no filing of Quorvex Semiconductor."),
    Untold("dunmarrow", "lawsuits",
           "Which lawsuits does Dunmarrow Energy report in its latest annual report?", "Dunmarrow",
           "There is no filing of Dunmarrow Energy."),
    Untold("ellisgate", "employees",
           "How many people did Ellisgate Bancorp employ at the end of 2022?", "Ellisgate",
           "There is no filing of Ellisgate Bancorp."),
)  # fmt: skip
UNTOLD = (
    Untold("HALVORSEN", "net_revenue_2017",
           "What was Halvorsen Pumpworks, Inc.'s net revenue in FY2017?", "2017",
           "The filings don't cover FY2017: the earliest year that they show is FY2020."),
    Untold("HALVORSEN", "capital_expenditures_2018",
           "How much did Halvorsen Pumpworks, Inc. spend on capital expenditures in FY2018, in "
           "USD millions?", "2018",
           "The filings don't cover FY2018: the earliest year that they show is FY2020."),
    Untold("HALVORSEN", "third_quarter_2024",
           "What net income did Halvorsen Pumpworks, Inc. report for the three months ended "
           "September 30, 2024?", "September 30",
           "No filing covers that quarter: the latest ended on June 30, 2024."),
    Untold("HALVORSEN", "patents",
           "How many patents does Halvorsen Pumpworks, Inc. hold?", "patent",
           "The filings don't say how many patents it holds."),
    Untold("HALVORSEN", "advertising",
           "How much did Halvorsen Pumpworks, Inc. spend on advertising in FY2023?", "advertis",
           "The filings don't disclose advertising expense."),
    Untold("HALVORSEN", "emissions",
           "What were Halvorsen Pumpworks, Inc.'s greenhouse gas emissions in 2023, in tonnes?",
           "emission", "The filings don't disclose emissions."),
    Untold("HALVORSEN", "pension",
           "What was the funded status of Halvorsen Pumpworks, Inc.'s pension plans at December "
           "31, 2023?", "pension", "The filings disclose no pension plans."),
    Untold("HALVORSEN", "revenue_forecast",
           "What net revenue does Halvorsen Pumpworks, Inc. forecast for FY2026?", "forecast",
           "The filings give no revenue forecast: they only say what capital expenditures are "
           "expected."),
    Untold("HALVORSEN", "earnings_guidance",
           "What earnings per share guidance has Halvorsen Pumpworks, Inc. given for FY2024?",
           "guidance", "The filings give no guidance for earnings per share."),
    Untold("MARROWBY", "net_revenue_2016",
           "What was Marrowby & Quill Stores Corp.'s net revenue in fiscal 2016?", "2016",
           "The filings don't cover fiscal 2016: the earliest year that they show is fiscal 2020."),
    Untold("MARROWBY", "dividends_2019",
           "How much did Marrowby & Quill Stores Corp. pay in dividends in fiscal 2019?", "2019",
           "The filings don't cover fiscal 2019: the earliest year that they show is fiscal 2020."),
    Untold("MARROWBY", "quarter_may_2024",
           "What gross profit did Marrowby & Quill Stores Corp. report for the quarter ended May "
           "4, 2024?", "May 4",
           "No filing covers that quarter: the latest year ended on January 27, 2024."),
    Untold("MARROWBY", "online_share",
           "What share of Marrowby & Quill Stores Corp.'s fiscal 2023 sales was e-commerce?",
           "commerce", "The filings don't say what share of sales was made online."),
    Untold("MARROWBY", "basket",
           "What was the average basket at Marrowby & Quill Stores Corp. in fiscal 2023, in USD?",
           "basket", "The filings don't disclose the average basket."),
    Untold("MARROWBY", "salary",
           "What salary did Marrowby & Quill Stores Corp.'s chief executive officer receive in "
           "fiscal 2023?", "salary",
           "The filings don't say: they refer to the proxy statement for compensation."),
    Untold("MARROWBY", "credit_rating",
           "Which credit rating do Marrowby & Quill Stores Corp.'s senior notes carry?",
           "credit rating", "The filings don't state a credit rating."),
    Untold("MARROWBY", "sales_forecast",
           "What net revenue does Marrowby & Quill Stores Corp. project for fiscal 2025?",
           "project", "The filings give no revenue forecast: only store openings and closings."),
    Untold("MARROWBY", "margin_target",
           "What operating margin target has Marrowby & Quill Stores Corp. set itself?",
           "target", "The filings state no target for the operating margin."),
    Untold("TESSELINE", "net_revenue_2019",
           "What was Tesseline Software Holdings, Inc.'s net revenue in fiscal 2019?", "2019",
           "No filing covers fiscal 2019: the only one is a 10-Q for December 31, 2023."),
    Untold("TESSELINE", "cash_2020",
           "How much cash did Tesseline Software Holdings, Inc. hold at June 30, 2020?", "2020",
           "No filing covers that date: the earliest balance sheet is of June 30, 2023."),
    Untold("TESSELINE", "third_quarter_2024",
           "What net revenue did Tesseline Software Holdings, Inc. report for the three months "
           "ended March 31, 2024?", "March 31",
           "No filing covers that quarter: the latest ended on December 31, 2023."),
    Untold("TESSELINE", "net_retention",
           "What was Tesseline Software Holdings, Inc.'s net revenue retention rate at December "
           "31, 2023?", "retention rate", "The filing doesn't disclose a retention rate."),
    Untold("TESSELINE", "churn",
           "What customer churn did Tesseline Software Holdings, Inc. have in the six months "
           "ended December 31, 2023?", "churn", "The filing doesn't disclose customer churn."),
    Untold("TESSELINE", "remaining_obligations",
           "What were Tesseline Software Holdings, Inc.'s remaining performance obligations at "
           "December 31, 2023?", "performance obligation",
           "The filing doesn't disclose remaining performance obligations."),
    Untold("TESSELINE", "breakeven",
           "In which fiscal year does Tesseline Software Holdings, Inc. expect to break even?",
           "break even",
           "The filing doesn't say: it only expects a net loss in fiscal 2024 and the year after."),
    Untold("TESSELINE", "revenue_forecast",
           "What net revenue does Tesseline Software Holdings, Inc. forecast for fiscal 2025?",
           "forecast", "The filing gives no revenue forecast."),
)  # fmt: skip


def unanswerable(desks: Sequence[Desk]) -> Iterator[Question]:
    companies = {desk.company.code: desk.company.short for desk in desks}
    for each in STRANGERS:
        yield _question(each, ())
    for each in UNTOLD:
        if each.company in companies:
            yield _question(each, (companies[each.company],))


def _question(untold: Untold, words: Sequence[str]) -> Question:
    return Question(
        f"{untold.company.lower()}.{Category.UNANSWERABLE}.{untold.slug}",
        Category.UNANSWERABLE,
        untold.question,
        untold.answer,
        tool_calls=searches(*words),
        reasoning=EXTRACTION,
        question_type="novel-generated",
    )
