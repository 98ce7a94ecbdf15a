"""Buckets of others, that documents are read from."""

from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from core.errors import InvalidInputError, UnavailableError

SCHEMES = ("s3://", "gs://")


class Bucket:
    """What is below a URL. Keys to it are found where the provider's own tools look for them."""

    def __init__(self, url: str, store: ObjectStore) -> None:
        self._url = url
        self._store = store

    @classmethod
    def open(cls, url: str) -> "Bucket":
        """Args: url: `s3://bucket/prefix` or `gs://bucket/prefix`.

        Raises:
            InvalidInputError: it is none, or a setting of the provider's is wrong.
        """
        try:
            return cls(url, from_url(url))
        except (BaseError, ValueError) as error:
            raise InvalidInputError(f"{url} can't be opened: {error}") from error

    async def keys(self) -> list[str]:
        """Of every object, relative to the URL.

        Raises:
            UnavailableError: it can't be reached, or doesn't let us in.
        """
        try:
            return [
                str(each["path"]) async for batch in obstore.list(self._store) for each in batch
            ]
        except (BaseError, OSError) as error:
            raise self._unavailable(error) from error

    async def fetch(self, key: str, target: Path) -> None:
        """Write an object's bytes to `target`, streamed.

        Raises:
            UnavailableError: it can't be read.
        """
        try:
            result = await obstore.get_async(self._store, key)
            with target.open("wb") as file:
                async for part in result.stream():
                    file.write(part)
        except (BaseError, OSError) as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: Exception) -> UnavailableError:
        said = str(error).splitlines()[0]
        return UnavailableError(f"{self._url} can't be read. Check its name and your keys: {said}")
