"""Each check on a table can fail, and marks what it failed on; sound tables raise no doubts."""

import time
from decimal import Decimal

import pytest
from unit.knowledge.pdf.tables.drawing import lines

from knowledge.pdf.tables.sums import MAX_ROWS, Amounts, sums_of

TWO = [360, 470]
YEARS = ("", "2023", "2022")


def doubts(table):
    return {
        (row.label, cell.text): cell.doubts
        for row in table.rows
        for cell in row.cells
        if cell.doubts
    }


def totals(table):
    return {row.label: row.adds_up for row in table.rows if row.adds_up is not None}


def test_sound_statement_adds_up_without_doubts(table_of):
    table = table_of(
        YEARS,
        ("Sales of goods", "1,500", "1,400"),
        ("Sales of services", "500", "450"),
        ("Total sales", "2,000", "1,850"),
        ("Cost of sales", "1,200", "1,100"),
        ("Gross profit", "800", "750"),
        ("Selling costs", "(150)", "(140)"),
        ("Other costs", "(50)", "(45)"),
        ("Operating profit", "600", "565"),
        columns=TWO,
    )
    assert doubts(table) == {}
    assert totals(table) == {"Total sales": True, "Gross profit": True, "Operating profit": True}


def test_rounded_parts_still_add_up(table_of):
    table = table_of(
        YEARS,
        ("Pumps", "333", "120"),
        ("Valves", "333", "130"),
        ("Seals", "333", "140"),
        ("Total", "1,000", "390"),
        columns=TWO,
    )
    assert doubts(table) == {}
    assert totals(table) == {"Total": True}


def test_total_that_fails_in_one_column_puts_that_column_in_doubt(table_of):
    table = table_of(
        YEARS,
        ("Pumps", "500", "420"),
        ("Valves", "300", "330"),
        ("Total sales", "800", "705"),
        columns=TWO,
    )
    assert totals(table) == {"Total sales": False}
    assert set(doubts(table)) == {("Pumps", "420"), ("Valves", "330"), ("Total sales", "705")}


def test_sign_that_differs_from_the_other_column_is_named(table_of):
    table = table_of(
        YEARS,
        ("Gross profit", "800", "750"),
        ("Selling costs", "(150)", "140"),
        ("Total operating profit", "650", "610"),
        columns=TWO,
    )
    assert doubts(table) == {("Selling costs", "140"): ("would add up with the other sign",)}


def test_total_of_nothing_above_is_left_unchecked(table_of):
    table = table_of(YEARS, ("Total sales", "800", "750"), ("Pumps", "500", "420"), columns=TWO)
    assert totals(table) == {}
    assert doubts(table) == {}


@pytest.mark.parametrize(("claims", "balances"), [("2,000", True), ("1,990", False)])
def test_balance_sheet_balances_or_is_doubted(table_of, claims, balances):
    table = table_of(
        YEARS,
        ("Total assets", "2,000", "1,900"),
        ("Provisions", "40", "35"),
        ("Total liabilities and equity", claims, "1,900"),
        columns=TWO,
    )
    assert totals(table) == {"Total liabilities and equity": balances}
    assert bool(doubts(table)) is not balances


def test_percentages_and_figures_per_share_are_not_added(table_of):
    table = table_of(
        YEARS,
        ("Pumps", "500", "420"),
        ("Growth", "300%", "330%"),
        ("Total", "800", "705"),
        columns=TWO,
    )
    assert totals(table) == {}
    assert doubts(table) == {}


def test_column_without_header_is_doubted(table_of):
    table = table_of(
        ("", "2023", None),
        ("Pumps", "500", "420"),
        ("Valves", "310", "330"),
        columns=TWO,
    )
    assert {text for _, text in doubts(table)} == {"420", "330"}


def test_columns_of_one_header_are_doubted(table_of):
    table = table_of(
        ("", "2023", "2023"),
        ("Pumps", "500", "420"),
        ("Valves", "310", "330"),
        columns=TWO,
    )
    assert all(cell.doubts for row in table.rows for cell in row.cells)


def test_amount_and_percentage_below_one_year_are_told_apart(table_of):
    table = table_of(
        ("", None, "2023", None, "2022"),
        ("Pumps", "$1,975", "30%", "$2,255", "30%"),
        ("Valves", "4,514", "70", "5,245", "70"),
        columns=[250, 300, 390, 440],
    )
    assert [cell.unit for cell in table.rows[1].cells] == ["USD", "percent", "USD", "percent"]


def test_row_without_label_is_doubted(table_of):
    table = table_of(
        YEARS, ("Pumps", "500", "420"), ("Valves", "310", "331"), ("", "81", "75"), columns=TWO
    )
    assert doubts(table) == {("", "81"): ("no row label",), ("", "75"): ("no row label",)}


def amounts(*rows):
    return [Amounts(label, dict(enumerate(values)), at) for at, (label, *values) in enumerate(rows)]


def test_sums_of_sums_are_found():
    found = sums_of(
        amounts(("a", 100), ("b", 200), ("Total", 300), ("c", 400), ("d", 500), ("Total", 900),
                ("Grand total", 1200))
    )  # fmt: skip
    assert [(each.row, each.parts) for each in found] == [(2, (0, 1)), (5, (3, 4)), (6, (2, 5))]


def test_small_figures_do_not_add_up_by_chance():
    assert sums_of(amounts(("a", 1), ("b", 2), ("c", 3))) == []


def test_tables_of_many_rows_take_bounded_time():
    rows = amounts(*((f"Total {at}", at * 7919 % 10**6) for at in range(MAX_ROWS)))
    start = time.process_time()
    sums_of(rows)
    assert time.process_time() - start < 1
    assert sums_of(amounts(*(("Total", Decimal(100)) for _ in range(MAX_ROWS + 1)))) == []


def test_time_for_tables_of_thousands_of_rows_grows_with_them(pages_of, draw):
    def seconds(count):
        rows = [
            row
            for at in range(count)
            for row in ((f"Item {at}", str(at * 7919 % 10**6), "5"), (f"Group {at}", None, None))
        ]
        texts = lines(YEARS, *rows, columns=TWO)
        content = draw(texts, size=(600, 26 * count + 200))
        start = time.process_time()
        assert sum(len(table.rows) for table in pages_of(content)[0].tables) == count
        return time.process_time() - start

    assert seconds(2000) < 8 * seconds(500) + 1
