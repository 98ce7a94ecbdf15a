"""Temporary copies of documents, which don't outlive their process for long.

Each process has a folder of its own below one that all share, and holds a lock on a file in it.
The system gives the lock back however the process ends, so whoever starts next sees by it whose
folders to remove.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Self

from storage.private_files import PRIVATE_FILE, private_folder

LOCK = "lock"
GATE = "starting"
"""Locked while folders are made or removed: a new one has no lock for a moment."""


class TemporaryFiles:
    """This process's folder for temporary copies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    @contextmanager
    def open(cls, shared: Path) -> Iterator[Self]:
        """Remove what dead processes left in `shared`, and make a folder of this process's own."""
        private_folder(shared)
        with _locked(shared / GATE):
            _sweep(shared)
            own = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=shared))
            lock = _lock_file(own / LOCK)
            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield cls(own)
        finally:
            shutil.rmtree(own, ignore_errors=True)
            lock.close()

    @contextmanager
    def new_folder(self) -> Iterator[Path]:
        """A folder of its own for one task, removed with all that is in it."""
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            yield Path(name)


def _sweep(shared: Path) -> None:
    for folder in shared.iterdir():
        if folder.is_dir() and _is_left_behind(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_left_behind(folder: Path) -> bool:
    with _lock_file(folder / LOCK) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with _lock_file(path) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lock_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE), "r+b")
