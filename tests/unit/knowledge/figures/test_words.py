"""Labels, headers and questions in one form, whatever language they are in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures.words import MAX_CHARACTERS, plain, stems_in, stems_of_all, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Umsatzerlöse", "umsatzerloese"),
        ("Jahresüberschuß", "jahresueberschuss"),
        ("Résultat net", "resultat net"),
        ("cost — plan", "cost   plan"),
        ("Año", "ano"),
    ],
)
def test_text_is_brought_to_the_letters_a_to_z(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Net sales (Note 2):", ("net", "sales")),
        ("Chiffre d'affaires", ("chiffre", "affaires")),
        ("the company's revenue", ("the", "company", "revenue")),
        ("Research & development", ("research", "development")),
        ("Non-current assets", ("non-current", "assets")),
        ("Gross margin %", ("gross", "margin", "%")),
        ("Sales—", ("sales",)),
        ("", ()),
        ("( ) : -", ()),
    ],
)
def test_words_have_no_brackets_and_marks(text, words):
    assert words_of(text) == words


def test_stems_leave_out_stop_words_and_figures():
    assert stems_in("What were the net sales of 2022?") == stems_in("net sale")
    assert stems_in("der Umsatz des Konzerns") == stems_in("Umsatz Konzern")


def test_stems_of_several_texts_are_one_set():
    assert stems_of_all(["net sales", "sales of pumps"]) == stems_in("net sales pumps")
    assert stems_of_all([]) == frozenset()


def test_long_text_is_cut():
    assert len(plain("a" * 5000)) <= MAX_CHARACTERS


@given(st.text(max_size=200))
def test_any_text_has_words_of_plain_letters(text):
    for word in words_of(text):
        assert word.isascii()
        assert word == word.lower()
        assert word.strip("-") == word
