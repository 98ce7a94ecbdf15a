"""Rows of bank and card statements have their own days, and labels without them."""

import pytest
from unit.knowledge.pdf.tables.drawing import titles

HEADER = ("Date", "Details", "Paid out", "Paid in", "Balance")
PLACES = (60, 140, 330, 400, 470)


@pytest.fixture
def statement_of(pages_of, draw):
    """Reads a statement whose rows stand below `HEADER`, under a line that says its period."""

    def statement_of(period, *rows):
        cells = [
            (left, 100 + 13 * at, text)
            for at, row in enumerate([HEADER, *rows])
            for left, text in zip(PLACES, row, strict=True)
            if text
        ]
        (table,) = pages_of(draw([*titles("Larch Bank", period), *cells]))[0].tables
        return table

    return statement_of


def read(table):
    return [(row.label, row.cells[-1].period) for row in table.rows]


MARCH = "Statement period: 1 March 2024 to 31 March 2024"


def test_day_of_a_row_is_its_period_and_no_part_of_its_label(statement_of):
    table = statement_of(
        MARCH,
        ("01 Mar 2024", "Opening balance", "", "", "1,204.10"),
        ("04 Mar 2024", "Card, corner shop", "20.00", "", "1,184.10"),
        ("15 Mar 2024", "Salary", "", "2,000.00", "3,184.10"),
        ("", "Closing balance", "", "", "3,184.10"),
    )
    assert read(table) == [
        ("Opening balance", "2024-03-01"),
        ("Card, corner shop", "2024-03-04"),
        ("Salary", "2024-03-15"),
        ("Closing balance", "2024-03-31"),
    ]
    assert [cell.column for cell in table.rows[1].cells] == ["Paid out", "Balance"]


@pytest.mark.parametrize(
    ("period", "first", "last", "expected"),
    [
        (MARCH, "04/03/2024", "15/03/2024", ["2024-03-04", "2024-03-15"]),
        (MARCH, "03/04/24", "03/15/24", ["2024-03-04", "2024-03-15"]),
        (MARCH, "04.03.", "05.03.", ["2024-03-04", "2024-03-05"]),
        (MARCH, "04/03", "05/03", ["2024-03-04", "2024-03-05"]),
        (MARCH, "Mar 4", "Mar 15", ["2024-03-04", "2024-03-15"]),
        ("28 December 2023 to 27 January 2024", "30 Dec", "4 Jan", ["2023-12-30", "2024-01-04"]),
        ("Statement date: 5 January 2024", "30 Dec", "4 Jan", ["2023-12-30", "2024-01-04"]),
    ],
)
def test_days_without_year_or_with_the_month_first(statement_of, period, first, last, expected):
    table = statement_of(
        period,
        (first, "Card, corner shop", "20.00", "", "1,184.10"),
        (last, "Salary", "", "2,000.00", "3,184.10"),
    )
    assert [period for _, period in read(table)] == expected


def test_day_and_month_that_cannot_be_told_apart_are_in_doubt(statement_of):
    table = statement_of(
        "Account 4471",
        ("04/03/2024", "Card, corner shop", "20.00", "", "1,184.10"),
        ("05/03/2024", "Salary", "", "2,000.00", "3,184.10"),
    )
    assert [period for _, period in read(table)] == [None, None]
    assert all(cell.doubts for row in table.rows for cell in row.cells)


def test_day_printed_once_holds_for_the_rows_below(statement_of):
    table = statement_of(
        MARCH,
        ("04 Mar", "Card, corner shop", "20.00", "", "1,184.10"),
        ("", "Card, book shop", "10.00", "", "1,174.10"),
        ("15 Mar", "Salary", "", "2,000.00", "3,174.10"),
    )
    assert [period for _, period in read(table)] == ["2024-03-04", "2024-03-04", "2024-03-15"]


def test_posting_day_is_left_out_too(table_of):
    table = table_of(
        ("Date      Posted    Details", "Amount"),
        ("12 Feb  14 Feb  Grocer", "45.10"),
        ("02 Mar  03 Mar  Payment", "133.10"),
        columns=[460],
        titles=["Card statement", "Statement date: 5 March 2024"],
    )
    assert read(table) == [("Grocer", "2024-02-12"), ("Payment", "2024-03-02")]


def test_balances_of_a_summary_have_the_days_of_its_span(table_of):
    table = table_of(
        ("", "Amount"),
        ("Opening balance", "1,204.10"),
        ("Total paid in", "2,000.00"),
        ("Closing balance", "3,204.10"),
        columns=[460],
        titles=["Summary", "1 March 2024 to 31 March 2024"],
    )
    assert read(table) == [
        ("Opening balance", "2024-03-01"),
        ("Total paid in", None),
        ("Closing balance", "2024-03-31"),
    ]
    total = table.rows[1].cells[0]
    assert (total.starts_on.isoformat(), total.ends_on.isoformat()) == ("2024-03-01", "2024-03-31")


def test_ranges_of_days_are_no_days(table_of):
    table = table_of(
        ("", "Shares"),
        ("10/1/2022 thru 10/31/2022", "4,578"),
        ("11/1/2022 thru 11/30/2022", "2,371"),
        columns=[460],
    )
    cell = table.rows[0].cells[0]
    assert table.rows[0].label == "10/1/2022 thru 10/31/2022"
    assert (cell.starts_on.isoformat(), cell.ends_on.isoformat()) == ("2022-10-01", "2022-10-31")
