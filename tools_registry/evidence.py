"""The passages a thread has seen, numbered: [3] means the same in every later message."""

import re
import secrets
from collections.abc import Callable, Sequence

from knowledge.passages import Passage
from knowledge.redaction.masking import masked

OPENING = '<{tag} id="{number}" document="{document}" page="{page}"{version}>'
CLOSING = "</{tag}>"
NOTHING_FOUND = "No passage matches."
TOKEN_BYTES = 4


def random_token() -> str:
    """Eight hexadecimal digits that nobody could know when a document was written."""
    return secrets.token_hex(TOKEN_BYTES)


class Evidence:
    """Hands out citation numbers from 1; a passage that is found again keeps its number."""

    def __init__(
        self, seen: Sequence[Passage] = (), token: Callable[[], str] = random_token
    ) -> None:
        """Prepare to number and fence passages.

        Args:
            seen: the thread's passages in the order of their numbers.
            token: makes what sets a result's tags apart from any that a document can hold.
        """
        self._token = token
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
        tag = f"passage-{self._token()}"
        return "\n".join(self._fence(tag, passage) for passage in passages)

    def _fence(self, tag: str, passage: Passage) -> str:
        opening = OPENING.format(
            tag=tag,
            number=self.number(passage),
            document=_unfenced(masked(passage.document).replace('"', "'")),
            page=passage.page,
            # A conversation can hold two versions of a page, if it was once asked as of a time.
            version=f' version="{passage.version}"' if passage.version > 1 else "",
        )
        return f"{opening}\n{_unfenced(passage.text)}\n{CLOSING.format(tag=tag)}"


def shown_numbers(content: str) -> list[int]:
    """The citation numbers in a text that `Evidence.show` made, in order.

    Its first line opens the first passage: only what has the same tag opens another. Threads from
    before tags had tokens have plain ones.
    """
    first = _OPENING.match(content)
    if first is None:
        return []
    found = _OPENING.finditer(content)
    return [int(each["number"]) for each in found if each["tag"] == first["tag"]]


def _unfenced(text: str) -> str:
    """A document's own words, in which a tag is broken up: none can open or close a fence."""
    return _TAG.sub(r"<\\", text)


_TAG = re.compile(r"<(?=\s*+(?:/\s*+)?passage)", re.IGNORECASE)
_OPENING = re.compile(
    r'^<(?P<tag>passage(?:-[0-9a-z]{1,32})?) id="(?P<number>\d{1,9})" ', re.MULTILINE
)
