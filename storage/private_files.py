"""Files and folders that no other user of the machine may look into."""

import os
from contextlib import suppress
from pathlib import Path

PRIVATE_FOLDER = 0o700
PASSABLE_FOLDER = 0o711
"""Whoever knows a path below it may follow it: for Postgres, when it runs as another user."""
PRIVATE_FILE = 0o600
OTHERS = 0o077


def private_folder(folder: Path, mode: int = PRIVATE_FOLDER) -> None:
    """Make a folder if it is missing, and close it to others."""
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    close_to_others(folder, mode)


def private_tree(folder: Path) -> None:
    """The same with all that is below it, unless the folder is closed already.

    It is closed last, so that an attempt that was broken off is made again.
    """
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    if folder.stat().st_mode & OTHERS:
        for path in folder.rglob("*"):
            with suppress(FileNotFoundError):  # deleted meanwhile
                close_to_others(path, PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)
        close_to_others(folder, PRIVATE_FOLDER)


def close_to_others(path: Path, mode: int) -> None:
    """Take away what others may do with it beyond `mode`.

    A mounted volume may belong to somebody else: then its mode is for them to choose.
    """
    found = path.stat()
    if found.st_mode & OTHERS & ~mode and os.geteuid() in (0, found.st_uid):
        path.chmod(mode)
