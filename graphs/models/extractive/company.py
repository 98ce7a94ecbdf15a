"""Which passages are about the company that a question names."""

import re
from collections.abc import Sequence

from graphs.models.extractive.passages import Passage
from graphs.models.extractive.question import Question

_LEAST_LETTERS = 4


def about(question: Question, passages: Sequence[Passage]) -> list[Passage]:
    """By document name first, by text second; all of them where the question names nobody.

    A document without a company in its name is kept; one of another company is not.
    """
    by_name = [p for p in passages if p.owner and _is_named(question, p.owner)]
    if by_name or not question.names:
        return by_name or list(passages)
    wanted = [squash(name) for name in question.names]
    telling = {
        p.document for p in passages if any(name in squash(p.text) for name in wanted if name)
    }
    return [p for p in passages if p.document in telling or not p.owner]


def compared(question: Question, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The companies of a question that names several, in its order; empty for one or none."""
    owners = {p.owner[0] for p in passages if p.owner and _is_named(question, p.owner)}
    asked = squash(question.lower)
    found = sorted((asked.find(name), name) for name in owners if name in asked)
    return tuple(name.capitalize() for _, name in found) if len(found) > 1 else ()


def is_of(passage: Passage, company: str) -> bool:
    return not company or company.lower() in passage.owner[:1]


def squash(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _is_named(question: Question, owner: tuple[str, ...]) -> bool:
    """`ACMEROBOTICS` for "Acme Robotics", and initials: `NORTH_WIND` for "NW"."""
    words = set(re.findall(r"[a-z0-9]+", question.lower))
    if any(word in words for word in owner if len(word) >= _LEAST_LETTERS):
        return True
    whole = "".join(owner)
    if len(whole) >= _LEAST_LETTERS and whole in squash(question.text):
        return True
    return any(_names(name, owner, whole) for name in question.names)


def _names(name: str, owner: tuple[str, ...], whole: str) -> bool:
    squashed = squash(name)
    if whole == squashed or (len(squashed) >= _LEAST_LETTERS and whole.startswith(squashed)):
        return True
    capitals = "".join(re.findall(r"[A-Z]", name)).lower()
    return len(owner) > 1 and capitals == "".join(word[0] for word in owner)
