"""A table that goes on without headers keeps those of the page before."""

import pytest
from unit.knowledge.pdf.tables.drawing import LABELS, lines, titles

COLUMNS = [300, 380, 460]
TITLES = ["Consolidated income statement", "for the year ended 31 March 2023"]
HEADER = [("", "Note", "2023", "2022"), ("", "", "£m", "£m")]
COSTS = [(f"Cost item {at}", None, str(31 * at), str(29 * at)) for at in range(1, 45)]
LAST = [("Total costs", "7", "9,120", "8,880"), ("Operating profit", "8", "143", "127")]


@pytest.fixture
def second_of(pages_of, draw):
    """Reads the first table of the page after that of `HEADER` and `COSTS`."""

    def second_of(*above, rows=LAST, foot=()):
        first = [*titles(*TITLES), *lines(*HEADER, *COSTS, columns=COLUMNS), *foot]
        second = [*titles(*above, top=74), *lines(*rows, columns=COLUMNS)]
        pages = pages_of(draw(first, second))
        return pages[1].tables[0]

    return second_of


def cells(table):
    return [(cell.column, cell.period) for cell in table.rows[0].cells]


def test_table_without_headers_keeps_those_of_the_page_before(second_of):
    table = second_of()
    assert table.is_continued
    assert [row.label for row in table.rows] == ["Total costs", "Operating profit"]
    assert cells(table) == [("2023 £m", "FY2023"), ("2022 £m", "FY2022")]
    assert all(not cell.doubts for row in table.rows for cell in row.cells)


def test_repeated_title_is_no_group(second_of):
    table = second_of("Consolidated income statement (continued)")
    assert cells(table) == [("2023 £m", "FY2023"), ("2022 £m", "FY2022")]
    assert table.rows[0].group == ()


def test_page_number_at_the_foot_does_not_end_a_table(second_of):
    table = second_of(foot=[(LABELS, 760, "Annual report"), (460, 760, "41")])
    assert cells(table) == [("2023 £m", "FY2023"), ("2022 £m", "FY2022")]


def test_heading_that_leads_to_rows_is_their_group(second_of):
    table = second_of(
        "Attributable to:", rows=[("Owners", None, "12", "8"), ("Others", None, "3", "7")]
    )
    assert table.rows[0].group == ("Attributable to",)
    assert all(not cell.doubts for row in table.rows for cell in row.cells)


def test_headers_under_another_title_are_doubtful(second_of):
    table = second_of(
        "Sensitivity of pension obligations",
        rows=[("Rate", None, "12", "8"), ("Inflation", None, "3", "7")],
    )
    assert all(cell.doubts for row in table.rows for cell in row.cells)


def test_sentence_above_ends_the_table_before(second_of):
    table = second_of(
        "The group has assessed what happens if rates change by one point each over a year.",
        rows=[("Rate", None, "12", "8"), ("Inflation", None, "3", "7")],
    )
    assert not table.is_continued
    assert {cell.period for row in table.rows for cell in row.cells} == {None}


def test_many_columns_that_all_go_on_are_of_one_table(pages_of, draw):
    places = [230, 290, 350, 410, 470]
    header = ("", "2023", "2022", "2021", "2020", "2019")
    costs = [(f"Item {at}", *(str(at * 7 + 3 * year) for year in range(5))) for at in range(1, 45)]
    first = [*titles("Sales by product"), *lines(header, *costs, columns=places)]
    second = [
        *titles("Pumps", top=87),
        *lines(
            ("Europe", "512", "480", "470", "450", "440"),
            ("Asia", "51", "48", "47", "45", "44"),
            columns=places,
        ),
    ]
    table = pages_of(draw(first, second))[1].tables[0]
    assert [cell.period for cell in table.rows[0].cells] == [
        f"FY{y}" for y in range(2023, 2018, -1)
    ]
    assert table.rows[0].group == ("Pumps",)
    assert all(not cell.doubts for row in table.rows for cell in row.cells)
