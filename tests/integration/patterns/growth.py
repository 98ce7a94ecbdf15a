"""Measures whether a regular expression takes time in proportion to its text.

CPU time of this thread is what is measured, the least of several runs, and linear growth (8 for 8
times the text) is told from quadratic (64) with a wide margin: other work on the machine can't
make the difference.
"""

import re
from dataclasses import dataclass
from time import thread_time
from typing import Any

from integration.patterns.attacks import Attack, attacks
from integration.patterns.collecting import Collected

SCREENED = (256, 2048)
"""Characters on which every attack is tried; only what looks slow there is measured."""
MEASURED = (1024, 2048, 4096, 8192)
SUSPICIOUS = 0.5e-6
"""Seconds a character; a quadratic pattern takes more at 2048 characters, however fast it scans."""
MOST = 40e-6
"""Seconds a character that no text may take: bounded repeats in bounded repeats are linear too."""
GROWTH = 24
"""The largest text's time as a multiple of the smallest's: linear 8, quadratic 64."""
TOO_SHORT = 0.005
"""Seconds below which growth says nothing."""
CLEAR = 0.05
"""Seconds beside which what other work costs doesn't count: measured once."""
ENOUGH = 0.5
"""Seconds after which no larger text is tried."""


@dataclass(frozen=True)
class Slow:
    """An attack on which a pattern takes too long."""

    place: str
    attack: Attack
    seconds: tuple[float, ...]
    """For each measured size, until it was enough."""


def slow(collected: Collected) -> Slow | None:
    """The first attack that succeeds, if one does."""
    for attack in attacks(collected.pattern):
        if _looks_slow(collected, attack):
            for times in (3, 7):  # a second look at what other work may have slowed down
                seconds = _measure(collected, attack, times)
                if not _is_slow(seconds):
                    break
            else:
                return Slow(collected.place, attack, seconds)
    return None


def _looks_slow(collected: Collected, attack: Attack) -> bool:
    for size in SCREENED:
        text = _text(collected.pattern, attack, size)
        seconds = _time(collected, text)
        if seconds > SUSPICIOUS * size:
            seconds = min(seconds, _time(collected, text))
        if seconds > MOST * size:
            return True
    if seconds < SUSPICIOUS * size:
        return False
    # Four times the text takes a linear pattern four times as long, and a quadratic one sixteen.
    return _time(collected, _text(collected.pattern, attack, 4 * size)) > 8 * seconds


def _measure(collected: Collected, attack: Attack, times: int) -> tuple[float, ...]:
    seconds: list[float] = []
    for size in MEASURED:
        text = _text(collected.pattern, attack, size)
        seconds.append(_time(collected, text))
        if seconds[-1] > ENOUGH:
            break
        if seconds[-1] < CLEAR:
            seconds[-1] = min(seconds[-1], *(_time(collected, text) for _ in range(times - 1)))
    return tuple(seconds)


def _is_slow(seconds: tuple[float, ...]) -> bool:
    if seconds[-1] > MOST * MEASURED[len(seconds) - 1]:
        return True
    return seconds[-1] > TOO_SHORT and seconds[-1] > GROWTH * seconds[0]


def _text(pattern: re.Pattern[Any], attack: Attack, size: int) -> Any:
    text = attack.text(size)
    return text.encode() if isinstance(pattern.pattern, bytes) else text


def _time(collected: Collected, text: Any) -> float:
    run = getattr(collected.pattern, collected.method)
    began = thread_time()
    if collected.method == "finditer":
        for _ in run(text):
            pass
    else:
        run(text)
    return thread_time() - began
