"""Fair comparison on a noisy machine: the sides take turns, and the median of each counts."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median

Arm = Callable[[], Awaitable[float]]
"""One side of a comparison: runs it once and returns what that took."""
Run = Callable[[], Awaitable[object]]
Clock = Callable[[], float]
WARM_UP_ROUNDS = 3


@dataclass(frozen=True)
class Effort:
    """How much a benchmark repeats."""

    quick: bool = False

    def rounds(self, full: int) -> int:
        """A quick run shows that the benchmark works; its figures are not worth keeping."""
        return max(3, full // 10) if self.quick else full


@dataclass(frozen=True)
class Comparison:
    """One measured thing: the plain way, ours, and what we want of the ratio."""

    baseline: float
    ours: float
    unit: str
    runs: int
    goal: float | None = None
    """The highest ratio that is good enough; None where the figure is only told."""

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return "-"
        return "met" if self.ratio <= self.goal else "MISSED"

    def as_json(self) -> dict[str, object]:
        return {
            **asdict(self),
            "baseline": round(self.baseline, 4),
            "ours": round(self.ours, 4),
            "ratio": round(self.ratio, 4),
        }


async def interleave(arms: Sequence[Arm], rounds: int) -> list[float]:
    """The median of each arm after `rounds` rounds of A B C ..., whose order turns.

    Garbage is collected as it is in a server: forcing it before each sample empties CPython's free
    lists, which both sides then pay for, and draws the ratio towards 1.
    """
    samples: list[list[float]] = [[] for _ in arms]
    for done in range(-WARM_UP_ROUNDS, rounds):
        for step in range(len(arms)):
            place = (done + step) % len(arms)
            sample = await arms[place]()
            if done >= 0:
                samples[place].append(sample)
    return [median(each) for each in samples]


def timed(run: Run, clock: Clock, *, times: int = 1) -> Arm:
    """Milliseconds of one run, averaged over `times` in a row.

    Args:
        run: what is measured.
        clock: `time.process_time` for this process' CPU, `time.perf_counter` for the wall.
        times: enough that the sample is long against the clock's step.
    """

    async def arm() -> float:
        started = clock()
        for _ in range(times):
            await run()
        return (clock() - started) * 1000 / times

    return arm


cpu: Clock = time.process_time
wall: Clock = time.perf_counter
