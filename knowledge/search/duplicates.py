"""Puts near-duplicates behind: a year's filing repeats much of the last one's prose word for word.

Without reading the texts: what is under the same heading, as near to the question and holds the
same of its phrases, in two filings, says the same. Tables are left alone, since last year's table
has the same words and other figures.
"""

from collections.abc import Sequence

from knowledge.search.ranking import Scored

SAME_SIMILARITY = 0.004
"""By which the cosines to a question of two versions of a paragraph differ at most."""


def duplicates_last(scored: Sequence[Scored]) -> list[Scored]:
    """The same candidates; of those that say the same, the best keeps its place."""
    seen: dict[tuple[str, tuple[int, ...]], list[Scored]] = {}
    first: list[Scored] = []
    last: list[Scored] = []
    for each in scored:
        alike = seen.setdefault(_heading_and_phrases(each), [])
        repeats = any(_says_the_same(each, other) for other in alike)
        (last if repeats else first).append(each)
        alike.append(each)
    return first + last


def _heading_and_phrases(scored: Scored) -> tuple[str, tuple[int, ...]]:
    found = scored.candidate
    return found.section.rsplit(" > ", 1)[-1].lower(), tuple(found.phrases)


def _says_the_same(one: Scored, other: Scored) -> bool:
    a, b = one.candidate, other.candidate
    return (
        a.version_id != b.version_id
        and not a.is_table
        and not b.is_table
        and abs(a.similarity - b.similarity) <= SAME_SIMILARITY
    )
