"""The passages a thread has seen, numbered: [3] means the same in every later message."""

import re
from collections.abc import Sequence

from knowledge.passages import Passage
from knowledge.redaction.masking import masked

OPENING = '<passage id="{number}" document="{document}" page="{page}"{version}>'
CLOSING = "</passage>"
NOTHING_FOUND = "No passage matches."


class Evidence:
    """Hands out citation numbers from 1; a passage that is found again keeps its number."""

    def __init__(self, seen: Sequence[Passage] = ()) -> None:
        """Args: seen: the thread's passages in the order of their numbers."""
        self._numbers = {passage.chunk_id: number for number, passage in enumerate(seen, start=1)}
        self.added: list[Passage] = []

    def number(self, passage: Passage) -> int:
        known = self._numbers.get(passage.chunk_id)
        if known is not None:
            return known
        self.added.append(passage)
        self._numbers[passage.chunk_id] = len(self._numbers) + 1
        return len(self._numbers)

    def show(self, passages: Sequence[Passage]) -> str:
        """The text that the model reads, each passage fenced off from everything else."""
        if not passages:
            return NOTHING_FOUND
        return "\n".join(self._fence(passage) for passage in passages)

    def _fence(self, passage: Passage) -> str:
        opening = OPENING.format(
            number=self.number(passage),
            document=_unfenced(masked(passage.document).replace('"', "'")),
            page=passage.page,
            # A conversation can hold two versions of a page, if it was once asked as of a time.
            version=f' version="{passage.version}"' if passage.version > 1 else "",
        )
        return f"{opening}\n{_unfenced(passage.text)}\n{CLOSING}"


def shown_numbers(content: str) -> list[int]:
    """The citation numbers in a text that `Evidence.show` made, in order."""
    return [int(number) for number in _OPENING.findall(content)]


def _unfenced(text: str) -> str:
    """A document's own words, in which a tag is broken up: none can open or close a fence."""
    return _TAG.sub(r"<\\", text)


_TAG = re.compile(r"<(?=\s*+(?:/\s*+)?passage)", re.IGNORECASE)
_OPENING = re.compile(r'^<passage id="(\d+)" ', re.MULTILINE)
