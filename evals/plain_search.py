"""The way that most tutorials show, to compare with: pypdf, a splitter, MiniLM, cosine."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from core.errors import CopilotError
from evals.examples import Example, PageRef
from evals.store import Store
from evals.suite import Suite
from evals.suites.retrieval import RETRIEVAL
from evals.targets.searching import PAGES, Found, Ranked

CHUNK_CHARACTERS, OVERLAP_CHARACTERS = 1000, 200


class BaselineMissingError(CopilotError):
    """The baseline's own libraries aren't installed."""

    status = 500
    type = "baseline-missing"


@dataclass(frozen=True)
class PlainSearch:
    """All chunks of a dataset in memory: exact, so no index loses anything."""

    embeddings: Embeddings
    pages: tuple[PageRef, ...]
    """Of each chunk."""
    vectors: NDArray[np.float32]
    """Unit vectors, `(n_chunks, 384)`."""

    @classmethod
    def of(cls, pdfs: Sequence[Path], embeddings: Embeddings, folder: Path | None) -> "PlainSearch":
        """Read, split and embed; with a folder, vectors that were made before are read from it."""
        pages: list[PageRef] = []
        vectors = [np.zeros((0, 384), np.float32)]
        for pdf in pdfs:
            chunks = list(_chunks(pdf))
            pages += [PageRef(pdf.name, page) for page, _ in chunks]
            vectors.append(_embed([text for _, text in chunks], embeddings, folder))
        return cls(embeddings, tuple(pages), np.vstack(vectors))

    def search(self, question: str, document: str | None) -> list[PageRef]:
        """Distinct pages, best first, of one document or of all."""
        similarity = self.vectors @ np.asarray(self.embeddings.embed_query(question), np.float32)
        order = np.argsort(-similarity, kind="stable")
        found = (self.pages[at] for at in order)
        return list(dict.fromkeys(page for page in found if document in (None, page.document)))


def plain_retrieval(plain: PlainSearch) -> Suite[Found]:
    """The suite `retrieval`, of the plain way."""

    async def find(_store: Store, example: Example) -> Found:
        start = time.perf_counter()
        everywhere = plain.search(example.question, None)
        seconds = time.perf_counter() - start
        own = plain.search(example.question, example.document)
        return Found(
            seconds=seconds,
            own_document=Ranked(pages=tuple(own[:PAGES])),
            all_documents=Ranked(pages=tuple(everywhere[:PAGES])),
        )

    return replace(RETRIEVAL, target=find)


def _chunks(pdf: Path) -> Iterator[tuple[int, str]]:
    try:
        from langchain_text_splitters import (  # noqa: PLC0415  # a development extra
            RecursiveCharacterTextSplitter,
        )
    except ImportError as error:
        raise BaselineMissingError(
            "The baseline needs langchain-text-splitters: pip install -e '.[dev]'."
        ) from error
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS
    )
    try:
        texts = [page.extract_text() for page in PdfReader(pdf).pages]
    except PyPdfError:
        return  # a broken sample: nothing to find in it
    for number, text in enumerate(texts, start=1):
        for part in splitter.split_text(text):
            yield number, part


def _embed(
    texts: Sequence[str], embeddings: Embeddings, folder: Path | None
) -> NDArray[np.float32]:
    digest = hashlib.sha256("\x00".join(texts).encode("utf-8", "replace")).hexdigest()[:24]
    kept = folder / f"plain-{digest}.npy" if folder else None
    if kept and kept.is_file():
        vectors: NDArray[np.float32] = np.load(kept)
        return vectors
    vectors = np.asarray(embeddings.embed_documents(list(texts)), np.float32).reshape(-1, 384)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, vectors)
    return vectors
