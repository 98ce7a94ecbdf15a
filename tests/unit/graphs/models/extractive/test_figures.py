import pytest

from graphs.models.extractive.figures import find_figure
from graphs.models.extractive.formulas import METRIC_OF, Need
from graphs.models.extractive.labels import SURE, label_score
from graphs.models.extractive.pages import all_rows
from graphs.models.extractive.passages import Passage
from graphs.models.extractive.periods import Period

NAME = "VANTOR_2023_10K.pdf"
HEADING = "Consolidated Statements of Income\n(in thousands)\nYear Ended December 31,\n2023\n2022\n"


def figure(asked: str, year: int, *passages: Passage, report: str = ""):
    return find_figure(Need(METRIC_OF[asked], Period(year)), all_rows(passages), asked=report)


def printed(asked: str, year: int, *passages: Passage) -> str | None:
    found = figure(asked, year, *passages)
    return found.cell.printed if found else None


@pytest.mark.parametrize(
    ("label", "sure"),
    [
        ("Net income", True),
        ("Net income (loss)", True),
        ("Quarterly net income", False),
        ("Net income per share", False),
        ("Net income attributable to noncontrolling interest", False),
        ("Income before net income of affiliates", False),
    ],
)
def test_a_label_is_the_metric_or_another_figure(label, sure):
    assert (label_score(label, METRIC_OF["net income"]) >= SURE) is sure


def test_totals_and_deductions_leave_a_label_the_same():
    assert label_score("Total net revenue", METRIC_OF["revenue"]) >= SURE
    receivables = METRIC_OF["accounts receivable"]
    assert label_score("Accounts receivable, less allowances of $3 and $2", receivables) >= SURE
    assert not label_score("Net revenue growth", METRIC_OF["revenue"])


def test_a_statement_comes_before_notes_wherever_it_is_found():
    note = "Selected Data\n(in thousands)\nYear Ended December 31,\n2023 2022\nNet revenue 7 6"
    statement = Passage(2, NAME, 16, f"{HEADING}Net revenue\n$\n957 \n$\n895 ")
    assert printed("revenue", 2023, Passage(1, NAME, 30, note), statement) == "957"


@pytest.mark.parametrize(
    "title", ["Effects of the Restatement on 2022", "Quarterly Results", "Segment Information"]
)
def test_tables_of_another_matter_are_not_the_company(title):
    text = f"{title}\n(in thousands)\nYear Ended December 31,\n2023 2022\nNet revenue 7 6"
    assert printed("revenue", 2023, Passage(1, NAME, 30, text)) is None


def test_rows_under_a_segment_are_the_segments():
    text = "Results\n(in thousands)\n2023 2022\nHome Goods:\nNet revenue 7 6"
    assert printed("revenue", 2023, Passage(1, NAME, 30, text)) is None


def test_notes_that_contradict_each_other_tell_nothing():
    text = "(in thousands)\n2023 2022\nNet revenue {} 6"
    first, second = (Passage(n, NAME, n, text.format(n)) for n in (7, 8))
    assert printed("revenue", 2023, first, second) is None
    assert printed("revenue", 2022, first, second) == "6"


def test_the_newest_statement_leads_and_what_was_reported_first_is_kept():
    old = Passage(1, "VANTOR_2022_10K.pdf", 9, HEADING.replace("3\n2022", "2\n2021") + SALES)
    new = Passage(2, NAME, 9, HEADING.replace("2022", "2022 (as restated)") + "Net revenue 900 850")
    found = figure("revenue", 2022, old, new)
    assert (found.cell.printed, found.column.restated) == ("850", True)
    assert found.earlier.cell.printed == "895"
    own = figure("revenue", 2022, old, report="2022")
    assert (own.cell.printed, own.earlier) == ("895", None)


SALES = "Net revenue 895 817"


def test_an_annual_question_is_not_answered_from_a_quarterly_column():
    text = (
        "Condensed Consolidated Statements of Income\n(in thousands)\n"
        "Three Months Ended June 30,\n2023 2022\nNet revenue 25 20"
    )
    assert printed("revenue", 2023, Passage(1, "VANTOR_2023Q2_10Q.pdf", 3, text)) is None


def test_a_table_goes_on_in_the_passage_that_repeats_its_last_lines():
    first = Passage(1, NAME, 16, f"{HEADING}Net revenue\n957 \n895 \nRent of sites\n5 \n4 ")
    second = Passage(2, NAME, 16, "Rent of sites\n5 \n4 \nNet income\n99 \n88 ")
    found = figure("net income", 2022, second, first)
    assert (found.cell.printed, found.scale) == ("88", "thousand")
    assert found.row.passage.id == 2


def test_a_statement_alone_on_its_page_lends_its_heading():
    first = Passage(1, NAME, 16, f"{HEADING}Net revenue 957 895")
    rest = Passage(2, NAME, 16, "Net income 99 88")
    assert printed("net income", 2022, rest, first) == "88"


def test_no_heading_no_figure():
    rest = Passage(2, NAME, 16, "Net income 99 88")
    other = Passage(1, NAME, 16, "Rents\n(in thousands)\n2023 2022\nSites 9 8")
    assert printed("net income", 2023, rest) is None
    assert printed("net income", 2023, rest, other) is None


def test_two_columns_of_one_period_can_not_be_told_apart():
    text = "Consolidated Balance Sheets\n2023 2023\nTotal assets 9 8"
    assert printed("total assets", 2023, Passage(1, NAME, 1, text)) is None


def test_a_note_about_something_else_holds_only_a_part():
    text = "{}\n(in thousands)\nYear Ended December 31,\n2023\n2022\nInventories 7 6"
    pledged = Passage(1, NAME, 30, text.format("Assets Pledged to Lenders"))
    assert printed("inventories", 2023, pledged) is None
    assert printed("inventories", 2023, Passage(1, NAME, 30, text.format("Inventories"))) == "7"
