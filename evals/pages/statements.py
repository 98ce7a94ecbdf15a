"""An answer beside the passages that it cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from evals.examples import Example
from evals.pages.marks import Known, Piece, cited_numbers, marked_line, marked_passage, stated
from evals.targets.asking import Cited, Run

SHORT = 6
"""Lines of a passage that are shown whole."""
AROUND = 1
"""Lines before and after one that holds a figure of the answer."""
_LONGER_WORD = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True)
class Line:
    """Of an answer."""

    pieces: list[Piece]
    is_statement: bool
    """Whether it states a figure or cites."""


@dataclass(frozen=True)
class Beside:
    """A passage that is cited."""

    number: int
    document: str
    page: int
    is_evidence: bool
    """Whether the gold answer stands on this page."""
    lines: list[list[Piece]]
    excerpt: list[list[Piece] | None]
    """The lines to look at; None where some are left out."""

    @property
    def is_cut(self) -> bool:
        return len(self.excerpt) < len(self.lines) or None in self.excerpt


@dataclass(frozen=True)
class Statements:
    """Lines that cite the same passages, and those between them."""

    lines: list[Line]
    passages: list[Beside]


@dataclass
class _Group:
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def statements(run: Run, example: Example) -> list[Statements]:
    """The whole answer, in order."""
    known = Known.of(run, example.question)
    return [
        Statements(
            [_line(line, known) for line in group.lines],
            [_beside(each, group, example) for each in _cited(run, group)],
        )
        for group in _groups(run.answer)
    ]


def _groups(answer: str) -> list[_Group]:
    """A line that cites a passage which those before it don't begins another group."""
    groups = [_Group()]
    for line in filter(str.strip, answer.split("\n")):
        numbers = cited_numbers(line)
        current = groups[-1]
        if current.numbers and not set(numbers) <= set(current.numbers):
            current = _Group()
            groups.append(current)
        current.numbers = current.numbers or list(dict.fromkeys(numbers))
        current.lines.append(line)
    return [group for group in groups if group.lines]


def _line(line: str, known: Known) -> Line:
    is_statement = bool(stated(line) or cited_numbers(line))
    return Line(marked_line(line, known), is_statement)


def _cited(run: Run, group: _Group) -> Iterator[Cited]:
    by_number = {each.number: each for each in run.citations}
    return (by_number[number] for number in group.numbers if number in by_number)


def _beside(cited: Cited, group: _Group, example: Example) -> Beside:
    citing = [line for line in group.lines if cited.number in cited_numbers(line)]
    lines = marked_passage(cited.text, [amount for line in citing for _, amount in stated(line)])
    return Beside(
        cited.number,
        cited.document,
        cited.page,
        cited.place in example.evidence,
        lines,
        excerpt(lines, " ".join(citing)),
    )


def excerpt(lines: list[list[Piece]], said: str) -> list[list[Piece] | None]:
    """The first line, which names what is told, and those around figures or words of the answer.

    Args:
        lines: of a passage.
        said: what the answer says of it.
    """
    if len(lines) <= SHORT:
        return list(lines)
    telling = [at for at, line in enumerate(lines) if any(piece.source for piece in line)]
    kept = {0} | {
        near
        for at in telling or _nearest(lines, said)
        for near in range(at - AROUND, at + AROUND + 1)
        if 0 <= near < len(lines)
    }
    shown: list[list[Piece] | None] = []
    for at, line in enumerate(lines):
        if at in kept:
            shown.append(line)
        elif shown[-1] is not None:
            shown.append(None)
    return shown


def _nearest(lines: list[list[Piece]], said: str) -> list[int]:
    """The line that shares most words with what is said."""
    words = _words(said)
    shared = [len(words & _words("".join(piece.text for piece in line))) for line in lines]
    return [shared.index(max(shared))]


def _words(text: str) -> set[str]:
    return set(_LONGER_WORD.findall(text.casefold()))
