"""Embedding a filing's chunks and a question, against HuggingFaceEmbeddings on torch.

Both sides: the same weights, this machine's CPU with all its cores, no network. Bulk is told in
milliseconds a chunk of about 200 word pieces: a ratio of 0.77 is 1.3 times as many a second. Cold
start is a fresh process' wall time to its first vector, with our export already made: from where
the interpreter, langchain-core and numpy are loaded, which either side needs; "with Python" is
from its command. Memory is the peak of the same process after 100 chunks more.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median

from langchain_core.embeddings import Embeddings

from bench.embedding_process import QUERY, SIDES, chunks, load
from bench.measure import Arm, Comparison, Effort, Run, interleave, timed, wall

CHUNKS, CHUNKS_A_SAMPLE = 200, 20
BULK_ROUNDS, QUERY_ROUNDS, PROCESS_ROUNDS = 10, 100, 3
BULK_GOAL, QUERY_GOAL, START_GOAL, MEMORY_GOAL = 0.77, 0.25, 0.05, 0.25
Figures = Sequence[float]
"""One a side, the baseline first."""


async def measure(effort: Effort) -> dict[str, Comparison]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        models = {side: load(side, Path(folder)) for side in SIDES}
        rounds = effort.rounds(BULK_ROUNDS)
        bulk = await interleave([_bulk(model) for model in models.values()], rounds)
        asked = effort.rounds(QUERY_ROUNDS)
        queries = await interleave([timed(_query(each), wall) for each in models.values()], asked)
        starts = effort.rounds(PROCESS_ROUNDS)
        start, command, memory = await _processes(Path(folder), starts)
    return {
        **_compared("bulk", bulk, "ms a chunk", rounds, BULK_GOAL),
        **_compared("one query", queries, "ms wall", asked, QUERY_GOAL),
        **_compared("cold start", start, "s wall", starts, START_GOAL),
        **_compared("cold start with Python", command, "s wall", starts, None),
        **_compared("memory", memory, "MB peak", starts, MEMORY_GOAL),
    }


def _compared(
    thing: str, figures: Figures, unit: str, runs: int, goal: float | None
) -> dict[str, Comparison]:
    """The goal is the default precision's; the other's figures are only told."""
    baseline, int8, fp32 = figures
    return {
        thing: Comparison(baseline, int8, unit, runs, goal),
        f"{thing}, fp32": Comparison(baseline, fp32, unit, runs),
    }


def _bulk(model: Embeddings) -> Arm:
    samples = cycle(_samples())

    async def run() -> None:
        model.embed_documents(next(samples))

    return _a_chunk(timed(run, wall))


def _samples() -> Iterator[list[str]]:
    texts = chunks(CHUNKS)
    for start in range(0, CHUNKS, CHUNKS_A_SAMPLE):
        yield texts[start : start + CHUNKS_A_SAMPLE]


def _a_chunk(arm: Arm) -> Arm:
    async def run() -> float:
        return await arm() / CHUNKS_A_SAMPLE

    return run


def _query(model: Embeddings) -> Run:
    async def run() -> None:
        model.embed_query(QUERY)

    return run


async def _processes(folder: Path, rounds: int) -> tuple[Figures, ...]:
    """The medians of the seconds of both starts and of peak megabytes, a side each."""
    runs = [[await _process(side, folder) for side in SIDES] for _ in range(rounds)]
    return tuple(
        [median(run[side][kind] for run in runs) for side in range(len(SIDES))] for kind in range(3)
    )


async def _process(side: str, folder: Path) -> tuple[float, float, float]:
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.embedding_process", side, str(folder)),
        cwd=Path(__file__).parent.parent,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"begins\n"
    began = time.perf_counter()
    assert await process.stdout.readline() == b"ready\n"
    ready = time.perf_counter()
    megabytes = float(await process.stdout.readline())
    assert await process.wait() == 0
    return ready - began, ready - started, megabytes
