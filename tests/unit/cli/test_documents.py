"""What the list of documents says beside each version."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cli.documents import note
from storage.documents import DocumentVersion, ReadingNote, VersionStatus

VERSION = DocumentVersion(
    id=uuid4(),
    document_id=uuid4(),
    name="a.pdf",
    number=1,
    sha256="a" * 64,
    size_bytes=1,
    page_count=3,
    pages_done=3,
    image_only_pages=(),
    status=VersionStatus.CURRENT,
    failure=None,
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
    indexed_at=None,
    is_private=False,
    is_outdated=False,
    reindex_failure=None,
)


@pytest.mark.parametrize(
    ("different", "said"),
    [
        ({}, ""),
        ({"failure": "It is damaged."}, "It is damaged."),
        ({"image_only_pages": (2, 3)}, "pages without text: 2, 3"),
        ({"reading_notes": (ReadingNote(4, "mixed"),)}, "page 4: mixed"),
        (
            {"reading_notes": tuple(ReadingNote(page, "mixed") for page in range(1, 6))},
            "page 1: mixed; page 2: mixed; page 3: mixed; 2 more pages read with doubt",
        ),
        ({"is_outdated": True}, "without figures: run `copilot reindex`"),
        (
            {"is_outdated": True, "reindex_failure": "It is damaged.", "image_only_pages": (2,)},
            "pages without text: 2; without figures; could not be indexed again: It is damaged.",
        ),
    ],
)
def test_a_note_says_what_is_wrong_with_a_version(different, said):
    assert note(replace(VERSION, **different)) == said
