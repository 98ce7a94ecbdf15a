"""The uploaded bytes, kept under their sha256: a local folder, or S3 by URL."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import obstore
from obstore.store import LocalStore, ObjectStore, from_url


class BlobStore:
    """Each organization has its own prefix: equal bytes tell nobody that another has them."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str | None, folder: Path) -> "BlobStore":
        """Args: url: `s3://bucket/prefix` and the like, or None; folder: used if it is None."""
        if url is None:
            folder.mkdir(parents=True, exist_ok=True)
            return cls(LocalStore(folder))
        return cls(from_url(url))

    async def put(self, organization_id: UUID, sha256: str, source: Path) -> None:
        """Store a file's bytes, streamed; storing them again changes nothing."""
        await obstore.put_async(self._store, _key(organization_id, sha256), source)

    def read(self, organization_id: UUID, sha256: str) -> Iterator[bytes]:
        """The bytes, a part at a time; blocks while it waits for one.

        Raises:
            FileNotFoundError: nothing is stored under this name.
        """
        yield from map(bytes, obstore.get(self._store, _key(organization_id, sha256)).stream())

    async def ensure(self, organization_id: UUID, sha256: str, source: Path) -> None:
        """Store a file's bytes if they aren't there."""
        try:
            await obstore.head_async(self._store, _key(organization_id, sha256))
        except FileNotFoundError:
            await self.put(organization_id, sha256, source)

    async def delete(self, organization_id: UUID, sha256: str) -> None:
        """Forget the bytes; once they are gone, doing so again changes nothing."""
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, _key(organization_id, sha256))

    async def fetch(self, organization_id: UUID, sha256: str, target: Path) -> None:
        """Write the bytes to `target`, streamed.

        Raises:
            FileNotFoundError: nothing is stored under this name.
        """
        result = await obstore.get_async(self._store, _key(organization_id, sha256))
        with target.open("wb") as file:
            async for part in result.stream():
                file.write(part)


def _key(organization_id: UUID, sha256: str) -> str:
    return f"{organization_id}/{sha256}"
