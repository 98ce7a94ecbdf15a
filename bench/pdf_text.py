"""Pages a second of CPU: `knowledge.pdf.reader.read_pages` against pypdf's `extract_text`.

Both read a whole sample filing, opened anew, in this process. The plain way gives a page's text;
ours also gives the place of each line on it, its tables' cells, its section and its statements.
The samples are far simpler inside than a filing made by a printer, which is what the goal is for:
COPILOT_BENCH_FILINGS names a folder of such PDFs, of which the middle 40 pages are read.
"""

import os
import tempfile
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from bench.measure import Arm, Bound, Comparison, Effort, cpu, interleave
from bench.sample_pages import sample_filings
from knowledge.pdf.reader import read_pages

ROUNDS, REAL_ROUNDS = 18, 9
PAGES = 40
GOAL = 10
Read = Callable[[Path], Sequence[object]]


async def measure(effort: Effort) -> dict[str, Comparison]:
    real = os.environ.get("COPILOT_BENCH_FILINGS")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        found = {
            "sample filings": await _compare(sample_filings(Path(folder)), ROUNDS, None, effort)
        }
        if real:
            cut = [_middle(path, Path(folder)) for path in sorted(Path(real).glob("*.pdf"))]
            found["real filings"] = await _compare(cut, REAL_ROUNDS, GOAL, effort)
    return found


async def _compare(
    filings: list[Path], rounds: int, goal: float | None, effort: Effort
) -> Comparison:
    rounds = effort.rounds(rounds)
    arms = [_pages_a_second(read, filings) for read in (_plain, _ours)]
    plain, ours = await interleave(arms, rounds)
    unit = "pages a second of CPU"
    return Comparison(plain, ours, unit, rounds, goal, Bound.RATIO_AT_LEAST)


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


def _ours(path: Path) -> Sequence[object]:
    return list(read_pages(path))


def _pages_a_second(read: Read, filings: list[Path]) -> Arm:
    turns = cycle(filings)

    async def arm() -> float:
        path = next(turns)
        started = cpu()
        pages = read(path)
        return len(pages) / (cpu() - started)

    return arm
