import zipfile

import pytest

from knowledge.sources.files import path_source

MEGABYTE = 2**20


@pytest.fixture
def folder(tmp_path):
    for place in ("a.pdf", "2023/q1/b.PDF", "2023/notes.txt", ".hidden.pdf"):
        path = tmp_path / "folder" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(place)
    return tmp_path / "folder"


async def test_a_folder_s_pdfs_are_called_by_their_places(folder, tmp_path):
    source = await path_source(folder, MEGABYTE)
    assert [item.name for item in source.items] == ["2023 - q1 - b.PDF", "a.pdf"]
    assert source.skipped == 1
    await source.items[0].fetch(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "2023/q1/b.PDF"


async def test_a_file_is_what_its_bytes_say(folder, tmp_path):
    assert [each.name for each in (await path_source(folder / "a.pdf", MEGABYTE)).items] == [
        "a.pdf"
    ]
    archive = tmp_path / "archive.pdf"
    with zipfile.ZipFile(archive, "w") as made:
        made.write(folder / "a.pdf", "inside/a.pdf")
    both = await path_source(archive, MEGABYTE) + await path_source(folder, MEGABYTE)
    assert [each.name for each in both.items] == ["inside - a.pdf", "2023 - q1 - b.PDF", "a.pdf"]
    assert both.skipped == 1
