"""A drawn table comes out with labels, groups, periods, units and places."""

from decimal import Decimal

COVER = [(72, 60, "FORM 10-K"), (72, 80, "For the fiscal year ended December 31, 2022")]


def rows_of(page):
    return {row.label: row for table in page.tables for row in table.rows}


def test_a_balance_sheet_has_its_caption_and_rows(pages_of, draw, statement):
    page = pages_of(draw(COVER, statement))[1]
    assert [table.caption for table in page.tables] == [
        "Consolidated Balance Sheets (in millions, except per share data)"
    ]
    assert list(rows_of(page)) == [
        "Cash and cash equivalents",
        "Accounts receivable, net of the allowance for doubtful accounts",
        "Total current assets",
        "Book value per share",
    ]


def test_figures_have_sign_period_unit_and_scale(pages_of, draw, statement):
    rows = rows_of(pages_of(draw(COVER, statement))[1])
    receivable = rows["Accounts receivable, net of the allowance for doubtful accounts"]
    assert [(cell.value, cell.period) for cell in receivable.cells] == [
        (Decimal(-250), "2022-12-31"),
        (Decimal(0), "2021-12-31"),
    ]
    assert {(cell.unit, cell.scale) for cell in receivable.cells} == {("USD", 10**6)}
    assert {(c.unit, c.scale) for c in rows["Book value per share"].cells} == {("USD/share", 1)}


def test_a_total_closes_its_group(pages_of, draw, statement):
    rows = rows_of(pages_of(draw(COVER, statement))[1])
    assert rows["Total current assets"].group == ("Current assets",)
    assert rows["Book value per share"].group == ()


def test_offsets_and_boxes_agree_with_the_text(pages_of, draw, statement):
    page = pages_of(draw(COVER, statement))[1]
    for row in rows_of(page).values():
        for cell in row.cells:
            assert page.text[cell.start : cell.end] == cell.text
            assert row.start <= cell.start < cell.end <= row.end
            line = next(line for line in page.lines if line.start <= cell.start < line.end)
            assert abs(line.box.top - cell.box.top) < 3


def test_a_table_goes_on_over_the_page(pages_of, draw):
    def row(down, label, now, before):
        return [(72, down, label), (400, down, now), (500, down, before)]

    first = [
        (200, 80, "Revenue by Product (in thousands)"),
        (72, 96, "Year ended December 31,"),
        (405, 96, "2022"),
        (505, 96, "2021"),
        *row(112, "Pumps", "12,500", "11,250"),
        *row(126, "Valves", "10,000", "10,500"),
    ]
    second = [*row(80, "Seals", "14,000", "13,000"), *row(94, "Total", "36,500", "34,750")]
    table = pages_of(draw(COVER, first, second))[2].tables[0]
    assert table.is_continued
    assert table.caption.startswith("Revenue by Product (in thousands)")
    cells = table.rows[0].cells
    assert [cell.period for cell in cells] == ["FY2022", "FY2021"]
    assert {(cell.unit, cell.scale) for cell in cells} == {("USD", 1000)}


def test_five_thousand_columns_are_read_as_text(pages_of, draw):
    wide = (60_000, 400)
    texts = [(20 + 11 * at, 60 + 12 * row, str(at % 9)) for at in range(1250) for row in range(4)]
    page = pages_of(draw(texts, size=wide))[0]
    assert page.tables == ()
    assert len(page.text.split()) == 5000


def test_a_list_of_contents_is_no_table(pages_of, draw):
    entries = [
        (left, 60 + 14 * at, text)
        for at in range(8)
        for left, text in ((72, f"Item {at + 1}. Part of the report"), (500, str(3 + 2 * at)))
    ]
    page = pages_of(draw(COVER, entries))[1]
    assert page.tables == ()
    assert [section.path for section in page.sections] == [()]
