"""Pages as they come from a reader, masked before anything else sees them."""

import asyncio
from collections.abc import AsyncIterator, Iterable

from knowledge.pages import Page
from knowledge.redaction.masking import Personal, mask


class MaskedPages:
    """Iterates over masked pages and keeps what was on them until it is asked for."""

    def __init__(self, pages: AsyncIterator[Page]) -> None:
        self._pages = pages
        self._hidden: dict[int, list[Personal]] = {}

    def __aiter__(self) -> AsyncIterator[Page]:
        return self

    async def __anext__(self) -> Page:
        page, personal = await asyncio.to_thread(mask, await anext(self._pages))
        self._hidden[page.number] = personal
        return page

    def hidden(self, pages: Iterable[Page]) -> list[Personal]:
        """What these pages said, once."""
        return [each for page in pages for each in self._hidden.pop(page.number, ())]
