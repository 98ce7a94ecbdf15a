"""PDFs in a ZIP archive, which may be hostile.

Nothing is ever written to a path that the archive names: a member's path is but the name of its
document. Archives in archives aren't opened: they are no PDFs.
"""

import asyncio
import errno
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from knowledge.errors import TooLargeError, UnreadableArchiveError
from knowledge.sources.item import Item, Source, name_below

MAX_MEMBERS = 500
MAX_GROWTH = 10
"""All members together may be so many times as large as the largest upload."""
MAX_DIRECTORY_BYTES = 2**20
"""Of the list of members, which is read into memory as a whole."""
PART_BYTES = 2**20
_BEGINS = (b"PK\x03\x04", b"PK\x05\x06")
_END = b"PK\x05\x06"
_END_BYTES, _MAX_COMMENT_BYTES = 22, 2**16
_ZIP64, _ZIP64_BYTES = b"PK\x06\x07", 20
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others take as much memory as the archive says."""
_BROKEN = "It can't be read. Make it again, and send it whole."


def is_archive(path: Path) -> bool:
    """By its first bytes, whatever it is called."""
    with path.open("rb") as file:
        return file.read(4) in _BEGINS


def archive_source(archive: Path, max_bytes: int) -> Source:
    """What an archive holds, without what systems add to archives by themselves.

    Args:
        archive: the file; it must stay until its items are fetched.
        max_bytes: of one member.

    Raises:
        UnreadableArchiveError, TooLargeError: it can't be taken in, not even in part.
    """
    _check_directory(archive)
    with _broken_is_told(), zipfile.ZipFile(archive) as opened:
        members = [each for each in opened.infolist() if _counts(each)]
    _check(members, max_bytes)
    return Source([_item(archive, member, max_bytes) for member in members])


def _check_directory(archive: Path) -> None:
    """Before the list of members is read: a million of them take a gigabyte.

    Source: PKWARE's APPNOTE 4.3.16, "End of central directory record".
    """
    with archive.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _MAX_COMMENT_BYTES - _END_BYTES - _ZIP64_BYTES))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_BYTES:
        raise UnreadableArchiveError(_BROKEN)
    if tail[:at][-_ZIP64_BYTES:].startswith(_ZIP64):
        raise UnreadableArchiveError("It is in the ZIP64 format. Split it into smaller ones.")
    if int.from_bytes(tail[at + 12 : at + 16], "little") > MAX_DIRECTORY_BYTES:
        raise _too_many()


def _check(members: list[zipfile.ZipInfo], max_bytes: int) -> None:
    if not members:
        raise UnreadableArchiveError("It holds no file. Put PDFs into it.")
    if len(members) > MAX_MEMBERS:
        raise _too_many()
    if sum(member.file_size for member in members) > MAX_GROWTH * max_bytes:
        raise TooLargeError(
            f"Unpacked it would have over {MAX_GROWTH * max_bytes // 2**20} MB. Split it."
        )
    if any(".." in PurePosixPath(_path(member)).parts for member in members):
        raise UnreadableArchiveError("A path in it leads out of it. Make it again without `..`.")


def _item(archive: Path, member: zipfile.ZipInfo, max_bytes: int) -> Item:
    async def unpack(target: Path) -> None:
        await asyncio.to_thread(_unpack, archive, member, target, max_bytes)

    return Item(name_below(_path(member)), unpack)


def _unpack(archive: Path, member: zipfile.ZipInfo, target: Path, max_bytes: int) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableArchiveError("It asks for a password. Make the archive without one.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableArchiveError("It is a link. Put the file itself into the archive.")
    if member.compress_type not in _METHODS:
        raise UnreadableArchiveError("It is packed in an unusual way. Use the usual one, deflate.")
    if member.file_size > max_bytes:
        raise TooLargeError(f"At most {max_bytes // 2**20} MB are taken. Split it.")
    with _broken_is_told(), target.open("wb") as file:
        file.writelines(_parts(archive, member))


def _parts(archive: Path, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Never more of them than the member's entry says."""
    with zipfile.ZipFile(archive) as opened, opened.open(member) as packed:
        while part := packed.read(PART_BYTES):
            yield part


@contextmanager
def _broken_is_told() -> Iterator[None]:
    """Raises: UnreadableArchiveError: all that `zipfile` stumbles over, as each flipped byte shows.

    Besides its own error: features that it lacks, names that are no UTF-8, offsets outside of it.
    """
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableArchiveError(_BROKEN) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a full disk is ours
            raise
        raise UnreadableArchiveError(_BROKEN) from error


def _counts(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(_path(member))
    return not (member.is_dir() or path.parts[:1] == ("__MACOSX",) or path.name.startswith("."))


def _path(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/")


def _too_many() -> UnreadableArchiveError:
    return UnreadableArchiveError(f"It holds more than {MAX_MEMBERS} files. Split it.")
