"""Fair comparison on a noisy machine: the sides take turns, and the median of each counts."""

import math
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
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

    @property
    def long(self) -> bool:
        """Whether COPILOT_BENCH_LONG asks for sizes that take an hour."""
        return os.environ.get("COPILOT_BENCH_LONG") == "1"

    def rounds(self, full: int) -> int:
        """A quick run shows that the benchmark works; its figures are not worth keeping."""
        return max(3, full // 10) if self.quick else full


class Bound(StrEnum):
    """What a goal is held against, and from which side."""

    RATIO_AT_MOST = "ratio ≤"
    """What costs: time, memory, bytes."""
    RATIO_AT_LEAST = "ratio ≥"
    """What is won: rows a second."""
    OURS_AT_MOST = "ours ≤"
    """A promise that doesn't lean on the plain way, in the row's unit."""
    OURS_AT_LEAST = "ours ≥"


@dataclass(frozen=True)
class Comparison:
    """One measured thing: the plain way, ours, and what we want of it."""

    baseline: float
    ours: float
    unit: str
    runs: int
    goal: float | None = None
    """What is just good enough; None where the figure is only told."""
    bound: Bound = Bound.RATIO_AT_MOST

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline if self.baseline else float("inf")

    @property
    def goal_in_words(self) -> str:
        return "" if self.goal is None else f"{self.bound} {self.goal:g}"

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        held = self.ratio if self.bound.startswith("ratio") else self.ours
        good = held <= self.goal if self.bound.endswith("≤") else held >= self.goal
        return "met" if good else "MISSED"

    def as_json(self) -> dict[str, object]:
        return {
            **asdict(self),
            "baseline": round(self.baseline, 4),
            "ours": round(self.ours, 4),
            "ratio": round(self.ratio, 4),
        }


async def interleave(arms: Sequence[Arm], rounds: int) -> list[float]:
    """The median of each arm's samples, taken in turns."""
    return [median(each) for each in await take_turns(arms, rounds)]


async def take_turns(arms: Sequence[Arm], rounds: int) -> list[list[float]]:
    """The samples of each arm from `rounds` rounds of A B C ..., whose order turns.

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
    return samples


def percentile(samples: Sequence[float], share: float) -> float:
    """Args: share: 0.95 for the value that 95 % of the samples don't exceed."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


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
