"""Cells of a page's tables as figures: what they measure, of whom, and in which version."""

from decimal import Decimal

import pytest
from unit.ledger import figures_in, read

from knowledge.figures.extraction import MAX_WORDS
from knowledge.figures.words import stems_in
from storage.figures.figure import Basis, Version

STATEMENT = """
                      Consolidated Statements of Operations
                   (in millions, except per share amounts)
                                            Years ended December 31,
                                              2022          2021
Net sales:
Looms                                          $41           $40
Total net sales                                 56            54
Cost of sales                                  (35)          (33)
Income tax expense                               2             2
Net income                                      $7            $6
Basic                                        $0.71         $0.70
"""


def first(page, label):
    """The figure of a row's first column."""
    return next(each for each in figures_in((page,)) if each.label == label and each.cell == 0)


def table(title, *rows, columns="   2022          2021", caption="(in millions)"):
    lines = [f"{label:<46}{now:>5}{before:>14}" for label, now, before in rows]
    heads = f"{'':>44}{columns}"
    return "\n".join([f"{'':>24}{title}", f"{'':>30}{caption}", heads, *lines])


def test_every_cell_is_a_figure_at_its_place_in_the_text():
    (page,) = read((STATEMENT,))
    figures = figures_in((STATEMENT,))
    assert len(figures) == 12
    for figure in figures:
        assert page.text[figure.start : figure.end] == figure.text
        assert page.tables[figure.table].rows[figure.row].cells[figure.cell].text == figure.text


def test_figure_holds_value_scale_unit_and_period():
    figure = first(STATEMENT, "Cost of sales")
    assert (figure.value, figure.amount) == (Decimal(-35), Decimal(-35_000_000))
    assert (figure.text, figure.unit, figure.scale) == ("(35)", "USD", 10**6)
    assert (figure.period, figure.statement) == ("FY2022", "income_statement")
    assert figure.caption.startswith("Consolidated Statements of Operations")


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("Total net sales", "Revenue"),
        ("Cost of sales", "Cost of sales"),
        ("Net income", "Net income"),
        ("Looms", None),
    ],
)
def test_concept_is_that_of_the_whole_label(label, concept):
    assert first(STATEMENT, label).concept == concept


def test_part_below_a_heading_has_the_heading_as_its_group():
    assert first(STATEMENT, "Looms").groups == ("Net sales",)


def test_row_of_a_count_of_shares_is_no_figure_per_share():
    page = table(
        "Earnings per Share",
        ("Net income", "$7", "$6"),
        ("Weighted average shares:", "", ""),
        ("Basic", "98", "97"),
        caption="(shares in millions)",
    )
    assert first(page, "Basic").concept == "Weighted average shares, basic"


@pytest.mark.parametrize(
    ("title", "basis"),
    [
        ("Selected Data", Basis.GROUP),
        ("Note 9. Segment Information", Basis.PART),
        ("Net Sales by Geographic Region", Basis.PART),
        ("Net Sales by Product", Basis.PART),
        ("Condensed Financial Information of the Parent", Basis.PARENT),
        ("Guarantor Subsidiaries", Basis.PART),
        ("Results of Discontinued Operations", Basis.PART),
    ],
)
def test_basis_is_told_by_the_title(title, basis):
    page = table(title, ("Net sales", "$5", "$4"), ("Profit margin of it", "3", "2"))
    assert first(page, "Net sales").basis is basis


@pytest.mark.parametrize(
    ("label", "adjusted"),
    [
        ("Adjusted net sales", True),
        ("Underlying net sales", True),
        ("Net sales, pro forma", True),
        ("Organic net sales", True),
        ("Non-GAAP net sales", True),
        ("Net sales", False),
        ("Adjustments of net sales", False),
    ],
)
def test_adjusted_rows_are_marked(label, adjusted):
    page = table("Selected Data", (label, "$5", "$4"), ("Net income", "3", "2"))
    assert first(page, label).is_adjusted is adjusted


@pytest.mark.parametrize(
    ("column", "version"),
    [
        ("As Reported", Version.AS_REPORTED),
        ("As Previously Reported", Version.AS_REPORTED),
        ("Adjustment", Version.ADJUSTMENT),
        ("As Restated", Version.RESTATED),
        ("As Revised", Version.RESTATED),
        ("Amount", None),
    ],
)
def test_version_is_told_by_the_column(column, version):
    page = table(
        "Effects in the Year Ended December 31, 2022",
        ("Net sales", "$5", "$4"),
        ("Net income", "3", "2"),
        columns=f"{column:>7}         Other",
    )
    assert first(page, "Net sales").version is version


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("Total net sales", True),
        ("Subtotal", True),
        ("Summe Aktiva", True),
        ("Net sales", True),
        ("Sales of looms", False),
        ("Totality of looms", False),
    ],
)
def test_totals_are_marked(label, total):
    page = table("Selected Data", (label, "$5", "$4"), ("Other income", "3", "2"))
    assert first(page, label).is_total is total


def test_words_of_a_figure_are_bounded_and_hold_its_label():
    figure = first(STATEMENT, "Total net sales")
    assert stems_in("total net sales operations") <= set(figure.words)
    assert len(figure.words) <= MAX_WORDS
    assert list(figure.words) == sorted(figure.words)


def test_balance_is_of_the_day_of_its_own_column():
    page = table(
        "Consolidated Balance Sheets",
        ("Cash and cash equivalents", "$5", "$4"),
        ("Inventories", "3", "2"),
        ("Total assets", "9", "8"),
        ("Total liabilities", "5", "5"),
        ("Total equity", "4", "3"),
        columns="June 30, 2022  Dec. 31, 2021",
    )
    days = [each.period for each in figures_in((page,)) if each.label == "Inventories"]
    assert days == ["2022-06-30", "2021-12-31"]


def test_page_without_a_table_has_no_figures():
    assert figures_in(("We sold 12 looms in 2022.",)) == ()
