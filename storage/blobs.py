"""The uploaded bytes, kept under their sha256: a local folder, or S3 by URL."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from core.errors import ConfigurationError, UnavailableError
from storage.disk_space import NO_SPACE, OutOfSpaceError, disk_full_is_told
from storage.private_files import PRIVATE_FILE, close_to_others, private_folder, private_tree

if TYPE_CHECKING:
    from obstore.store import RetryConfig  # not there at run time

RETRY_SECONDS = 10
RETRIES: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(seconds=30)}
"""The library's own would let a request wait three minutes."""
PROBE = "ready"
"""A key under which nothing is stored."""


class BlobStore:
    """Each organization has its own prefix: equal bytes tell nobody that another has them.

    Methods raise UnavailableError while the store can't be reached or written to.
    """

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    @classmethod
    def open(cls, url: str | None, folder: Path) -> "BlobStore":
        """Args: url: `s3://bucket/prefix` and the like, or None; folder: used if it is None.

        Raises:
            ConfigurationError: the URL can't be read.
        """
        if url is None:
            private_tree(folder)
            return cls(LocalStore(folder), folder)
        try:
            return cls(from_url(url, retry_config=RETRIES))
        except (BaseError, ValueError) as error:
            raise ConfigurationError(
                "COPILOT_BLOB_URL can't be opened. Write it like s3://bucket/prefix."
            ) from error

    async def put(self, organization_id: UUID, sha256: str, source: Path) -> None:
        """Store a file's bytes, streamed; storing them again changes nothing."""
        key = _key(organization_id, sha256)
        with _out_of_reach():
            if self._folder:
                private_folder(self._folder / str(organization_id))
            try:
                await obstore.put_async(self._store, key, source)
            except FileNotFoundError as error:  # the bucket itself
                raise _unavailable() from error
            if self._folder:
                close_to_others(self._folder / key, PRIVATE_FILE)

    def read(self, organization_id: UUID, sha256: str) -> Iterator[bytes]:
        """The bytes, a part at a time; blocks while it waits for one.

        Raises:
            FileNotFoundError: nothing is stored under this name.
        """
        with _out_of_reach():
            yield from map(bytes, obstore.get(self._store, _key(organization_id, sha256)).stream())

    async def ensure(self, organization_id: UUID, sha256: str, source: Path) -> None:
        """Store a file's bytes if they aren't there."""
        try:
            with _out_of_reach():
                await obstore.head_async(self._store, _key(organization_id, sha256))
        except FileNotFoundError:
            await self.put(organization_id, sha256, source)

    async def delete(self, organization_id: UUID, sha256: str) -> None:
        """Forget the bytes; once they are gone, doing so again changes nothing."""
        with _out_of_reach(), suppress(FileNotFoundError):
            await obstore.delete_async(self._store, _key(organization_id, sha256))

    async def fetch(self, organization_id: UUID, sha256: str, target: Path) -> None:
        """Write the bytes to `target`, streamed.

        Raises:
            FileNotFoundError: nothing is stored under this name.
        """
        with _out_of_reach(), disk_full_is_told():
            result = await obstore.get_async(self._store, _key(organization_id, sha256))
            with target.open("wb") as file:
                async for part in result.stream():
                    file.write(part)

    async def check(self) -> None:
        """Raises: UnavailableError: nothing can be read from where uploads are kept."""
        if self._folder:
            if not self._folder.is_dir():
                raise _unavailable()
            return
        with _out_of_reach():
            # A listing, since a missing object and a missing bucket look alike.
            await obstore.list_with_delimiter_async(self._store, PROBE)


@contextmanager
def _out_of_reach() -> Iterator[None]:
    try:
        yield
    except BaseError as error:
        if NO_SPACE in str(error):
            raise OutOfSpaceError from error
        raise _unavailable() from error


def _unavailable() -> UnavailableError:
    return UnavailableError(
        "The store of documents can't be reached. Try again soon; if it persists, an administrator "
        "should check COPILOT_BLOB_URL and its credentials.",
        retry_after_seconds=RETRY_SECONDS,
    )


def _key(organization_id: UUID, sha256: str) -> str:
    return f"{organization_id}/{sha256}"
