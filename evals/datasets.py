"""A dataset: a folder with `pdfs/*.pdf` and `questions.jsonl`, one question a line."""

import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from core.errors import InvalidInputError
from evals.dataset_lines import read_example
from evals.examples import Example
from evals.filings.dataset import write_dataset
from evals.filings.plan import Company

SAMPLES = "samples"


@dataclass(frozen=True)
class Dataset:
    """Examples and the PDFs they are about; `pdfs` holds documents without an example too."""

    name: str
    pdfs: tuple[Path, ...]
    examples: tuple[Example, ...]
    one_in: int = 1
    """More where only one question of so many is asked."""

    def sampled(self, one_in: int) -> "Dataset":
        """With one question of so many, always the same ones."""
        return replace(self, examples=self.examples[::one_in], one_in=one_in)

    @property
    def digest(self) -> int:
        """Of what is asked, what a right answer says, and where the filings say it."""
        asked = [
            asdict(e) | {"evidence": sorted(e.evidence)}
            for e in sorted(self.examples, key=lambda e: e.id)
        ]
        return int.from_bytes(hashlib.sha256(json.dumps(asked).encode()).digest()[:6])


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
    names = {pdf.name for pdf in pdfs}
    examples: dict[str, Example] = {}
    for number, line in enumerate(_lines(questions), start=1):
        if line.strip():
            example = read_example(f"{questions}, line {number}", line, names)
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
