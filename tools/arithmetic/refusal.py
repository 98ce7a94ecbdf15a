"""How the language says no."""

from core.errors import ToolError


class DomainError(Exception):
    """An operation isn't defined for its operands; `evaluation` adds the column."""


def refusal(column: int, message: str) -> ToolError:
    """Args: column: where in the expression, from 1; message: what is wrong and what to write."""
    return ToolError(f"Column {column}: {message}", column=column)
