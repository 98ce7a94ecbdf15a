"""Documents, their versions, and the job that follows from an upload."""

import asyncio
from uuid import uuid4

import pytest

from core.errors import NotFoundError
from storage.documents import VersionStatus

JOBS = "select id, status from procrastinate_jobs where args->>'version_id' = %s"


async def test_an_upload_is_pending_and_has_its_job(documents, principal, upload, as_owner):
    version, new = await documents.accept(principal, upload())
    assert (new, version.number, version.status) == (True, 1, VersionStatus.PENDING)
    ((_, status),) = as_owner(JOBS, str(version.id))
    assert status == "todo"


async def test_the_same_bytes_again_change_nothing(documents, principal, upload, as_owner):
    first, _ = await documents.accept(principal, upload())
    again, new = await documents.accept(principal, upload())
    assert (again, new) == (first, False)
    assert len(as_owner(JOBS, str(first.id))) == 1


async def test_other_bytes_are_a_new_version(documents, principal, upload):
    first, _ = await documents.accept(principal, upload(letter="a"))
    second, new = await documents.accept(principal, upload(letter="b"))
    assert (new, second.number, second.document_id) == (True, 2, first.document_id)
    third, new = await documents.accept(principal, upload(letter="a"))
    assert (new, third.number) == (True, 3)


async def test_the_same_bytes_after_a_failure_are_tried_again(documents, principal, upload):
    first, _ = await documents.accept(principal, upload())
    await documents.fail(principal, first.id, "broken")
    second, new = await documents.accept(principal, upload())
    assert (new, second.number) == (True, 2)


async def test_uploads_at_once_are_numbered_one_by_one(documents, principal, upload):
    uploads = [upload(letter=letter) for letter in "abcd"]
    accepted = await asyncio.gather(*(documents.accept(principal, each) for each in uploads))
    assert sorted(version.number for version, _ in accepted) == [1, 2, 3, 4]
    assert len({version.document_id for version, _ in accepted}) == 1


async def test_the_same_bytes_at_once_are_taken_once(documents, principal, upload):
    accepted = await asyncio.gather(*(documents.accept(principal, upload()) for _ in range(4)))
    assert sorted(new for _, new in accepted) == [False, False, False, True]
    assert len({version.id for version, _ in accepted}) == 1


async def test_no_version_without_its_job(documents, principal, upload, monkeypatch):
    async def fail(*_, **__):
        raise BrokenPipeError

    monkeypatch.setattr("storage.documents.defer", fail)
    with pytest.raises(BrokenPipeError):
        await documents.accept(principal, upload())
    assert await documents.versions(principal) == []


async def test_no_job_without_its_version(documents, principal, upload, monkeypatch, as_owner):
    async def fail(*_):
        raise BrokenPipeError

    before = as_owner("select count(*) from procrastinate_jobs")
    monkeypatch.setattr("storage.documents._version", fail)
    with pytest.raises(BrokenPipeError):
        await documents.accept(principal, upload())
    assert as_owner("select count(*) from procrastinate_jobs") == before


async def statuses(documents, principal):
    versions = await documents.versions(principal)
    return {version.number: version.status.value for version in versions}


async def test_publishing_supersedes_the_version_before(documents, principal, upload):
    first, _ = await documents.accept(principal, upload(letter="a"))
    second, _ = await documents.accept(principal, upload(letter="b"))
    await documents.publish(principal, first.id, [2])
    assert await statuses(documents, principal) == {1: "current", 2: "pending"}
    await documents.publish(principal, second.id, [])
    assert await statuses(documents, principal) == {1: "superseded", 2: "current"}
    (current,) = await documents.current_versions(principal)
    assert (current.id, current.indexed_at is not None) == (second.id, True)


async def test_publishing_at_once_leaves_one_current(documents, principal, upload):
    ids = [(await documents.accept(principal, upload(letter=letter)))[0].id for letter in "abcdef"]
    await documents.publish(principal, ids[0], [])
    await asyncio.gather(
        *(documents.publish(principal, each, []) for each in ids[1:]),
        return_exceptions=True,
    )
    assert list((await statuses(documents, principal)).values()).count("current") == 1


async def test_a_failure_keeps_the_older_version_current(documents, principal, upload):
    first, _ = await documents.accept(principal, upload(letter="a"))
    await documents.publish(principal, first.id, [])
    second, _ = await documents.accept(principal, upload(letter="b"))
    await documents.fail(principal, second.id, "The PDF is cut off.")
    assert await statuses(documents, principal) == {1: "current", 2: "failed"}
    failed = await documents.version(principal, second.id)
    assert failed.failure == "The PDF is cut off."


async def test_another_organization_finds_nothing(documents, principal, stranger, upload):
    version, _ = await documents.accept(principal, upload())
    await documents.publish(principal, version.id, [])
    assert await documents.versions(stranger) == []
    with pytest.raises(NotFoundError):
        await documents.version(stranger, version.id)
    with pytest.raises(NotFoundError, match=str(version.document_id)):
        await documents.current_versions(stranger, [version.document_id])
    await documents.fail(stranger, version.id, "mine now")
    assert await statuses(documents, principal) == {1: "current"}


async def test_every_unknown_document_is_named(documents, principal):
    unknown = [uuid4(), uuid4()]
    with pytest.raises(NotFoundError) as refused:
        await documents.current_versions(principal, unknown)
    assert all(str(each) in refused.value.detail for each in unknown)
