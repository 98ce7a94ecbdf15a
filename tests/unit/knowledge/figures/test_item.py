"""What an item asks for: concepts, and the words that narrow it."""

import pytest

from knowledge.figures.item import read_item, telling_stems
from knowledge.figures.words import stems_in


def flags(text):
    item = read_item(text)
    names = (
        "is_adjusted", "is_of_parent", "is_percent", "is_per_share", "counts_shares",
        "wants_restated", "wants_first_reported", "asks_total",
    )  # fmt: skip
    return {name for name in names if getattr(item, name)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("net sales", set()),
        ("adjusted EBITDA", {"is_adjusted"}),
        ("underlying operating profit", {"is_adjusted"}),
        ("pro forma revenue", {"is_adjusted"}),
        ("non-GAAP operating income", {"is_adjusted"}),
        ("organic net sales", {"is_adjusted"}),
        ("bereinigtes EBIT", {"is_adjusted"}),
        ("résultat ajusté", {"is_adjusted"}),
        ("the parent company's total assets", {"is_of_parent", "asks_total"}),
        ("total assets of the company alone", {"is_of_parent", "asks_total"}),
        ("Einzelabschluss Bilanzsumme", {"is_of_parent"}),
        ("Services gross margin percentage", {"is_percent"}),
        ("net interest margin", {"is_percent"}),
        ("effective tax rate", {"is_percent"}),
        ("cost of risk in basis points", {"is_percent"}),
        ("dividends per share", {"is_per_share"}),
        ("EPS", {"is_per_share"}),
        ("Ergebnis je Aktie", {"is_per_share"}),
        ("shares outstanding", {"counts_shares"}),
        ("net sales as restated", {"wants_restated"}),
        ("net sales originally reported", {"wants_first_reported"}),
        ("net sales before it was restated", {"wants_first_reported"}),
        ("total net sales", {"asks_total"}),
    ],
)
def test_qualifier_of_an_item_is_read(text, expected):
    assert flags(text) == expected


def readings(text):
    return [
        (reading.concept.name if reading.concept else None, reading.stems)
        for reading in read_item(text).readings
    ]


def test_concept_comes_first_with_the_words_beside_it():
    assert readings("net sales in Germany") == [
        ("Revenue", stems_in("Germany")),
        (None, stems_in("net sales Germany")),
    ]


def test_item_without_a_concept_is_read_by_its_words():
    assert readings("construction in progress") == [(None, stems_in("construction progress"))]


def test_concept_that_goes_by_another_name_is_read_as_that_one_next():
    names = [name for name, _ in readings("EBIT")]
    assert "Operating income" in names


def test_question_around_an_item_tells_nothing():
    asked = readings("What was the amount of net sales that the company reported in millions?")
    assert asked[0] == ("Revenue", frozenset())


@pytest.mark.parametrize(
    "word", ["adjusted", "deferred", "foundry", "export", "german", "per", "employee", "unaudited"]
)
def test_word_that_narrows_is_kept(word):
    assert telling_stems(("net", word, "sales")) - stems_in("net sales") == stems_in(word)


def test_figures_and_percent_signs_tell_nothing():
    assert telling_stems(("2022", "%", "10-12")) == frozenset()
