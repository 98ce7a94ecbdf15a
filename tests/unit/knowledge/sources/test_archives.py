"""ZIP archives, hostile ones too: what is in them comes out, and nothing else happens."""

import asyncio
import stat
import struct
import zipfile
from contextlib import suppress

import pytest

from core.errors import CopilotError
from knowledge.errors import TooLargeError, UnreadableArchiveError
from knowledge.sources import archives
from knowledge.sources.archives import archive_source, is_archive

MEGABYTE = 2**20


@pytest.fixture
def archive(tmp_path):
    """Writes one with these members: bytes by path or ZipInfo."""

    def write(members, method=zipfile.ZIP_DEFLATED, comment=b""):
        path = tmp_path / "archive"
        with zipfile.ZipFile(path, "w", method) as made:
            made.comment = comment
            for name, content in members:
                made.writestr(name, content)
        return path

    return write


def unpacked(path, target, max_bytes=MEGABYTE):
    """By name, the bytes of each member or why there are none."""

    def content(item):
        try:
            asyncio.run(item.fetch(target))
        except CopilotError as error:
            return error.detail
        return target.read_bytes()

    return {item.name: content(item) for item in archive_source(path, max_bytes).items}


def test_names_are_places_and_what_systems_add_is_left_out(archive, tmp_path):
    members = [
        ("10-K.pdf", b"a"),
        ("2023/q1/10-Q.pdf", b"b"),
        ("2023\\q2\\10-Q.pdf", b"c"),
        ("/etc/passwd", b"d"),
        ("2023/", b""),
        ("__MACOSX/10-K.pdf", b"x"),
        ("2023/.DS_Store", b"x"),
    ]
    path = archive(members, comment=b"made by hand")
    assert is_archive(path)
    assert unpacked(path, tmp_path / "out") == {
        "10-K.pdf": b"a",
        "2023 - q1 - 10-Q.pdf": b"b",
        "2023 - q2 - 10-Q.pdf": b"c",
        "etc - passwd": b"d",
    }
    assert {each.name for each in tmp_path.iterdir()} == {"archive", "out"}


@pytest.mark.parametrize("path", ["../a.pdf", "a/../../b.pdf", "a\\..\\..\\b.pdf"])
def test_a_path_that_leads_out(archive, path):
    with pytest.raises(UnreadableArchiveError, match="leads out"):
        archive_source(archive([(path, b"")]), MEGABYTE)


def linked():
    link = zipfile.ZipInfo("link.pdf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


@pytest.mark.parametrize(
    ("member", "method", "says"),
    [
        ((linked(), b"/etc/passwd"), zipfile.ZIP_DEFLATED, "It is a link"),
        (("lzma.pdf", b"a" * 99), zipfile.ZIP_LZMA, "deflate"),
        (("large.pdf", bytes(2 * MEGABYTE)), zipfile.ZIP_DEFLATED, "At most 1 MB"),
    ],
    ids=["link", "lzma", "large"],
)
def test_a_member_that_is_refused_leaves_the_others(archive, tmp_path, member, method, says):
    out = unpacked(archive([member, ("good.pdf", b"a")], method), tmp_path / "out")
    if method == zipfile.ZIP_LZMA:
        assert all(says in each for each in out.values())
    else:
        assert out.pop("good.pdf") == b"a"
        assert says in out.popitem()[1]


def test_a_member_with_a_password(archive, tmp_path):
    path = archive([("secret.pdf", b"a")])
    content = bytearray(path.read_bytes())
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags_at] |= 1
    path.write_bytes(content)
    assert "password" in unpacked(path, tmp_path / "out")["secret.pdf"]


def test_a_member_larger_than_it_says(archive, tmp_path):
    path = archive([("bomb.pdf", bytes(8 * MEGABYTE))])
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.index(b"PK\x03\x04") + 22, 100)
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 100)
    path.write_bytes(content)
    assert "can't be read" in unpacked(path, tmp_path / "out")["bomb.pdf"]
    assert (tmp_path / "out").stat().st_size <= 100


def test_all_members_together_are_bounded(archive):
    path = archive([(f"{n}.pdf", bytes(MEGABYTE)) for n in range(archives.MAX_GROWTH + 1)])
    assert path.stat().st_size < MEGABYTE
    with pytest.raises(TooLargeError, match="over 10 MB"):
        archive_source(path, MEGABYTE)


def test_the_number_of_members_is_bounded(archive, monkeypatch):
    path = archive([(f"{n}.pdf", b"") for n in range(archives.MAX_MEMBERS + 1)])
    with pytest.raises(UnreadableArchiveError, match="more than 500"):
        archive_source(path, MEGABYTE)
    path = archive([(f"{n:0200}.pdf", b"") for n in range(5000)])
    monkeypatch.setattr(zipfile, "ZipFile", None)  # it isn't even asked for so many
    with pytest.raises(UnreadableArchiveError, match="more than 500"):
        archive_source(path, MEGABYTE)


@pytest.mark.parametrize(
    "broken",
    [
        b"PK\x03\x04 and nothing else",
        b"PK\x05\x06",
        b"PK\x05\x06" + bytes(17),
        b"PK\x05\x06" + b"\xff" * 18,
        b"PK\x05\x06" + bytes(18),
        b"PK\x06\x07" + bytes(16) + b"PK\x05\x06" + bytes(18),
    ],
)
def test_what_is_no_whole_archive(tmp_path, broken):
    (tmp_path / "archive").write_bytes(broken)
    with pytest.raises(UnreadableArchiveError):
        archive_source(tmp_path / "archive", MEGABYTE)


@pytest.mark.parametrize("flipped", [0xFF, 0x80, 0x40, 0x20, 0x01])
async def test_whichever_byte_is_flipped_it_is_told_or_harmless(archive, tmp_path, flipped):
    path = archive([("\u00e9.pdf", b"content of a" * 9)])
    whole = path.read_bytes()
    for at in range(len(whole)):
        content = bytearray(whole)
        content[at] ^= flipped
        path.write_bytes(content)
        with suppress(UnreadableArchiveError, TooLargeError):
            for item in archive_source(path, MEGABYTE).items:
                await item.fetch(tmp_path / "out")


def test_a_full_disk_is_no_fault_of_the_archive(archive, tmp_path):
    path = archive([("a.pdf", b"a")])
    with pytest.raises(IsADirectoryError):
        unpacked(path, tmp_path)
