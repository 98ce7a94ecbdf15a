"""Tokens to a tree, by recursive descent.

    sum     := product (("+" | "-") product)*
    product := sign (("*" | "/") sign)*
    sign    := ("-" | "+") sign | power
    power   := atom ("^" sign)?
    atom    := number "%"? | figure | name "(" sum ("," sum)* ")" | "(" sum ")"

A figure is an id such as F12. -2^2 is -4, as in mathematics (a spreadsheet says 4), and 2^3^2 is
2^9. Parentheses only group: the accounting negative (5) is 5. A comma inside a number is a
thousands separator outside of calls alone; in an argument list 1,234 could be one number or two,
and is refused.
"""

import re
from collections.abc import Callable
from typing import Final

from core.errors import ToolError
from tools.arithmetic.lexer import Token, tokenize
from tools.arithmetic.limits import (
    MAX_DEPTH,
    MAX_LITERAL_DIGITS,
    MAX_LITERAL_EXPONENT,
    MAX_OPERATIONS,
)
from tools.arithmetic.refusal import refusal
from tools.arithmetic.syntax import Call, Chain, Negative, Node, Number, Power, Reference, Step

_MULTIPLES: Final = {
    **dict.fromkeys(("k", "thousand"), "e3"),
    **dict.fromkeys(("m", "mm", "mn", "million"), "e6"),
    **dict.fromkeys(("b", "bn", "billion"), "e9"),
}

_FIGURE: Final = re.compile(r"f[1-9][0-9]{0,5}")


def parse(text: str) -> Node:
    """Raises ToolError, which says where the text leaves the language or a bound."""
    parser = _Parser(tokenize(text))
    tree = parser.sum()
    if parser.token.kind != "end":
        raise _trailing(parser.token)
    return tree


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = -1
        self._calls = 0
        self._operations = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._position]

    def sum(self) -> Node:
        return self._chain("+-", self._product)

    def _product(self) -> Node:
        return self._chain("*/", self._sign)

    def _chain(self, operators: str, operand: Callable[[], Node]) -> Node:
        first = operand()
        steps = []
        while self._at(operators):
            operator = self._operation()
            steps.append(Step(operator.text, operand(), operator.column))
        return Chain(first, tuple(steps)) if steps else first

    def _sign(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise refusal(
                self.token.column,
                f"nested more than {MAX_DEPTH} deep: calculate the inner part first",
            )
        node = self._signed() if self._at("+-") else self._power()
        self._depth -= 1
        return node

    def _signed(self) -> Node:
        negative = self._next().text == "-"
        operand = self._sign()
        return Negative(operand) if negative else operand

    def _power(self) -> Node:
        base = self._atom()
        if not self._at("^"):
            return base
        operator = self._operation()
        return Power(base, self._sign(), operator.column)

    def _atom(self) -> Node:
        if self.token.kind == "number":
            return self._number()
        if self.token.kind == "name":
            return self._call()
        if not self._at("("):
            raise _expected_operand(self.token)
        opening = self._next()
        inner = self.sum()
        self._close(opening)
        return inner

    def _number(self) -> Number:
        token = self._next()
        if "," in token.text and self._calls:
            raise refusal(
                token.column,
                f"{token.text} in an argument list is one number or two: write"
                f" {token.text.replace(',', '')}, or put a blank after each comma",
            )
        percent = self._at("%")
        if percent:
            self._next()
        return Number(_checked_literal(token), percent)

    def _call(self) -> Call | Reference:
        name = self._operation()
        if not self._at("("):
            if _FIGURE.fullmatch(name.text):
                self._operations -= 1
                return Reference(name.text.upper(), name.column)
            raise refusal(
                name.column,
                f"{name.text[:40]!r} is not a number: write the figure itself, or call a function"
                " as in growth(old, new)",
            )
        opening = self._next()
        self._calls += 1
        arguments = [] if self._at(")") else [self.sum()]
        while arguments and self._at(","):
            self._next()
            arguments.append(self.sum())
        self._calls -= 1
        self._close(opening)
        return Call(name.text, tuple(arguments), name.column)

    def _close(self, opening: Token) -> None:
        if self.token.kind == "end":
            raise refusal(opening.column, "this ( is never closed: add the missing )")
        if not self._at(")"):
            raise _trailing(self.token)
        self._next()

    def _at(self, operators: str) -> bool:
        return self.token.kind == "operator" and self.token.text in operators

    def _next(self) -> Token:
        token = self.token
        self._position += 1
        return token

    def _operation(self) -> Token:
        self._operations += 1
        if self._operations > MAX_OPERATIONS:
            raise refusal(
                self.token.column,
                f"more than {MAX_OPERATIONS} operations: split into several calculations",
            )
        return self._next()


def _checked_literal(token: Token) -> str:
    text = token.text.replace(",", "").lower()
    mantissa, _, exponent = text.partition("e")
    if len(mantissa.replace(".", "")) > MAX_LITERAL_DIGITS:
        raise refusal(token.column, f"this number has more than {MAX_LITERAL_DIGITS} digits")
    if exponent and abs(int(exponent)) > MAX_LITERAL_EXPONENT:
        raise refusal(
            token.column,
            f"the exponent goes from -{MAX_LITERAL_EXPONENT} to {MAX_LITERAL_EXPONENT}",
        )
    return text


def _expected_operand(token: Token) -> ToolError:
    if token.kind == "end":
        return refusal(token.column, "the expression breaks off: a number is missing at its end")
    return refusal(token.column, f"a number, a function or ( belongs here, not {token.text!r}")


def _trailing(token: Token) -> ToolError:
    if multiple := _MULTIPLES.get(token.text):
        return refusal(token.column, f"write {multiple} after the number instead of {token.text!r}")
    hints = {
        ",": "a comma separates a function's arguments, or groups of three digits as in 1,234.5",
        "%": "% follows a number, as in 5%; for the remainder or a share use percent(part, whole)",
        ")": "there is no ( for this )",
    }
    hint = hints.get(token.text, "an operator such as + or * is missing before it")
    return refusal(token.column, f"unexpected {token.text!r}: {hint}")
