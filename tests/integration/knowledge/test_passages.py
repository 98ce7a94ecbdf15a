"""What a reader of a passage is handed: each figure with its label, period, unit and scale."""

import json
from collections import defaultdict

import pytest

from evals.filings.dataset import write_dataset
from knowledge.chunking.chunker import MAX_TOKENS, Chunker
from knowledge.chunking.wording import SCALE_WORDS
from knowledge.embeddings.model import tokenizer_file
from knowledge.pdf.reader import read_pages
from knowledge.places import boxes_of

FOUND = 0.98
SCALES = {"ones": 1, "thousands": 1000, "millions": 10**6}


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return write_dataset(tmp_path_factory.mktemp("samples")).folder


@pytest.fixture(scope="module")
def chunks(samples):
    """By filing and page, of every sample filing, with its pages."""
    chunker = Chunker(tokenizer_file())
    found = {}
    for path in sorted((samples / "pdfs").glob("*.pdf")):
        pages = list(read_pages(path))
        by_page = defaultdict(list)
        for chunk in chunker.chunk(pages, "Headline"):
            by_page[chunk.page].append(chunk)
        found[path.stem] = {page.number: (page, by_page[page.number]) for page in pages}
    return found


def is_in_words(chunks, figure):
    """Whether a row of a passage prints the figure, and says its period, unit and scale."""
    scale = SCALE_WORDS.get(SCALES[figure["scale"]], "")
    said = f"{figure['printed']} {figure['unit']} {scale}".strip()
    label = figure["row_label"].rsplit(": ", 1)[0]
    for chunk in chunks:
        for row in (chunk.table or "").splitlines():
            head, *cells = row.split(" | ")
            if label in head and any(
                cell.startswith(f"{figure['period']}: ") and cell.endswith(said) for cell in cells
            ):
                return True
    return False


def test_nearly_every_figure_stands_in_a_passage_with_what_it_means(samples, chunks):
    lines = (samples / "figures.jsonl").read_text(encoding="utf-8").splitlines()
    figures = [json.loads(line) for line in lines]
    missed = [
        (figure["doc_name"], figure["statement"], figure["row_label"], figure["printed"])
        for figure in figures
        if not is_in_words(chunks[figure["doc_name"]][figure["page"] + 1][1], figure)
    ]
    assert len(figures) > 3000
    assert 1 - len(missed) / len(figures) >= FOUND, missed[:20]


def test_every_chunk_lies_in_its_section_and_its_passage(chunks):
    for filing in chunks.values():
        for page, of_page in filing.values():
            for chunk in of_page:
                assert chunk.text == page.text[chunk.start : chunk.end]
                assert chunk.passage_start <= chunk.start < chunk.end <= chunk.passage_end
                sections = [s for s in page.sections if s.start <= chunk.passage_start < s.end]
                assert [" > ".join(s.path) for s in sections] == [chunk.section]


def test_the_model_reads_every_chunk_whole_with_its_filing(chunks):
    pieces = Chunker(tokenizer_file()).pieces
    for filing in chunks.values():
        for _, of_page in filing.values():
            assert all(pieces.count(chunk.embedded) <= MAX_TOKENS for chunk in of_page)
            assert all(chunk.embedded.startswith("Headline") for chunk in of_page)


def test_a_figure_is_traced_back_to_its_own_box(chunks):
    page, _ = next(iter(chunks.values()))[14]
    cells = [cell for table in page.tables for row in table.rows for cell in row.cells]
    assert cells
    for cell in cells:
        assert boxes_of(page, cell.start, cell.end) == [cell.box]
    line = page.lines[0]
    assert boxes_of(page, line.start, line.end)[0] == line.box
