"""PDFs in files and folders, and in archives among them."""

import asyncio
import shutil
from pathlib import Path

from knowledge.sources.archives import archive_source, is_archive
from knowledge.sources.item import Item, Source, is_pdf, name_below


async def path_source(path: Path, max_bytes: int) -> Source:
    """A file by its name, a folder's PDFs by their places below it, or what an archive holds.

    Raises:
        UnreadableArchiveError, TooLargeError: an archive can't be taken in.
    """
    return await asyncio.to_thread(_look, path, max_bytes)


def file_item(name: str, path: Path) -> Item:
    """A file that is there already."""

    async def copy(target: Path) -> None:
        await asyncio.to_thread(shutil.copyfile, path, target)

    return Item(name, copy)


def _look(path: Path, max_bytes: int) -> Source:
    if path.is_dir():
        return _folder(path)
    if is_archive(path):
        return archive_source(path, max_bytes)
    return Source([file_item(path.name, path)])


def _folder(folder: Path) -> Source:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _hidden(path))
    named = [(name_below(str(path.relative_to(folder))), path) for path in files]
    pdfs = [file_item(name, path) for name, path in named if is_pdf(name)]
    return Source(pdfs, len(files) - len(pdfs))


def _hidden(path: Path) -> bool:
    return path.name.startswith(".")
