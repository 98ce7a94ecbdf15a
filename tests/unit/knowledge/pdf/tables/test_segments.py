"""Lines are cut into labels and figures, however a figure is printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.pdf.tables.number_styles import COMMA, NumberStyle
from knowledge.pdf.tables.segments import segments_of
from knowledge.pdf.tokens import text_line
from knowledge.pdf.words import Word

WIDE, NEAR = 40.0, 3.0
FRENCH = NumberStyle(COMMA, has_blanks=True)
FIGURE_LIKE = st.text(alphabet="0123456789.,()$%-\u2014x \u00a0", max_size=12)


def line_of(*pieces):
    """A line of pieces that stand far apart; the words of one, split at blanks, stand near."""
    words, left = [], 0.0
    for piece in pieces:
        for text in piece.split(" "):
            right = left + 5.0 * len(text)
            words.append(Word(text, left, 0.0, right, 10.0, 10.0, bold=False, spaced=True))
            left = right + NEAR
        left += WIDE
    return text_line(words)


def values(line, style=None):
    return [
        segment.figure.value if segment.figure else None
        for segment in (segments_of(line, style) if style else segments_of(line))
    ]


def test_blanks_group_digits_where_the_document_says_so():
    line = line_of("Ventes", "1 234,56", "(12 001)", "7 000 000")
    assert values(line, FRENCH) == [None, Decimal("1234.56"), -12001, 7_000_000]


def test_blanks_part_figures_in_other_documents():
    assert values(line_of("Sales", "1 234")) == [None, 1, 234]


@pytest.mark.parametrize(
    ("printed", "value", "unit", "scale"),
    [
        ("EUR 1,234", 1234, "EUR", None),
        ("12.5 million", Decimal("12.5"), None, 10**6),
        ("4.5 Mio. \u20ac", Decimal("4.5"), "EUR", 10**6),
        ("\u20b950 crore", 50, "INR", 10**7),
        ("\u2013 418", -418, None, None),
        ("31.50 DR", Decimal("-31.50"), None, None),
        ("7.5 pence", Decimal("7.5"), "pence", None),
    ],
)
def test_a_figure_printed_in_several_words(printed, value, unit, scale):
    figure = segments_of(line_of("Label", printed))[1].figure
    assert (figure.value, figure.unit, figure.scale) == (value, unit, scale)


def test_a_range_is_no_negative_figure():
    assert values(line_of("Rates", "0.5% \u2013 4.1%"))[1:] == [Decimal("0.5"), 0, Decimal("4.1")]


def test_a_currency_that_stands_apart_goes_with_its_figure():
    segments = segments_of(line_of("Total", "CHF", "1'234.50"))
    assert [segment.text for segment in segments] == ["Total", "CHF 1'234.50"]
    assert segments[1].figure.unit == "CHF"


def test_a_dollar_behind_a_figure_is_the_next_ones():
    segments = segments_of(line_of("Total", "1,686 (c)", "$ 1,740"))
    assert [segment.figure.unit for segment in segments[1:]] == [None, "$"]


def test_an_unreadable_figure_keeps_its_place():
    segments = segments_of(line_of("Sales", "12,34.5", "1,180"))
    assert [(s.is_unreadable, s.is_cell) for s in segments] == [
        (False, False),
        (True, True),
        (False, True),
    ]


def test_cr_may_mean_crore():
    figure = segments_of(line_of("Sales", "1,234 Cr"))[1].figure
    assert figure.doubt == "Cr may mean crore or credit"


@given(st.lists(st.one_of(FIGURE_LIKE, st.text(max_size=8)).filter(bool), min_size=1, max_size=8))
def test_no_line_trips_the_cutting(texts):
    words = [
        Word(text, 40.0 * at, 0.0, 40.0 * at + 20, 10.0, 10.0, bold=False, spaced=True)
        for at, text in enumerate(texts)
    ]
    line = text_line(words)
    for style in (NumberStyle(), FRENCH):
        assert sum(len(s.tokens) for s in segments_of(line, style)) == len(line.tokens)


@pytest.mark.parametrize(("size", "bottom"), [(6.0, 6.0), (6.5, 9.4)])
def test_a_small_mark_that_touches_a_figure_is_no_digit_of_it(size, bottom):
    words = [
        Word("Sales", 0.0, 0.0, 25.0, 10.0, 10.0, bold=False, spaced=False),
        Word("187", 80.0, 0.0, 95.0, 10.0, 10.0, bold=False, spaced=True),
        Word("1", 95.2, bottom - size, 98.0, bottom, size, bold=False, spaced=False),
    ]
    segments = segments_of(text_line(words))
    assert segments[1].figure.value == 187
    assert segments[1].figure_span == (7, 10)


def test_a_currency_behind_an_amount_is_not_the_next_ones():
    words = [
        Word(text, left, 0.0, left + 5 * len(text), 10.0, 10.0, bold=False, spaced=True)
        for text, left in (("Sales", 0), ("5,5", 80), ("\u20ac", 98), ("6,5", 140), ("\u20ac", 158))
    ]
    segments = segments_of(text_line(words), NumberStyle(COMMA))
    assert [(s.figure.value, s.figure.unit) for s in segments[1:]] == [
        (Decimal("5.5"), "EUR"),
        (Decimal("6.5"), "EUR"),
    ]
