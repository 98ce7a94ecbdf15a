"""A filing from bytes to searchable: seconds and peak memory, for 50, 100 and 150 pages.

The plain way, as tutorials show it: pypdf, RecursiveCharacterTextSplitter (1000/200),
HuggingFaceEmbeddings on torch, PGVectorStore.aadd_texts; it reads 50 pages, and its time for more
is scaled by the page. Ours is Ingestion.accept and .index in the product as it is wired, embeddings
by onnxruntime int8. Each runs in a process of its own with its model warm; memory is that process
and its parser child together. Postgres is in neither.
"""

import asyncio
import sys
from pathlib import Path
from statistics import median

from bench.embedding_process import QUERY, load
from bench.filled_store import Store, scratch_store
from bench.measure import Bound, Comparison, Effort
from bench.sample_pages import long_filing, sample_filings

PAGES, QUICK_PAGES = (50, 100, 150), (5, 10, 15)
ROUNDS, LONG_ROUNDS = 2, 5
GOALS = {150: (25.0, 700.0)}
"""Seconds and megabytes."""
Found = tuple[float, float]
"""Seconds, megabytes."""


async def measure(effort: Effort) -> dict[str, Comparison]:
    pages = QUICK_PAGES if effort.quick else PAGES
    rounds = 1 if effort.quick else LONG_ROUNDS if effort.long else ROUNDS
    async with scratch_store() as store:
        samples = sample_filings(store.folder / "samples")
        load("int8", store.folder / "models").embed_query(QUERY)  # the export is made once
        pdfs = [long_filing(samples, n, store.folder / f"{n}.pdf") for n in pages]
        takes = [("plain", pdfs[0]), *(("ours", pdf) for pdf in pdfs)]
        runs = [[await _take_in(store, *each) for each in takes] for _ in range(rounds)]
    plain, *ours = [_medians([run[at] for run in runs]) for at in range(len(takes))]
    found: dict[str, Comparison] = {}
    for count, each in zip(pages, ours, strict=True):
        found |= _compared(count, (plain[0] * count / pages[0], plain[1]), each, rounds)
    return found | {"linear: 50 to 150 pages": _linear(pages, ours, rounds)}


def _compared(pages: int, plain: Found, ours: Found, rounds: int) -> dict[str, Comparison]:
    seconds, megabytes = GOALS.get(pages, (None, None))
    bound = Bound.OURS_AT_MOST
    return {
        f"{pages} pages": Comparison(plain[0], ours[0], "s wall", rounds, seconds, bound),
        f"{pages} pages, memory": Comparison(
            plain[1], ours[1], "MB peak", rounds, megabytes, bound
        ),
    }


def _linear(pages: tuple[int, ...], ours: list[Found], rounds: int) -> Comparison:
    """A page of the longest against a page of the shortest."""
    shortest, longest = (ours[at][0] * 1000 / pages[at] for at in (0, -1))
    return Comparison(shortest, longest, "ms a page", rounds)


def _medians(runs: list[Found]) -> Found:
    return median(run[0] for run in runs), median(run[1] for run in runs)


async def _take_in(store: Store, side: str, pdf: Path) -> Found:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.ingestion_process", side),
        *(store.urls.owner, store.urls.app, str(pdf), str(store.folder)),
        cwd=Path(__file__).parent.parent,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    assert process.returncode == 0
    seconds, megabytes = told.decode().split()
    return float(seconds), float(megabytes)
