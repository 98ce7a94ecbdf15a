"""Pages a second of CPU, against pypdf's `extract_text`: text with boxes, and all that we read.

"Text with boxes" is `knowledge.pdf.layout`: words and lines with their places, in the order in
which they are read, column after column. "All" is `knowledge.pdf.reader.read_pages`, which also
removes running lines and finds sections, statements and the cells of tables with their periods and
units. Each side opens all filings anew. The samples are far simpler inside than what a printer
makes, which is what the goal is for: COPILOT_BENCH_FILINGS names a folder of such PDFs, of each of
which the middle pages are read.
"""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from bench.measure import Arm, Bound, Comparison, Effort, cpu, interleave
from bench.sample_pages import sample_filings
from knowledge.pdf.layout import lay_out
from knowledge.pdf.opening import opened
from knowledge.pdf.reader import read_pages

ROUNDS = 3
PAGES = 24
GOAL = 10
Read = Callable[[Path], Sequence[object]]


async def measure(effort: Effort) -> dict[str, Comparison]:
    real = os.environ.get("COPILOT_BENCH_FILINGS")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        found = await _compare("samples", sample_filings(Path(folder)), None, effort)
        if real:
            cut = [_middle(path, Path(folder)) for path in sorted(Path(real).glob("*.pdf"))]
            found |= await _compare("real filings", cut, GOAL, effort)
    return found


async def _compare(
    name: str, filings: list[Path], goal: float | None, effort: Effort
) -> dict[str, Comparison]:
    rounds = effort.rounds(ROUNDS)
    arms = [_pages_a_second(read, filings) for read in (_plain, _boxes, _all)]
    plain, boxes, everything = await interleave(arms, rounds)
    unit = "pages a second of CPU"
    return {
        f"text with boxes, {name}": Comparison(
            plain, boxes, unit, rounds, goal, Bound.RATIO_AT_LEAST
        ),
        f"all, {name}": Comparison(plain, everything, unit, rounds, None, Bound.RATIO_AT_LEAST),
    }


def _middle(path: Path, folder: Path) -> Path:
    count = len(PdfReader(path).pages)
    first = max(0, (count - PAGES) // 2)
    writer = PdfWriter()
    writer.append(path, pages=(first, min(count, first + PAGES)))
    target = folder / path.name
    writer.write(target)
    return target


def _plain(path: Path) -> Sequence[object]:
    return [page.extract_text() for page in PdfReader(path).pages]


def _boxes(path: Path) -> Sequence[object]:
    with opened(path) as document:
        return [lay_out(document, number) for number in range(1, len(document) + 1)]


def _all(path: Path) -> Sequence[object]:
    return list(read_pages(path))


def _pages_a_second(read: Read, filings: list[Path]) -> Arm:
    async def arm() -> float:
        started = cpu()
        pages = sum(len(read(path)) for path in filings)
        return pages / (cpu() - started)

    return arm
