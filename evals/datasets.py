"""Reads a dataset: a folder with `pdfs/*.pdf` and `questions.jsonl`, one question a line."""

import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from core.errors import InvalidInputError
from evals.filings.dataset import write_dataset
from evals.filings.plan import Company

SAMPLES = "samples"


@dataclass(frozen=True)
class Example:
    """A question, its gold answer, and where the filing answers it."""

    id: str
    question: str
    answer: str
    document: str
    """The file's name below `pdfs/`, such as `HALVORSEN_2022_10K.pdf`."""
    pages: frozenset[int]
    """The evidence pages of that document, from 1."""
    reasoning: str = ""

    @property
    def is_computed(self) -> bool:
        """Whether the annotators say that the answer takes arithmetic."""
        return "numerical reasoning" in self.reasoning.lower()


@dataclass(frozen=True)
class Dataset:
    """Examples and the PDFs they are about; `pdfs` holds documents without an example too."""

    name: str
    pdfs: tuple[Path, ...]
    examples: tuple[Example, ...]

    @property
    def digest(self) -> int:
        """Of what is asked and where the answers stand."""
        asked = [(e.id, e.question, e.answer, e.document, sorted(e.pages)) for e in self.examples]
        return int.from_bytes(hashlib.sha256(json.dumps(asked).encode()).digest()[:6])


class _Evidence(BaseModel):
    doc_name: str | None = None
    evidence_page_num: int = Field(ge=0)


class _Line(BaseModel):
    """The fields of a line that evals read; the others are left alone."""

    financebench_id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    answer: str = Field(min_length=1)
    doc_name: str = Field(min_length=1, pattern=r"^[^/\\]+$")
    evidence: list[_Evidence] = Field(min_length=1)
    question_reasoning: str | None = None


def load_dataset(folder: Path, name: str | None = None) -> Dataset:
    """Read and check a dataset folder.

    Raises:
        InvalidInputError: names the file and the line that is broken, or the PDF that is missing.
    """
    questions = folder / "questions.jsonl"
    if not questions.is_file():
        raise InvalidInputError(
            f"{questions} is missing: a dataset holds one question a line in it."
        )
    pdfs = tuple(sorted((folder / "pdfs").glob("*.pdf")))
    examples: dict[str, Example] = {}
    for number, line in enumerate(_lines(questions), start=1):
        if line.strip():
            example = _example(f"{questions}, line {number}", line, {pdf.name for pdf in pdfs})
            if example.id in examples:
                raise InvalidInputError(f"{questions}, line {number}: {example.id} is there twice.")
            examples[example.id] = example
    if not examples:
        raise InvalidInputError(f"{questions} holds no question.")
    return Dataset(name or folder.resolve().name, pdfs, tuple(examples.values()))


@contextmanager
def open_dataset(
    folder: Path | None, companies: Sequence[Company] | None = None
) -> Iterator[Dataset]:
    """A dataset folder's, or the sample filings', written to a temporary folder."""
    if folder is not None:
        yield load_dataset(folder)
        return
    with tempfile.TemporaryDirectory(prefix="copilot-samples-") as temporary:
        written = write_dataset(Path(temporary), companies=companies)
        yield load_dataset(written.folder, SAMPLES)


def _lines(questions: Path) -> list[str]:
    try:
        # Not splitlines(): JSON strings may hold U+2028 and its like unescaped.
        return questions.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InvalidInputError(f"{questions} is not UTF-8: {error.reason}.") from error


def _example(place: str, line: str, pdfs: set[str]) -> Example:
    try:
        read = _Line.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise InvalidInputError(
            f"{place}: {field}{': ' if field else ''}{first['msg']}."
        ) from error
    document = f"{read.doc_name}.pdf"
    if document not in pdfs:
        raise InvalidInputError(f"{place}: pdfs/{document} is missing.")
    # evidence_page_num counts from 0.
    own = (each for each in read.evidence if each.doc_name in (None, read.doc_name))
    pages = frozenset(each.evidence_page_num + 1 for each in own)
    if not pages:
        raise InvalidInputError(f"{place}: no evidence is on a page of {document}.")
    return Example(
        id=read.financebench_id,
        question=read.question,
        answer=read.answer,
        document=document,
        pages=pages,
        reasoning=read.question_reasoning or "",
    )
