"""Deleted documents leave nothing behind, and take no bytes along that others need."""

import asyncio
import hashlib
from dataclasses import replace

import pytest

from core.errors import NotFoundError
from storage.blobs import BlobStore
from storage.deletion import DELETE_BLOB, Deletion
from storage.documents import NewVersion
from storage.jobs import JobQueue


@pytest.fixture
def blobs(tmp_path):
    return BlobStore.open(None, tmp_path / "blobs")


@pytest.fixture
def deletion(database, blobs):
    return Deletion(database, blobs)


@pytest.fixture
def store(documents, blobs, tmp_path):
    """Stores bytes and the version that refers to them."""

    async def store(principal, name="a.pdf", content=b"a", *, private=False):
        path = tmp_path / "upload"
        path.write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        blob = (principal.organization_id, sha256, path)
        await blobs.put(*blob)
        new = NewVersion(name, sha256, len(content), 1, (), private)
        return (await documents.accept(principal, new, lambda: blobs.ensure(*blob)))[0]

    return store


def stored(tmp_path):
    return sorted(path.name for path in (tmp_path / "blobs").rglob("*") if path.is_file())


async def test_a_document_goes_with_its_versions_and_bytes(
    deletion, documents, principal, store, tmp_path
):
    first = await store(principal, content=b"a")
    await store(principal, content=b"b")
    kept = await store(principal, "kept.pdf", b"c")
    await deletion.document(principal, first.document_id)
    assert [each.id for each in await documents.versions(principal)] == [kept.id]
    assert stored(tmp_path) == [kept.sha256]
    with pytest.raises(NotFoundError):
        await deletion.document(principal, first.document_id)


async def test_another_organization_s_and_others_private_ones_stay(
    deletion, principal, stranger, store, tmp_path
):
    mine = await store(principal, private=True)
    colleague = replace(principal, subject="colleague")
    for other in (stranger, colleague):
        with pytest.raises(NotFoundError, match=f"No such document: {mine.document_id}"):
            await deletion.document(other, mine.document_id)
    assert stored(tmp_path) == [mine.sha256]


async def test_bytes_that_a_hidden_document_needs_stay(deletion, principal, store, tmp_path):
    colleague = replace(principal, subject="colleague")
    theirs = await store(colleague, "theirs.pdf", b"same", private=True)
    mine = await store(principal, "mine.pdf", b"same")
    await deletion.document(principal, mine.document_id)
    assert stored(tmp_path) == [theirs.sha256]
    await deletion.document(colleague, theirs.document_id)
    assert stored(tmp_path) == []


async def test_the_bytes_go_whatever_dies_after_the_commit(
    deletion, principal, store, tmp_path, monkeypatch
):
    version = await store(principal)

    async def die(*_):
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(deletion, "blob", die)
        with pytest.raises(asyncio.CancelledError):
            await deletion.document(principal, version.document_id)
    assert stored(tmp_path) == [version.sha256]

    async def delete(organization_id, sha256):
        if organization_id == str(principal.organization_id):
            await deletion.blob(principal.organization_id, sha256)

    queue = JobQueue(deletion._database)
    queue.register(DELETE_BLOB, delete)
    await asyncio.wait_for(queue.work(until_empty=True), 20)
    assert stored(tmp_path) == []


async def test_an_upload_and_a_deletion_of_the_same_bytes_at_once(
    deletion, documents, principal, store, tmp_path
):
    for turn in range(20):
        old = await store(principal, f"old{turn}.pdf", b"same")
        new, _ = await asyncio.gather(
            store(principal, f"new{turn}.pdf", b"same"),
            deletion.document(principal, old.document_id),
        )
        assert stored(tmp_path) == [new.sha256]
        await deletion.document(principal, new.document_id)
