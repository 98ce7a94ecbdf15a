"""What the embedding model is given: whole, in order, of one page, and never cut by the model."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.chunking.chunker import MAX_TOKENS, OVERLAP_TOKENS, PROSE_TOKENS, Chunker
from knowledge.embeddings.model import tokenizer_file
from knowledge.pages import Box, Cell, Page, Row, Section, Table

MODEL_READS = 254
"""Word pieces of all-MiniLM-L6-v2's 256 that are not its own."""

TABLE_LINES = st.lists(
    st.sampled_from(["Net revenue", "48,215", "(1,234)", "—", "$", "%", "fiscal 2024"]), max_size=9
).map("   ".join)
LONG_WORDS = st.text("abcdefgh0123456789", min_size=40, max_size=900)
SCRIPTS = st.sampled_from(
    [
        "営業収益は前年比で増加した",
        "اجمالي الايرادات للسنة المالية",
        "רווח נקי",
        "é" * 30,
        "e\u0301\u0308\u0323" * 40,
        "👩‍👩‍👧‍👦🏳️‍🌈" * 20,
        "\u200b\u200d\ufeff",
        "ﬁnancial ﬂows Å ß İ",
        "a\x0bb\x0cc\x1cd\x85e\u2028f",
    ]
)
PIECES = st.one_of(st.text(max_size=80), TABLE_LINES, LONG_WORDS, SCRIPTS)
TEXTS = st.tuples(st.lists(PIECES, max_size=40), st.sampled_from(["\n", " ", "", "\r\n"])).map(
    lambda drawn: drawn[1].join(drawn[0])
)


def page(text, number=1, **parts):
    return Page(number, 612, 792, text, **parts)


@pytest.fixture(scope="module")
def chunker() -> Chunker:
    return Chunker(tokenizer_file())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXTS, max_size=3))
def test_chunks_are_slices_that_cover_every_page(chunker, texts):
    pages = [page(text, number) for number, text in enumerate(texts, start=1)]
    chunks = list(chunker.chunk(pages))
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    assert [chunk.page for chunk in chunks] == sorted(chunk.page for chunk in chunks)
    for read in pages:
        own = [chunk for chunk in chunks if chunk.page == read.number]
        assert all(chunk.text == read.text[chunk.start : chunk.end] for chunk in own)
        assert all(chunk.text.strip() for chunk in own)
        starts, ends = [c.start for c in own], [c.end for c in own]
        assert starts == sorted(set(starts))
        assert ends == sorted(set(ends))
        covered = set().union(*(range(c.start, c.end) for c in own))
        lost = [c for at, c in enumerate(read.text) if at not in covered and not c.isspace()]
        assert not lost


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_the_model_reads_a_chunk_whole(chunker, text):
    for chunk in chunker.chunk([page(text)]):
        assert chunker.pieces.count(chunk.embedded) <= MODEL_READS


@pytest.mark.parametrize("text", ["", " \n\t ", "\u2028\n"])
def test_a_blank_page_gives_no_chunk(chunker, text):
    assert list(chunker.chunk([page(text)])) == []


def test_a_page_that_fits_is_one_chunk_without_its_margins(chunker):
    (chunk,) = chunker.chunk([page("\n  Revenue 12\nCost 7  \n\n", 3)])
    assert (chunk.page, chunk.text) == (3, "Revenue 12\nCost 7")


def test_chunks_end_at_lines_and_repeat_the_last_few(chunker):
    lines = [f"Line item number {n} was 1,000 in the period" for n in range(100)]
    chunks = list(chunker.chunk([page("\n".join(lines))]))
    assert len(chunks) > 3
    for before, after in pairwise(chunks):
        shared = before.end - after.start
        assert shared > 0
        assert 0 < chunker.pieces.count(before.text[-shared:]) <= OVERLAP_TOKENS
        assert before.text.splitlines()[-1] in lines
        assert after.text.splitlines()[0] in lines
        assert chunker.pieces.count(before.text) <= PROSE_TOKENS


def test_one_long_line_is_cut_at_words(chunker):
    text = "revenue " * 1000
    chunks = list(chunker.chunk([page(text)]))
    assert len(chunks) >= 1000 // MAX_TOKENS
    assert all(chunk.text.split() == ["revenue"] * len(chunk.text.split()) for chunk in chunks)


BOX = Box(0, 0, 1, 1)


def table_page(rows, *, before="", after=""):
    """A page whose middle is a table of `label  figure` rows, in millions of dollars."""
    text = before
    made = []
    for label, figure in rows:
        start = len(text)
        text += f"{label}  {figure}\n"
        at = start + len(label) + 2
        cell = Cell(figure, 0, at, at + len(figure), BOX, "2023", "FY2023", "USD", 1_000_000)
        made.append(Row(start, len(text) - 1, label, ("Current assets",), (cell,)))
    table = Table(len(before), len(text), "Balance Sheets (in millions)", False, tuple(made))
    return page(text + after, tables=(table,))


def test_a_table_that_fits_is_one_chunk_with_its_rows_in_words(chunker):
    (chunk,) = chunker.chunk([table_page([("Inventories", "12"), ("Cash", "7")])], "Acme 10-K")
    assert chunk.text == "Inventories  12\nCash  7"
    assert "Current assets: Inventories | FY2023: 12 USD million" in chunk.table.splitlines()
    assert chunk.embedded.startswith("Acme 10-K. Balance Sheets (in millions), FY2023")
    assert "12" not in chunk.embedded.replace("FY2023", "")


def test_a_long_table_is_cut_between_rows_and_each_part_keeps_its_title(chunker):
    rows = [(f"Line item with a rather long label {n}", "1") for n in range(90)]
    chunks = list(chunker.chunk([table_page(rows)]))
    assert len(chunks) > 2
    assert all(chunk.table.startswith("Balance Sheets (in millions)") for chunk in chunks)
    assert all(chunker.pieces.count(chunk.embedded) <= MODEL_READS for chunk in chunks)
    said = [line for chunk in chunks for line in chunk.table.splitlines() if "|" in line]
    assert len(said) == len(rows)
    assert len({(chunk.passage_start, chunk.passage_end) for chunk in chunks}) == 1


def test_a_heading_in_front_of_a_table_is_part_of_it(chunker):
    (chunk,) = chunker.chunk([table_page([("Cash", "7")], before="Liquid funds\n")])
    assert chunk.text == "Liquid funds\nCash  7"
    assert chunk.table.startswith("Liquid funds")


def test_no_chunk_crosses_a_section(chunker):
    text = "Revenue rose.\nLeases are long.\n"
    cut = text.index("Leases")
    sections = (Section(0, cut, ("Item 7",)), Section(cut, len(text), ("Note 12", "Leases")))
    first, second = chunker.chunk([page(text, sections=sections)])
    assert (first.text, first.section) == ("Revenue rose.", "Item 7")
    assert (second.text, second.section) == ("Leases are long.", "Note 12 > Leases")
    assert second.embedded.startswith("Note 12. Leases\n")
    assert (second.passage_start, second.passage_end) == (cut, len(text))
