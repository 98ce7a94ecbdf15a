"""Which page of one version stands for which page of another.

An inserted page moves all later ones, and a new date in a header changes every one: pages are
told by their whole text first, then by lines that stand on a single page of either version, and
what is left between two such pages by its words, as long as it is little.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

FEW_PAIRS = 400
"""Up to so many pairs of pages between two known ones, each is compared by its words."""

Pair = tuple[int | None, int | None]
"""Indices of a page before and after, from 0; None: there is none."""


def align(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """The pages of both versions in reading order, each once.

    Args:
        before: the texts of one version's pages.
        after: of the other's.
    """
    pairs: list[Pair] = []
    # Pages that occur often, as blank ones do, are no landmarks: autojunk leaves them out.
    blocks = SequenceMatcher(None, before, after).get_opcodes()
    for kind, start, end, other_start, other_end in blocks:
        if kind == "equal":
            pairs += zip(range(start, end), range(other_start, other_end), strict=True)
        else:
            pairs += _replaced(before, after, range(start, end), range(other_start, other_end))
    return pairs


def _replaced(
    before: Sequence[str], after: Sequence[str], old: range, new: range
) -> Iterator[Pair]:
    at, other_at = old.start, new.start
    for index, other in [*_landmarks(before, after, old, new), (old.stop, new.stop)]:
        yield from _between(before, after, range(at, index), range(other_at, other))
        if index < old.stop:
            yield index, other
        at, other_at = index + 1, other + 1


def _landmarks(
    before: Sequence[str], after: Sequence[str], old: range, new: range
) -> list[tuple[int, int]]:
    """Pairs that share most of the lines that no other page has, in the order of both."""
    there, here = _own_lines(after, new), _own_lines(before, old)
    shared = Counter((index, there[line]) for line, index in here.items() if line in there)
    best: dict[int, int] = {}
    for (index, other), _ in shared.most_common():
        best.setdefault(index, other)
    return _rising(sorted(best.items()))


def _own_lines(pages: Sequence[str], at: range) -> dict[str, int]:
    """Lines that stand on one page alone, with that page."""
    on: dict[str, int | None] = {}
    for index in at:
        for line in {line.strip() for line in pages[index].splitlines()}:
            on[line] = None if line in on else index
    return {line: index for line, index in on.items() if index is not None and line}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part in which the second numbers rise too."""
    lowest: list[tuple[int, int]] = []
    """By length: of the chains that long, the end that leaves most room."""
    follows: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in pairs:
        length = bisect_left(lowest, pair[1], key=lambda end: end[1])
        follows[pair] = lowest[length - 1] if length else None
        lowest[length : length + 1] = [pair]
    chain: list[tuple[int, int]] = []
    end = lowest[-1] if lowest else None
    while end is not None:
        chain.append(end)
        end = follows[end]
    return chain[::-1]


def _between(before: Sequence[str], after: Sequence[str], old: range, new: range) -> list[Pair]:
    if len(old) * len(new) > FEW_PAIRS:
        return _in_order(old, new)
    return _likest(before, after, old, new)


def _in_order(old: range, new: range) -> list[Pair]:
    pairs: list[Pair] = list(zip(old, new, strict=False))
    pairs += [(index, None) for index in old[len(new) :]]
    return pairs + [(None, other) for other in new[len(old) :]]


def _likest(before: Sequence[str], after: Sequence[str], old: range, new: range) -> list[Pair]:
    """The pairs that have most words in common, and rather any pair than a page on its own."""
    words = {index: Counter(before[index].split()) for index in old}
    others = {other: Counter(after[other].split()) for other in new}

    @cache
    def best(index: int, other: int) -> tuple[float, tuple[Pair, ...]]:
        if index == old.stop or other == new.stop:
            return 0.0, tuple(_in_order(range(index, old.stop), range(other, new.stop)))
        paired, rest = best(index + 1, other + 1)
        ways = [(paired + 1 + _alike(words[index], others[other]), ((index, other), *rest))]
        without, rest = best(index + 1, other)
        ways.append((without, ((index, None), *rest)))
        without, rest = best(index, other + 1)
        ways.append((without, ((None, other), *rest)))
        return max(ways, key=lambda way: way[0])

    return list(best(old.start, new.start)[1])


def _alike(words: Counter[str], others: Counter[str]) -> float:
    """From 0 to 1: how much of both they share."""
    total = words.total() + others.total()
    return 2 * (words & others).total() / total if total else 1.0
