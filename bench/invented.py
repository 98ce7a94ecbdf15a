"""Invented filings in bulk: text with a filing's mix of words and figures, and vectors for it.

Words follow Zipf's law over a vocabulary as large as a filing's; vectors lie near a plane of 16
dimensions, as those of text do: evenly spread ones have no near neighbours. Same seed, same rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.embedding_process import WORDS
from knowledge.statements import Statement
from storage.chunks import NewChunk, NewPage
from storage.filings import FilingFacts

Vectors = NDArray[np.float32]
DIMENSIONS, PLANE = 384, 16
WORDS_A_CHUNK, CHUNKS_A_PASSAGE, CHUNKS_A_PAGE, CHUNKS_A_FILING = 200, 2, 4, 500
RARE_WORDS = 6000
TABLES, STATEMENT_CHUNKS = 0.2, 15
SECTIONS = tuple(
    f"{item} > {topic}"
    for item in ("Item 1A. Risk Factors", "Item 7. Discussion and Analysis", "Item 8. Notes")
    for topic in ("Revenue", "Inventories", "Leases", "Goodwill", "Income Taxes", "Debt", "Equity")
)
GRAMMAR = "the of and to in a our we is are by on as or that from which were its be"
FREQUENT = 80
"""Words ahead of those of finance, so that "revenue" stands in a tenth of the chunks."""
STARTS = ("Halv", "Marr", "Tess", "Ord", "Quell", "Brans", "Vint", "Corm", "Dunm", "Eskel")
ENDS = (("orsen", "Pumpworks"), ("owby", "Stores"))
YEARS = range(2015, 2025)


@dataclass(frozen=True)
class InventedFiling:
    """One document's current version to be."""

    name: str
    facts: FilingFacts
    chunks: list[NewChunk]
    pages: list[NewPage]


def unit_vectors(count: int, seed: int) -> Vectors:
    """Returns: `(count, 384)`."""
    plane = np.random.default_rng(0).standard_normal((PLANE, DIMENSIONS))
    vectors = np.random.default_rng(seed).standard_normal((count, PLANE)) @ plane
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, np.float32)


def facts() -> list[FilingFacts]:
    """Of 200 annual reports: 20 companies, ten years each."""
    companies = [f"{start}{end} {trade}, Inc." for start in STARTS for end, trade in ENDS]
    return [
        FilingFacts(company=company, form="10-K", fiscal_year=year)
        for company in companies
        for year in YEARS
    ]


def filings(count: int) -> Iterator[InventedFiling]:
    """Annual reports of 500 chunks each, of up to 20 companies and ten years."""
    for seed, each in enumerate(facts()[:count]):
        yield filing(each, CHUNKS_A_FILING, seed)


def filing(facts: FilingFacts, chunks: int, seed: int) -> InventedFiling:
    """Args: chunks: how many."""
    rng = np.random.default_rng(seed)
    made = list(_chunks(rng, unit_vectors(chunks, seed)))
    company = (facts.company or "").split(",")[0].replace(" ", "").upper()
    return InventedFiling(f"{company}_{facts.fiscal_year}_10K.pdf", facts, made, _pages(made))


def _chunks(rng: np.random.Generator, vectors: Vectors) -> Iterator[NewChunk]:
    statements = list(Statement)
    texts = rng.choice(VOCABULARY, (len(vectors), WORDS_A_CHUNK), p=CHANCES)
    start = 0
    for ordinal, vector in enumerate(vectors):
        start = start if ordinal % CHUNKS_A_PAGE else 0
        text = " ".join(texts[ordinal])
        stated = statements[ordinal % len(statements)] if ordinal < STATEMENT_CHUNKS else None
        first = start if ordinal % CHUNKS_A_PASSAGE == 0 else 0
        yield NewChunk(
            ordinal=ordinal,
            page=ordinal // CHUNKS_A_PAGE + 1,
            start=start,
            end=start + len(text),
            content=text,
            embedding=vector,
            passage_start=first,
            passage_end=start + len(text),
            section=str(rng.choice(SECTIONS)),
            statement=stated.value if stated else None,
            table_rows=_table(rng) if stated or rng.random() < TABLES else None,
        )
        start += len(text) + 1


def _pages(chunks: list[NewChunk]) -> list[NewPage]:
    texts: dict[int, list[str]] = {}
    for chunk in chunks:
        texts.setdefault(chunk.page, []).append(chunk.content)
    return [NewPage(page, 612, 792, "\n".join(parts), "{}") for page, parts in texts.items()]


def _table(rng: np.random.Generator) -> str:
    labels = rng.choice(VOCABULARY, (WORDS_A_CHUNK // 10, 3), p=CHANCES)
    figures = rng.integers(100, 99_999, (len(labels), 2))
    return "\n".join(
        f"{' '.join(label)} | {new:,} | {old:,}"
        for label, (new, old) in zip(labels, figures, strict=True)
    )


def _vocabulary() -> list[str]:
    rng = np.random.default_rng(1)
    syllables = [a + b for a in "bcdfglmnprst" for b in ("a", "e", "i", "o", "al", "en", "or")]
    rare = ["".join(rng.choice(syllables, 3)) for _ in range(RARE_WORDS)]
    figures = [f"{figure:,}" for figure in rng.integers(100, 99_999, RARE_WORDS)]
    rest = list(map(str, rng.permutation(rare + figures)))
    return [*GRAMMAR.split(), *rest[:FREQUENT], *WORDS.split(), *rest[FREQUENT:]]


VOCABULARY = np.array(_vocabulary())
_WEIGHTS = 1 / np.arange(1, len(VOCABULARY) + 1) ** 1.1
CHANCES = _WEIGHTS / _WEIGHTS.sum()
