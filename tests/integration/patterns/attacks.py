"""Makes the texts on which a regular expression takes longest, from its own structure.

Backtracking is costly where a repeat takes many characters and what follows fails: so each repeat
is fed with what it takes, behind what has to stand before it, once and again and again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ALPHABET = "1aAzIx \n\t.,-($)@_'\"/%*:;&<[\u2014\u20ac\u00e9"
"""Characters that stand for a class."""
GENERIC = (
    "1", "a", "A", " ", "\t", "\n", ".", ",", "-", "(", ")", "$", "@", "/", "*", "_", "%", "\u2014",
    "1 ", "a ", "A ", "1,", "1.", "1-", "a.", "a-", "(1", "1)", "$ ", "$1,", "$ 1,", "1 x ", "a@",
    "A1 ", " \n", "\n\n\n", "1\n", "a\n", "((", "()", "<", "[",
    "[1]", "\"", "'s ", "Aa ", "2020 ", "+1", "DE00 ",
)  # fmt: skip
END = "\0"
"""What hardly a pattern goes on with."""
LONG = 70
"""Repeats within a unit: more than bounded repeats within bounded repeats take at once."""
MANY = 8
"""A repeat of fewer takes no time."""
SAMPLES = 10

Node = tuple[Any, Any]
REPEATS = frozenset({codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT})


@dataclass(frozen=True)
class Attack:
    """`head`, then `unit` as often as it takes, then `tail`."""

    head: str
    unit: str
    tail: str = END

    def text(self, size: int) -> str:
        """About `size` characters."""
        return self.head + self.unit * (size // len(self.unit)) + self.tail


def attacks(pattern: re.Pattern[Any]) -> set[Attack]:
    """Texts that could make a pattern backtrack."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    made = {Attack("", unit) for unit in GENERIC}
    for whole in _sampled(list(tree)):
        made |= {
            Attack("", part, tail) for part in (whole, whole[:-1]) if part for tail in (END, "")
        }
    for before, pump in _pumps(list(tree), ""):
        made |= {Attack(before, pump), Attack(before, pump, ""), Attack("", before + pump)}
        made |= {Attack("", before + LONG * pump + between) for between in (" ", " x ", END)}
        made |= {Attack("", before)} if before else set()
    return made


def _pumps(nodes: Sequence[Node], before: str) -> Iterator[tuple[str, str]]:
    """What each repeat takes, and a text that leads to it."""
    for at, (kind, value) in enumerate(nodes):
        head = before + _first(nodes[:at])
        if kind in REPEATS:
            _, most, body = value
            if most >= MANY:
                for sample in _sampled(list(body)):
                    if sample:
                        yield head, sample
        for body in _bodies(kind, value):
            yield from _pumps(list(body), head)


def _bodies(kind: Any, value: Any) -> Iterator[Sequence[Node]]:
    if kind in REPEATS:
        yield value[2]
    elif kind is codes.SUBPATTERN:
        yield value[3]
    elif kind is codes.BRANCH:
        yield from value[1]
    elif kind is codes.ATOMIC_GROUP:
        yield value
    elif kind in (codes.ASSERT, codes.ASSERT_NOT):
        yield value[1]


def _first(nodes: Sequence[Node]) -> str:
    return next(_samples(nodes), "")


def _sampled(nodes: Sequence[Node]) -> list[str]:
    """Different short texts that match, or nearly: assertions aren't looked at."""
    return list(dict.fromkeys(_samples(nodes)))[:SAMPLES]


def _samples(nodes: Sequence[Node]) -> Iterator[str]:
    """The n-th sample takes the n-th choice of every class and branch."""
    for choice in range(len(ALPHABET)):
        yield "".join(_sample(kind, value, choice) for kind, value in nodes)


def _sample(kind: Any, value: Any, choice: int) -> str:  # noqa: PLR0911
    if kind is codes.LITERAL:
        return chr(value)
    if kind in (codes.NOT_LITERAL, codes.IN, codes.ANY):
        return _character(kind, value, choice)
    if kind is codes.SUBPATTERN:
        return _one(value[3], choice)
    if kind is codes.ATOMIC_GROUP:
        return _one(value, choice)
    if kind is codes.BRANCH:
        return _one(value[1][choice % len(value[1])], choice)
    if kind in REPEATS:
        least, most, body = value
        # Every second sample goes through what may be left out.
        times = max(least, 1) if choice % 2 and most else least
        return _one(body, choice) * times
    return ""


def _one(nodes: Sequence[Node], choice: int) -> str:
    return "".join(_sample(kind, value, choice) for kind, value in nodes)


def _character(kind: Any, value: Any, choice: int) -> str:
    if kind is codes.ANY:
        fitting = list(ALPHABET.replace("\n", ""))
    elif kind is codes.NOT_LITERAL:
        fitting = [each for each in ALPHABET if ord(each) != value]
    else:
        fitting = [each for each in ALPHABET if _holds(value, each)]
        fitting += [chr(v) for k, v in value if k is codes.LITERAL and chr(v) not in fitting]
        fitting += [chr(v[0]) for k, v in value if k is codes.RANGE and not fitting]
    return fitting[choice % len(fitting)] if fitting else "a"


_CATEGORIES = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: lambda each: each.isalnum() or each == "_",
}
_OTHERS = {
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}


def _holds(members: Sequence[Node], character: str) -> bool:
    negated = members[0][0] is codes.NEGATE
    return any(_is_member(kind, value, character) for kind, value in members) != negated


def _is_member(kind: Any, value: Any, character: str) -> bool:
    if kind is codes.LITERAL:
        return ord(character) == value
    if kind is codes.RANGE:
        low, high = value
        return bool(low <= ord(character) <= high)
    if kind is codes.CATEGORY:
        if value in _OTHERS:
            return not _CATEGORIES[_OTHERS[value]](character)
        return bool(_CATEGORIES[value](character))
    return False
