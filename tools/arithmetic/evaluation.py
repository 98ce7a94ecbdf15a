"""A tree to its value."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from operator import add, mul, sub, truediv
from types import MappingProxyType
from typing import Final, TypeVar

from tools.arithmetic.alignment import aligned, warn_of_currencies
from tools.arithmetic.functions import find_function
from tools.arithmetic.operand import NO_OPERANDS, Operands, find_operand
from tools.arithmetic.periods import warn_of_lengths
from tools.arithmetic.powers import power
from tools.arithmetic.quantity import Quantity, Unit
from tools.arithmetic.refusal import DomainError, refusal
from tools.arithmetic.syntax import (
    Call,
    Chain,
    Negative,
    Node,
    Number,
    Power,
    Reference,
    Step,
)

Result = TypeVar("Result")
_OPERATORS: Final[Mapping[str, Callable[[Quantity, Quantity], Quantity]]] = MappingProxyType(
    {"+": add, "-": sub, "*": mul, "/": truediv}
)


class Evaluation:
    """Values of nodes, and what a reader of the result should know."""

    def __init__(self, operands: Operands) -> None:
        self._operands = operands
        self._warnings: dict[str, None] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """In the order in which they came up, each once."""
        return tuple(self._warnings)

    def value(self, node: Node) -> Quantity:
        """Raises ToolError with the column of what can't be carried out."""
        match node:
            case Number(text, percent):
                return _literal(text, percent=percent)
            case Reference(name, column):
                return self._figure(name, column)
            case Negative(operand):
                return -self.value(operand)
            case Chain(first, steps):
                value = self.value(first)
                for step in steps:
                    value = self._step(step, value, self.value(step.operand))
                return value
            case Power(base, exponent, column):
                return _at(column, power, self.value(base), self.value(exponent))
            case Call():
                return self._call(node)

    def _figure(self, name: str, column: int) -> Quantity:
        operand = _at(column, find_operand, self._operands, name)
        for doubt in operand.doubts:
            self._warn(f"{name} may have been misread: {doubt}")
        return operand.quantity

    def _step(self, step: Step, left: Quantity, right: Quantity) -> Quantity:
        both = [left, right]
        if step.operator in "+-":
            both = self._aligned(step.column, both)
        self._warn(warn_of_lengths(both))
        self._warn(warn_of_currencies(left, right))
        return _at(step.column, _OPERATORS[step.operator], *both)

    def _call(self, call: Call) -> Quantity:
        function = _at(call.column, find_function, call.name, len(call.arguments))
        arguments = [self.value(argument) for argument in call.arguments]
        alike = slice(*function.alike)
        arguments[alike] = self._aligned(call.column, arguments[alike])
        self._warn(warn_of_lengths(arguments))
        for warning in function.warnings:
            self._warn(warning(*arguments))
        return _at(call.column, function.apply, *arguments)

    def _aligned(self, column: int, quantities: list[Quantity]) -> list[Quantity]:
        taken, warning = _at(column, aligned, quantities)
        self._warn(warning)
        return taken

    def _warn(self, warning: str | None) -> None:
        if warning:
            self._warnings[warning] = None


def evaluate(node: Node, operands: Operands = NO_OPERANDS) -> Quantity:
    """Raises ToolError with the column of the operator or function that can't be carried out."""
    return Evaluation(operands).value(node)


def _literal(text: str, *, percent: bool) -> Quantity:
    value = Fraction(Decimal(text))
    return Quantity(value / 100, Unit.RATE) if percent else Quantity(value)


def _at(column: int, operation: Callable[..., Result], *operands: object) -> Result:
    try:
        return operation(*operands)
    except DomainError as error:
        raise refusal(column, str(error)) from error
