"""Text comes out storable, whatever fonts hold."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.pdf.bidi import in_reading_order
from knowledge.pdf.characters import clean
from knowledge.pdf.tokens import text_line
from knowledge.pdf.words import Word


def word(text: str, left: float) -> Word:
    return Word(text, left, 0.0, left + 5 * len(text), 10.0, 10.0, bold=False, spaced=True)


def test_ligatures_and_soft_hyphens_are_resolved():
    assert clean("e\ufb03cient \ufb02ow") == "efficient flow"
    assert clean("re\u00advenue") == "revenue"
    assert clean("\u00ad12") == "-12"


def test_nul_and_lone_surrogates_are_replaced():
    assert clean("a\0b") == "a\ufffdb"
    assert clean("a\ud800b") == "a\ufffdb"
    assert clean("\ud83d\ude00") == "\N{GRINNING FACE}"


@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_any_text_becomes_storable(text):
    cleaned = clean(text)
    assert "\0" not in cleaned
    cleaned.encode()


def test_hebrew_is_read_from_right_to_left():
    seen = [word("\u05d2\u05d3", 0), word("\u05d0\u05d1", 20)]
    assert [one.text for one in in_reading_order(seen)] == ["\u05d0\u05d1", "\u05d2\u05d3"]


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=8))
def test_any_words_make_a_line(texts):
    line = text_line([word(text, 60.0 * at) for at, text in enumerate(texts)])
    for token in line.tokens:
        assert line.text[token.start : token.end] == token.text
