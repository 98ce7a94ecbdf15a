"""Invoices, receipts, factsheets and forms: a label and its amount, with or without headers."""

from decimal import Decimal


def pairs(table):
    return [(row.label, row.cells[0].value, row.cells[0].unit) for row in table.rows]


def test_labels_with_amounts_need_no_header(table_of):
    table = table_of(
        ("Lawn care", "£120.00"),
        ("Hedge cutting", "£85.50"),
        ("Subtotal", "£205.50"),
        ("VAT @ 20%", "£41.10"),
        ("Total due", "£246.60"),
        columns=[400],
    )
    assert pairs(table)[-1] == ("Total due", Decimal("246.60"), "GBP")
    assert [row.label for row in table.rows if row.adds_up] == ["Subtotal", "Total due"]
    assert all(not cell.doubts for row in table.rows for cell in row.cells)


def test_lines_of_an_invoice_have_quantity_price_and_amount(table_of):
    table = table_of(
        ("Description", "Quantity", "Unit price", "Amount"),
        ("Oak desk", "4", "£310.00", "£1,240.00"),
        ("Delivery", "1", "£60.00", "£60.00"),
        ("Total", None, None, "£1,300.00"),
        columns=[300, 385, 470],
    )
    assert [(cell.column, cell.value, cell.unit) for cell in table.rows[0].cells] == [
        ("Quantity", 4, None),
        ("Unit price", 310, "GBP"),
        ("Amount", 1240, "GBP"),
    ]
    assert [(cell.column, cell.value) for cell in table.rows[2].cells] == [("Amount", 1300)]


def test_figure_behind_a_colon_belongs_to_the_label_before_it(pages_of, draw):
    texts = ("Invoice 77", "Subtotal: $1,205.50", "Tax (8%): $96.44", "Total: $1,301.94")
    (table,) = pages_of(draw([(60, 60 + 13 * at, text) for at, text in enumerate(texts)]))[0].tables
    assert pairs(table) == [
        ("Subtotal", Decimal("1205.50"), "USD"),
        ("Tax (8%)", Decimal("96.44"), "USD"),
        ("Total", Decimal("1301.94"), "USD"),
    ]


def test_answers_of_a_form_are_figures_where_they_are_numbers(pages_of, draw):
    texts = ("Company: Elm Joinery", "Years trading: 12", "Annual revenue (GBP): 1,450,000")
    (table,) = pages_of(draw([(60, 60 + 13 * at, text) for at, text in enumerate(texts)]))[0].tables
    assert [(row.label, row.cells[0].value) for row in table.rows] == [
        ("Years trading", 12),
        ("Annual revenue (GBP)", 1_450_000),
    ]


def test_sentence_with_a_colon_is_no_pair(pages_of, draw):
    texts = (
        "The board agreed on one thing above all when it met: 12",
        "See the report on page 4: it has 12 parts.",
        "Founded: 1998",
    )
    page = pages_of(draw([(60, 60 + 13 * at, text) for at, text in enumerate(texts)]))[0]
    assert page.tables == ()


def test_single_amount_is_read(table_of):
    table = table_of(("Amount received", "£85.00"), columns=[400], titles=["Receipt"])
    assert pairs(table) == [("Amount received", Decimal("85.00"), "GBP")]


def test_spans_of_returns_head_their_columns(table_of):
    table = table_of(
        ("", "1 month", "1 year", "3 years"),
        ("Fund", "0.41", "6.12", "(0.94)"),
        ("Index", "0.38", "5.48", "(1.21)"),
        columns=[300, 385, 470],
        titles=["Performance (%)"],
    )
    assert [cell.column for cell in table.rows[0].cells] == ["1 month", "1 year", "3 years"]
