"""References to notes never become figures, whatever their column is called."""

from decimal import Decimal

import pytest

from knowledge.pdf.tables.note_column import is_reference

COLUMNS = [300, 380, 460]


def values(table):
    return [[cell.value for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("word", ["Note", "Notes", "Anmerkung", "Anhang", "Ref", "Nota"])
def test_note_column_is_left_out_under_each_of_its_names(table_of, word):
    table = table_of(
        ("", word, "2023", "2022"),
        ("Inventories", "14", "512", "480"),
        ("Cash", "16", "99", "87"),
        columns=COLUMNS,
        titles=["Statement of financial position", "as at 31 March 2023"],
    )
    assert [row.label for row in table.rows] == ["Inventories", "Cash"]
    assert values(table) == [[512, 480], [99, 87]]
    assert [cell.column for cell in table.rows[0].cells] == ["2023", "2022"]


@pytest.mark.parametrize(
    "reference", ["14", "4.1", "3, 5", "12(a)", "(7)", "3 & 5", "10-12", "IV.2"]
)
def test_references_of_all_shapes_leave_label_and_figures_alone(table_of, reference):
    table = table_of(
        ("", "Note", "2023", "2022"),
        ("Inventories", reference, "512", "480"),
        ("Cash", "16", "99", "87"),
        columns=COLUMNS,
    )
    assert [row.label for row in table.rows] == ["Inventories", "Cash"]
    assert values(table) == [[512, 480], [99, 87]]


def test_row_of_a_reference_alone_is_a_heading(table_of):
    table = table_of(
        ("", "Note", "2023", "2022"),
        ("Current assets", "14", None, None),
        ("Cash", "16", "99", "87"),
        ("Debtors", "17", "45", "41"),
        columns=COLUMNS,
    )
    assert [(row.group, row.label) for row in table.rows] == [
        (("Current assets",), "Cash"),
        (("Current assets",), "Debtors"),
    ]


def test_column_of_amounts_called_notes_is_kept(table_of):
    table = table_of(
        ("", "Notes", "Leases", "Total"),
        ("Opening balance", "5,120", "640", "5,760"),
        ("Closing balance", "4,870", "610", "5,480"),
        columns=COLUMNS,
    )
    assert values(table)[0] == [Decimal(5120), Decimal(640), Decimal(5760)]


def test_units_below_the_years_are_no_figures(table_of):
    table = table_of(
        ("", None, "2023", "2022"),
        ("", "Notes", "€000", "€000"),
        ("Inventories", "14", "512", "480"),
        ("Cash", "16", "99", "87"),
        columns=COLUMNS,
    )
    assert values(table) == [[512, 480], [99, 87]]
    assert [cell.column for cell in table.rows[0].cells] == ["2023 €000", "2022 €000"]


@pytest.mark.parametrize("text", ["", "1,234", "512", "12.50%", "2023", "Total", "1" * 30])
def test_what_is_no_reference(text):
    assert not is_reference(text)
