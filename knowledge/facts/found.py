"""What is found in a document's text, and where."""

from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

COVER_CHARACTERS = 6_000
"""Of the first pages, which are their cover."""
TITLE_CHARACTERS = 1_500
"""Of the cover, in which its title stands."""


class Found(NamedTuple, Generic[Value]):
    """A value, and where it stands in the text; None as place for the file's name."""

    value: Value
    place: tuple[int, int] | None
