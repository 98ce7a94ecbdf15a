"""The product in a folder that goes away again: for notebooks, trials and eval runs."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core.settings import Settings
from graphs.runtime import Runtime, open_runtime


@asynccontextmanager
async def open_scratch(settings: Settings) -> AsyncIterator[Runtime]:
    """A runtime with an empty store, of which nothing is left afterwards.

    Args:
        settings: for models and limits; the database and the blobs that they name stay untouched.
    """
    with scratch_folder() as folder:
        async with open_runtime(settings_within(settings, folder)) as runtime:
            yield runtime


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that embedded Postgres can work in. It goes at the process's end at the latest."""
    # Postgres may still be removing files when it is removed.
    with TemporaryDirectory(prefix="copilot-scratch-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)  # run by root, Postgres works as a user of its own
        yield folder


def settings_within(settings: Settings, folder: Path) -> Settings:
    """The same, but with embedded Postgres and blobs below `folder`."""
    own = {"data_dir": folder, "database_url": None, "app_database_url": None, "blob_url": None}
    return settings.model_copy(update=own)
