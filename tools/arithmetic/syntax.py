"""The tree of an expression, and its normalised text."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class Number:
    text: str
    """Digits, point and exponent only: "1234.5", "1e6"."""
    percent: bool
    """Whether a % follows: 5% is 0.05."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure by its id."""

    name: str
    """`F12`."""
    column: int


@dataclass(frozen=True, slots=True)
class Negative:
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Step:
    """An operator and its right operand."""

    operator: str
    operand: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined by operators of one rank, from left to right.

    Flat, so that a sum of 200 terms is not a tree 200 deep.
    """

    first: "Node"
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Power:
    base: "Node"
    exponent: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple["Node", ...]
    column: int


Node = Number | Reference | Negative | Chain | Power | Call


class Rank(IntEnum):
    """How tightly a node holds together."""

    SUM = 1
    PRODUCT = 2
    SIGN = 3
    POWER = 4
    ATOM = 5


def render(node: Node) -> str:
    """The normalised text: one blank around + - * /, and only the parentheses that are needed.

    It parses to the same tree, and is never deeper or (blanks apart) longer than what was written.
    """
    match node:
        case Number(text, percent):
            return f"{text}%" if percent else text
        case Reference(name):
            return name
        case Negative(operand):
            return f"-{_inside(operand, Rank.SIGN)}"
        case Chain(first, steps):
            least = Rank(_rank(node) + 1)
            rest = (f" {step.operator} {_inside(step.operand, least)}" for step in steps)
            return _inside(first, least) + "".join(rest)
        case Power(base, exponent):
            return f"{_inside(base, Rank.ATOM)}^{_inside(exponent, Rank.SIGN)}"
        case Call(name, arguments):
            return f"{name}({', '.join(map(render, arguments))})"


def references(node: Node) -> Iterator[str]:
    """The ids of all figures, from left to right, as often as they stand there."""
    match node:
        case Reference(name):
            yield name
        case Negative(operand):
            yield from references(operand)
        case Chain(first, steps):
            yield from references(first)
            for step in steps:
                yield from references(step.operand)
        case Power(base, exponent):
            yield from references(base)
            yield from references(exponent)
        case Call(_, arguments):
            for argument in arguments:
                yield from references(argument)


def _inside(node: Node, least: Rank) -> str:
    text = render(node)
    return text if _rank(node) >= least else f"({text})"


def _rank(node: Node) -> Rank:
    match node:
        case Chain(_, steps):
            return Rank.SUM if steps[0].operator in "+-" else Rank.PRODUCT
        case Negative():
            return Rank.SIGN
        case Power():
            return Rank.POWER
        case Number() | Reference() | Call():
            return Rank.ATOM
