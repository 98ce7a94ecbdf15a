"""Pages a second of CPU: `knowledge.pdf.reader.read_pages` against pypdf's `extract_text`.

Both read a whole sample filing, opened anew, in this process. The plain way gives a page's text;
ours also gives the place of each line on it, its tables' cells, its section and its statements.
The samples are simpler inside than a real filing.
"""

import tempfile
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

from pypdf import PdfReader

from bench.measure import Arm, Bound, Comparison, Effort, cpu, interleave
from bench.sample_pages import sample_filings
from knowledge.pdf.reader import read_pages

ROUNDS = 18
Read = Callable[[Path], Sequence[object]]


async def measure(effort: Effort) -> dict[str, Comparison]:
    rounds = effort.rounds(ROUNDS)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        filings = sample_filings(Path(folder))
        arms = [_pages_a_second(read, filings) for read in (_plain, _ours)]
        plain, ours = await interleave(arms, rounds)
    unit = "pages a second of CPU"
    return {"sample filings": Comparison(plain, ours, unit, rounds, None, Bound.RATIO_AT_LEAST)}


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
