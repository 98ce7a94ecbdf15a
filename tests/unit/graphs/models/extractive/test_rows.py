from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.models.extractive.passages import Passage, parse_passages
from graphs.models.extractive.rows import Row, read_rows, words_of


def rows(text: str, document: str = "VANTOR_2022_10K.pdf") -> list[Row]:
    return list(read_rows(Passage(1, document, 1, text)))


def shape(row: Row) -> tuple[str, list[Decimal], list[int]]:
    return row.label, [c.value for c in row.cells], [c.year for c in row.columns]


LAYOUTS = {
    "inline": "Years ended June 30, 2022 2021\nTotal sales $1,234 ($56)",
    "dollar apart": "June 30, 2022 June 30, 2021\nTotal sales $ 1,234  $ (56)",
    "two dates": "At December 31, 2022  At December 31, 2021\nTotal sales   1,234     (56 )",
    "a cell a line": "2022\n2021\nTotal sales\n$\n1,234\n \n(56)",
    "header a cell a line": "December 31,\n2022\n2021\nTotal sales 1,234 (56)",
    "cells before the next label": "2022 \xa0 2021 Assets\nTotal sales\n1,234 \xa0 (56) Debt\n1 2",
    "footnote": "2022 2021\nTotal sales (1) 1,234 (56)",
    "note": "2022 2021\nTotal sales (Notes 1 and 3) 1,234 (56)",
    "percent columns": "2022 2021 % Change\nTotal sales $1,234 $(56) 4.5%",
    "wrapped label": "2022 2021\nTotal\nsales 1,234 (56)",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_row_is_read_in_every_layout(layout):
    row = rows(LAYOUTS[layout])[0]
    assert words_of(row.label) == "total sales"
    assert [c.value for c in row.cells] == [Decimal(1234), Decimal(-56)]
    assert [c.year for c in row.columns] == [2022, 2021]


def test_a_dash_is_nil_and_a_percent_is_no_amount():
    row, rate = rows("2022 2021\nOther income — 5\nTax rate 21.5 % 20.0 %")
    assert [c.value for c in row.cells] == [0, 5]
    assert all(cell.percent for cell in rate.cells)


def test_an_unlabelled_subtotal_does_not_join_the_row_above():
    text = "2022 2021\nCosts (3) (4)\n7 8\nOther 1 2"
    assert [shape(r)[:2] for r in rows(text)] == [("Costs", [-3, -4]), ("Other", [1, 2])]


def test_durations_stand_above_their_years():
    dates = "June 30, 2022  June 30, 2021  June 30, 2022  June 30, 2021"
    text = f"Three Months Ended  Six Months Ended\n{dates}\nSales 1 2 3 4"
    assert [(c.year, c.months) for c in rows(text)[0].columns] == [
        (2022, 3), (2021, 3), (2022, 6), (2021, 6),
    ]  # fmt: skip


def test_a_january_year_end_follows_the_name_of_the_document():
    text = "January 28, 2023  January 29, 2022\nSales 1 2"
    assert shape(rows(text, "OAKEN_2023_10K.pdf")[0])[2] == [2023, 2022]
    assert shape(rows(text, "OAKEN_2022_10K.pdf")[0])[2] == [2022, 2021]


@pytest.mark.parametrize(
    ("caption", "scale"),
    [
        ("(in thousands)", "thousand"),
        ("(Dollars\nin\nmillions)", "million"),
        ("In Billions", "billion"),
        ("", ""),
    ],
)
def test_the_caption_gives_the_scale(caption, scale):
    assert rows(f"{caption}\n2022 2021\nSales 1 2")[0].scale == scale


def test_prose_around_a_year_is_no_row():
    assert rows("We opened two plants as of December 31, 2022\nand closed one in 2021") == []


amounts = st.integers(-999_999, 999_999)
labels = st.lists(
    st.sampled_from(["Other", "Deferred", "Income", "Plant", "Rent"]), min_size=1, max_size=3
)


def printed(value: int, dollar: bool) -> str:
    body = f"{abs(value):,}"
    sign = "$" if dollar else ""
    return f"{sign}({body})" if value < 0 else f"{sign}{body}"


@given(
    st.lists(st.tuples(labels, st.lists(amounts, min_size=3, max_size=3)), min_size=1, max_size=6),
    st.booleans(),
    st.sampled_from([" ", "  ", " \xa0 ", "\n"]),
)
def test_generated_tables_come_back(table, dollar, gap):
    lines = [
        " ".join(label) + gap + gap.join(printed(v, dollar) for v in values)
        for label, values in table
    ]
    read = rows("(In millions)\nFiscal Year\n2022 2021 2020\n" + "\n".join(lines))
    assert [shape(row) for row in read] == [
        (" ".join(label), [Decimal(v) for v in values], [2022, 2021, 2020])
        for label, values in table
    ]


@given(st.text(alphabet="ab$(1,.-)% \n<>/—'\"", max_size=400))
def test_any_text_is_read_and_quoted_word_for_word(text):
    whole = " ".join(text.split())
    for row in rows(text):
        assert row.quote in whole


@given(st.text(max_size=300))
def test_any_tool_result_is_read(text):
    assert all(p.text in text for p in parse_passages(text))


def test_passages_are_cut_at_their_ends_and_keep_escapes():
    content = (
        '<passage id="3" document="A_2022.pdf" page="5">\none <\\/passage two\n</passage>\n'
        '<passage id="5" document="C.pdf" page="1" version="2">\ncorrected\n</passage>\n'
        '<passage id="4" document="B.pdf" page="6">\nthree'
    )
    only, later = parse_passages(content)
    assert (only.id, only.document, only.page) == (3, "A_2022.pdf", 5)
    assert only.text == "one <\\/passage two"
    assert (later.id, later.document, later.page, later.text) == (5, "C.pdf", 1, "corrected")
    assert parse_passages("No passage matches.") == []
