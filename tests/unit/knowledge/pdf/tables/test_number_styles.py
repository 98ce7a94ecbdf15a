"""A document's unambiguous figures say how the others are meant."""

import pytest

from knowledge.pdf.tables.number_styles import (
    COMMA,
    POINT,
    NumberEvidence,
    evidence_of,
    style_of,
)

NOTHING = NumberEvidence()


@pytest.mark.parametrize(
    ("text", "decimal", "has_blanks"),
    [
        ("Umsatz 1.234,5 1.180,2 Ergebnis 98,4 Steuern 1.111", COMMA, False),
        ("Sales 1,234.5 1,180.2 profit 98.4 tax 1,111", POINT, False),
        ("Ventes 1 234,5 1 180,2 2 998,4 1 111", COMMA, True),
        ("Ertrag 1'234.50 1'180.20", POINT, False),
        ("Revenue 1,23,456.78 98,912.40", POINT, False),
        ("Total 2.468.013 3.579.124", COMMA, False),
    ],
)
def test_unambiguous_figures_decide(text, decimal, has_blanks):
    style = style_of(evidence_of(text), NOTHING)
    assert (style.decimal, style.is_sure, style.has_blanks) == (decimal, True, has_blanks)


def test_sections_dates_and_lists_of_notes_decide_nothing():
    text = "Siehe 2.3 und 4.1 vom 31.12.2023; notes 5,6 and 7,8; section 1.2.3"
    assert evidence_of(text).decimal() is None


def test_a_page_without_evidence_follows_its_document():
    document = evidence_of("Umsatz 1.234,5 1.180,2")
    assert style_of(evidence_of("Umsatz 1.234 1.180"), document).decimal == COMMA


def test_a_clear_page_differs_from_its_document():
    document = evidence_of("Umsatz 1.234,5 1.180,2 3.210,9")
    assert style_of(evidence_of("Sales 1,234.5 1,180.2"), document).decimal == POINT


def test_figures_that_contradict_each_other_decide_nothing():
    text = "1.234,5 1.180,2 and 1,234.5 1,180.2"
    assert evidence_of(text).decimal() is None


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("Der Umsatz und die Kosten der Gruppe 1.234", COMMA), ("The cost of the group 1,234", POINT)],
)
def test_without_evidence_the_language_guesses(text, decimal):
    style = style_of(evidence_of(text), NOTHING)
    assert (style.decimal, style.is_sure) == (decimal, False)
