"""Where a search's time goes: milliseconds of each query that it sends."""

import inspect
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from statistics import median
from typing import Any

from storage.chunk_search import ChunkSearch

Times = dict[str, list[float]]
Method = Callable[..., Awaitable[Any]]


@contextmanager
def statement_times() -> Iterator[Times]:
    """While it is open, every method of ChunkSearch tells its milliseconds."""
    times: Times = defaultdict(list)
    methods = dict(inspect.getmembers(ChunkSearch, inspect.iscoroutinefunction))
    for name, method in methods.items():
        setattr(ChunkSearch, name, _timed(method, times[name]))
    try:
        yield times
    finally:
        for name, method in methods.items():
            setattr(ChunkSearch, name, method)


def as_lines(times: Times) -> str:
    """Medians, the costliest first."""
    told = {name: (median(each), len(each)) for name, each in times.items() if each}
    ordered = sorted(told.items(), key=lambda each: -each[1][0])
    return "\n".join(f"    {name:<14}{ms:>9.2f} ms x {count}" for name, (ms, count) in ordered)


def _timed(method: Method, samples: list[float]) -> Method:
    @wraps(method)
    async def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # whatever it takes
        started = time.perf_counter()
        try:
            return await method(*args, **kwargs)
        finally:
            samples.append((time.perf_counter() - started) * 1000)

    return run
