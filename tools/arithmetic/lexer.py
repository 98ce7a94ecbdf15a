"""Text to tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from core.errors import ToolError
from tools.arithmetic.limits import MAX_CHARACTERS, MAX_CHARACTERS_WITH_BLANKS
from tools.arithmetic.refusal import refusal

Kind = Literal["number", "name", "operator", "end"]

_TOKEN: Final = re.compile(
    r"""
    (?P<blank> \s+ )
  | (?P<currency> [$€£¥] ) (?= \s* [0-9.] )
  | (?P<number> (?: [1-9][0-9]{0,2} (?: ,[0-9]{3} )+ (?![0-9]) (?: \.[0-9]* )?
                  | [0-9]+ (?: \.[0-9]* )?
                  | \.[0-9]+ )
                (?: [eE][+-]?[0-9]+ )? )
  | (?P<name> [A-Za-z_][A-Za-z_0-9]* )
  | (?P<operator> \*\* | [-+*/^%(),−×÷] )
    """,  # noqa: RUF001 - the minus and the times sign of typeset filings
    re.VERBOSE,
)
_SPELLINGS: Final = {"**": "^", "−": "-", "×": "*", "÷": "/"}  # noqa: RUF001 - as above
_HINTS: Final = {
    "$": "a currency sign stands right before a number, as in $1200",
    "€": "a currency sign stands right before a number, as in €1200",
    "=": "write the expression alone, without an equals sign",
    "–": "the minus sign is -",  # noqa: RUF001 - an en dash on purpose
    "[": "group with ( and )",
    "{": "group with ( and )",
}


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    column: int
    """Of its first character, from 1."""


def tokenize(text: str) -> list[Token]:
    """Returns the tokens, closed by one of kind "end".

    Blanks are any Unicode space, the no-break ones of copied tables included. A currency sign
    before a number is dropped, but two different ones are refused: the figures would not add up.

    Raises:
        ToolError: the text is empty, too long, or holds a character that is not of the language.
    """
    _check_length(text)
    tokens = list(_scan(text))
    if not tokens:
        raise ToolError("The expression is empty: write one such as growth(11588, 12392)")
    return [*tokens, Token("end", "", len(text) + 1)]


def _check_length(text: str) -> None:
    length = len("".join(text.split()))
    if length > MAX_CHARACTERS or len(text) > MAX_CHARACTERS_WITH_BLANKS:
        raise ToolError(
            f"The expression has {length} characters (blanks not counted), more than"
            f" {MAX_CHARACTERS}: split it into several calculations"
        )


def _scan(text: str) -> Iterator[Token]:
    position, currency = 0, ""
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unknown(text[position], position + 1)
        found, position = match.group(), match.end()
        if match.lastgroup == "currency":
            currency = _same_currency(currency, found, match.start() + 1)
        elif match.lastgroup != "blank":
            yield _token(match)


def _token(match: re.Match[str]) -> Token:
    text, column = match.group(), match.start() + 1
    if match.lastgroup == "number":
        return Token("number", text, column)
    if match.lastgroup == "name":
        return Token("name", text.lower(), column)
    return Token("operator", _SPELLINGS.get(text, text), column)


def _same_currency(before: str, found: str, column: int) -> str:
    if before and before != found:
        raise refusal(
            column,
            f"{before} and {found} in one expression: convert to one currency first and leave the"
            " signs out",
        )
    return found


def _unknown(character: str, column: int) -> ToolError:
    hint = _HINTS.get(character, "use numbers, + - * / ^, ( ), % after a number, and functions")
    return refusal(column, f"the character {character!r} can't stand here: {hint}")
