"""Printed figures as values and units; notes as scales; and no text trips the parsers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.pdf.tables.figures import parse_figure
from knowledge.pdf.tables.segments import segments_of
from knowledge.pdf.tables.units import Surroundings, UnitNote, unit_and_scale, unit_note
from knowledge.pdf.tokens import text_line
from knowledge.pdf.words import Word

FIGURE_LIKE = st.text(alphabet="0123456789.,()$%-\u2014x \u00a0", max_size=12)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,404", "1404", None),
        ("$(1,404)", "-1404", "USD"),
        ("($8.30)", "-8.30", "USD"),
        ("12.5%", "12.5", "percent"),
        ("(5.3)%", "-5.3", "percent"),
        ("\u2014", "0", None),
        ("\u20ac5", "5", "EUR"),
        (".75", "0.75", None),
    ],
)
def test_a_figure_has_a_value_and_its_printed_unit(text, value, unit):
    figure = parse_figure(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["", "Note", "1,40", "12a", "1.2.3", "(a)", "9" * 31])
def test_what_is_no_figure_is_none(text):
    assert parse_figure(text) is None


@pytest.mark.parametrize(
    ("text", "scale", "share_scale"),
    [
        ("(in millions)", 10**6, 10**6),
        ("(in thousands, except per share data)", 1000, 1000),
        ("(in thousands, except share and per share data)", 1000, 1),
        ("(in millions, except number of shares, which are reflected in thousands)", 10**6, 1000),
        ("$ in billions", 10**9, 10**9),
        ("(000s omitted)", 1000, 1000),
        ("", 1, 1),
    ],
)
def test_a_note_says_the_scale(text, scale, share_scale):
    note = unit_note(text)
    assert (note.scale, note.share_scale) == (scale, share_scale)


@pytest.mark.parametrize(
    ("label", "column", "unit", "scale"),
    [
        ("Net revenue", "2022", "USD", 1000),
        ("Diluted earnings per share", "2022", "USD/share", 1),
        ("Weighted-average diluted shares", "2022", "shares", 1000),
        ("Net revenue", "% Change", "percent", 1),
        ("Shares issued under employee plans", "Paid-in capital", "USD", 1000),
        ("Common stock, $0.10 par value: 500 shares issued", "2022", "USD", 1000),
    ],
)
def test_row_and_column_name_the_unit(label, column, unit, scale):
    note = unit_note("(in thousands, except per share data)")
    around = Surroundings(label, (), column, note, is_percent_column=False, is_money_table=True)
    assert unit_and_scale(None, around) == (unit, scale)


@given(st.one_of(st.text(max_size=40), FIGURE_LIKE))
def test_no_text_trips_the_parsers(text):
    figure = parse_figure(text)
    assert figure is None or figure.value.is_finite()
    assert unit_note(text).scale in {1, 1000, 10**6, 10**9}
    around = Surroundings(
        text, (text,), text, UnitNote(), is_percent_column=False, is_money_table=False
    )
    assert unit_and_scale(None, around)[1] >= 1


@given(st.lists(st.one_of(FIGURE_LIKE, st.text(max_size=8)).filter(bool), min_size=1, max_size=8))
def test_no_line_trips_the_cutting(texts):
    words = [
        Word(text, 40.0 * at, 0.0, 40.0 * at + 20, 10.0, 10.0, bold=False, spaced=True)
        for at, text in enumerate(texts)
    ]
    line = text_line(words)
    assert sum(len(segment.tokens) for segment in segments_of(line)) == len(line.tokens)
