"""A tree to its value."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from operator import add, mul, sub, truediv
from types import MappingProxyType
from typing import Final

from tools.arithmetic.functions import find_function
from tools.arithmetic.powers import power
from tools.arithmetic.quantity import Quantity, Unit
from tools.arithmetic.refusal import DomainError, refusal
from tools.arithmetic.syntax import Call, Chain, Negative, Node, Number, Power

_OPERATORS: Final[Mapping[str, Callable[[Quantity, Quantity], Quantity]]] = MappingProxyType(
    {"+": add, "-": sub, "*": mul, "/": truediv}
)


def evaluate(node: Node) -> Quantity:
    """Raises ToolError with the column of the operator or function that can't be carried out."""
    match node:
        case Number(text, percent):
            return _literal(text, percent=percent)
        case Negative(operand):
            return -evaluate(operand)
        case Chain(first, steps):
            value = evaluate(first)
            for step in steps:
                operator = _OPERATORS[step.operator]
                value = _at(step.column, operator, value, evaluate(step.operand))
            return value
        case Power(base, exponent, column):
            return _at(column, power, evaluate(base), evaluate(exponent))
        case Call():
            return _call(node)


def _literal(text: str, *, percent: bool) -> Quantity:
    value = Fraction(Decimal(text))
    return Quantity(value / 100, Unit.RATE) if percent else Quantity(value)


def _call(call: Call) -> Quantity:
    try:
        function = find_function(call.name, len(call.arguments))
    except DomainError as error:
        raise refusal(call.column, str(error)) from error
    return _at(call.column, function.apply, *map(evaluate, call.arguments))


def _at(column: int, operation: Callable[..., Quantity], *operands: Quantity) -> Quantity:
    try:
        return operation(*operands)
    except DomainError as error:
        raise refusal(column, str(error)) from error
