"""Compares versions of a document as they are stored."""

import asyncio
from uuid import UUID

from core.principal import Permission, Principal
from knowledge.version_diff import VersionDiff, compare
from storage.pages import PageRepository
from storage.version_history import VersionHistory


class Comparison:
    """Of two versions, whichever is older."""

    def __init__(self, history: VersionHistory, pages: PageRepository) -> None:
        self._history = history
        self._pages = pages

    async def diff(
        self, principal: Principal, document_id: UUID, before: int, after: int
    ) -> VersionDiff:
        """What changed from one version to another, by page.

        Raises:
            PermissionDeniedError: without `query:document`.
            NotFoundError: no such document, or no version of such a number.
            ConflictError: a version isn't indexed.
        """
        principal.require(Permission.QUERY_DOCUMENT)
        found = await self._history.readable(principal, document_id, (before, after))
        texts = [await self._pages.texts(principal, version.id) for version in found]
        return await asyncio.to_thread(compare, (before, after), *texts)
