"""Drawn tables of other countries come out with values, units and scales, in the right columns."""

from decimal import Decimal

import pytest


def table(title, columns, rows, edges=(300, 380, 460)):
    """What to draw: a title, headers and figures that end at the same edges."""
    texts = [(72, 60, title)]
    texts += [(edge - 5 * len(head), 84, head) for edge, head in zip(edges, columns, strict=False)]
    for at, (label, *figures) in enumerate(rows):
        down = 100 + 14 * at
        texts.append((72, down, label))
        texts += [
            (edge - 5 * len(figure), down, figure)
            for edge, figure in zip(edges, figures, strict=False)
        ]
    return texts


def cells_of(page):
    return {row.label: row.cells for table in page.tables for row in table.rows}


TABLES = {
    "german": (
        "Umsatz der Gruppe in Mio. EUR",
        [
            ("Inland", "1.284,5", "1.190,2"),
            ("Ausland", "-412,0", "98,4"),
            ("Summe", "872", "1.289"),
        ],
        [("1284.5", "1190.2"), ("-412", "98.4"), ("872", "1289")],
        ("EUR", 10**6),
    ),
    "french": (
        "Chiffre d'affaires en milliers d'euros",
        [
            ("France", "12 284,5", "11 190,2"),
            ("Export", "(3 412,0)", "2 098,4"),
            ("Total", "8 872", "9"),
        ],
        [("12284.5", "11190.2"), ("-3412", "2098.4"), ("8872", "9")],
        ("EUR", 1000),
    ),
    "indian": (
        "Segment revenue (\u20b9 in lakhs)".replace("\u20b9", "Rs."),
        [("Cement", "4,28,451.50", "90,119.25"), ("Power", "12,345", "1,00,000")],
        [("428451.50", "90119.25"), ("12345", "100000")],
        ("INR", 10**5),
    ),
    "swiss": (
        "Ertrag in CHF million",
        [("Zinsen", "1'284.5", "1'190.2"), ("Gebühren", "412.0-", "\u2013 98.4")],
        [("1284.5", "1190.2"), ("-412", "-98.4")],
        ("CHF", 10**6),
    ),
    "british": (
        "Turnover by site \u00a3'000",
        [("Leeds", "1,284", "1,190"), ("Hull", "(412)", "\u2013")],
        [("1284", "1190"), ("-412", "0")],
        ("GBP", 1000),
    ),
}


@pytest.mark.parametrize(("title", "rows", "values", "unit"), TABLES.values(), ids=TABLES)
def test_a_table_has_its_countrys_figures(pages_of, draw, title, rows, values, unit):
    cells = cells_of(pages_of(draw(table(title, ("2022", "2021"), rows)))[0])
    assert list(cells) == [label for label, *_ in rows]
    for (label, *_), expected in zip(rows, values, strict=True):
        assert [cell.value for cell in cells[label]] == [Decimal(value) for value in expected]
        assert {(cell.unit, cell.scale) for cell in cells[label]} == {unit}
        assert [cell.period for cell in cells[label]] == ["FY2022", "FY2021"]


def test_columns_of_two_currencies_have_each_their_own(pages_of, draw):
    rows = [("Fees", "1,284", "1,590"), ("Interest", "412", "510"), ("Total", "1,696", "2,100")]
    drawn = draw(table("Income by kind", ("2022 \u00a3m", "2022 US$m"), rows))
    for cells in cells_of(pages_of(drawn)[0]).values():
        assert [(cell.unit, cell.scale) for cell in cells] == [("GBP", 10**6), ("USD", 10**6)]


def test_an_unreadable_figure_makes_its_row_doubtful_and_shifts_nothing(pages_of, draw):
    rows = [("Fees", "1,284", "1,190"), ("Interest", "41,2.50", "510"), ("Total", "1,696", "1,700")]
    cells = cells_of(pages_of(draw(table("Income (in millions)", ("2022", "2021"), rows)))[0])
    assert [(cell.text, cell.column) for cell in cells["Interest"]] == [("510", "2021")]
    assert "a figure of its row can't be read" in cells["Interest"][0].doubts
    assert "a figure of its row can't be read" not in cells["Fees"][0].doubts


def test_ten_thousand_digits_are_one_unreadable_cell(pages_of, draw):
    rows = [("Fees", "1,284", "1,190"), ("Interest", "412", "510")]
    texts = [*table("Income (in millions)", ("2022", "2021"), rows), (72, 150, "7" * 10_000)]
    page = pages_of(draw(texts, size=(60_000, 400)))[0]
    assert [cell.value for cell in cells_of(page)["Interest"]] == [412, 510]


def test_an_ambiguous_format_is_doubtful(pages_of, draw):
    rows = [("Fees of the fund", "1.284", "1.190"), ("Interest and other income", "2.412", "3.510")]
    page = pages_of(draw(table("The income of the fund", ("2022", "2021"), rows)))[0]
    for cells in cells_of(page).values():
        assert all("number format unclear" in cell.doubts for cell in cells)


def test_a_note_of_rates_holds_for_rows_that_name_none(pages_of, draw):
    rows = [("Opening value", "14.25", "13.10"), ("Total expenses", "(0.21)", "(0.19)")]
    page = pages_of(
        draw(table("Fenmoor Fund Limited: net assets per unit", ("2022", "2021"), rows))
    )[0]
    assert {cell.unit for cell in cells_of(page)["Total expenses"]} == {"per share"}
