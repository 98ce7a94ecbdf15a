"""Do the words that we read agree with pdfium's own text, page by page?

Unlike other suites it asks no questions: any folder of PDFs will do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from core.errors import InvalidInputError
from evals.evaluators.text_agreement import Agreement, text_agreement
from evals.targets.pdfium_reading import pdfium_text
from knowledge.errors import UnreadableError
from knowledge.pdf.layout import lay_out
from knowledge.pdf.opening import opened

NAME = "reading"
ABOUT = "Whether the words of each page agree with pdfium's own text."
AT_LEAST = 0.998
"""Recall and precision, over all words of all documents."""
WORST_PAGES = 3


@dataclass
class ReadDocument:
    """How one PDF was read."""

    name: str
    agreement: Agreement = field(default_factory=Agreement)
    pages: list[Agreement] = field(default_factory=list)
    failure: str = ""
    """Why it couldn't be opened."""

    def to_json(self) -> dict[str, Any]:
        ranked = sorted(enumerate(self.pages, start=1), key=lambda page: -_differences(page[1]))
        worst = [
            {"page": number, **page.told()}
            for number, page in ranked[:WORST_PAGES]
            if _differences(page)
        ]
        told = {"document": self.name, "pages": len(self.pages), **self.agreement.told()}
        return told | ({"failure": self.failure} if self.failure else {"worst_pages": worst})


@dataclass
class ReadingReport:
    """How a dataset was read."""

    dataset: str
    documents: list[ReadDocument]

    @property
    def agreement(self) -> Agreement:
        total = Agreement()
        for document in self.documents:
            total.add(document.agreement)
        return total

    @property
    def failures(self) -> list[str]:
        """One line for each measure that stops a change."""
        total = self.agreement
        measures = {"recall": total.recall, "precision": total.precision}
        missed = [
            f"{NAME} {name} is {value:.5f}, below its floor of {AT_LEAST}."
            for name, value in measures.items()
            if value < AT_LEAST
        ]
        return missed + [f"{each.name}: {each.failure}" for each in self.documents if each.failure]

    def to_json(self) -> dict[str, Any]:
        return {
            "suite": NAME,
            "dataset": self.dataset,
            **self.agreement.told(),
            "documents": [document.to_json() for document in self.documents],
        }


def pdfs_of(folder: Path) -> tuple[Path, ...]:
    """The PDFs of a dataset folder, with or without questions.

    Raises:
        InvalidInputError: there is none.
    """
    found = sorted((folder / "pdfs").glob("*.pdf")) or sorted(folder.glob("*.pdf"))
    if not found:
        raise InvalidInputError(f"No PDF files found in {folder / 'pdfs'} or {folder}.")
    return tuple(found)


def read_documents(pdfs: Sequence[Path]) -> Iterator[ReadDocument]:
    """Each PDF's agreement, page by page. Running headers and footers count as read."""
    for pdf in pdfs:
        document = ReadDocument(pdf.name)
        try:
            with opened(pdf) as file:
                _read(file, document)
        except UnreadableError as error:
            document.failure = error.detail
        yield document


def _read(file: pdfium.PdfDocument, document: ReadDocument) -> None:
    for number in range(1, len(file) + 1):
        page = text_agreement(pdfium_text(file, number), lay_out(file, number, typed=False).text)
        document.pages.append(page)
        document.agreement.add(page)


def _differences(page: Agreement) -> int:
    return page.missing.total() + page.added.total()
