"""While which version was the current one, and an older one that is made current again."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from core.errors import ConflictError, NotFoundError
from storage.deletion import delete_versions
from storage.retention import Periods, Retention
from storage.version_changes import lock_document_of, make_current
from storage.version_history import VersionHistory

EVENTS = "select body::text from webhook_deliveries where event_type = 'document.indexed'"
WAITING = "select 1 from pg_locks where not granted"
OLDER = "update document_versions set created_at = now() - interval '9 days' where id = %s"


@pytest.fixture
def history(database):
    return VersionHistory(database)


@pytest.fixture
def publish(documents, upload):
    """A version with these bytes that was the current one at least once."""

    async def publish(principal, letter, name="a.pdf", *, private=False):
        new = replace(upload(name, letter), is_private=private)
        version, _ = await documents.accept(principal, new)
        await documents.publish(principal, version.id, [])
        return version

    return publish


@pytest.fixture
def delete(database):
    async def delete(principal, *versions):
        async with database.transaction(principal) as connection:
            ids = [version.id for version in versions]
            await delete_versions(connection, principal.organization_id, ids)

    return delete


async def numbers(documents, principal, as_of=None):
    return [each.number for each in await documents.current_versions(principal, None, as_of)]


async def current(history, principal, version):
    """As [(from, until), ...]."""
    periods = (await history.periods(principal, version.document_id)).get(version.id, ())
    return [(each.current_from, each.current_until) for each in periods]


async def test_a_version_counts_until_the_next(history, publish, principal):
    first = await publish(principal, "a")
    between = datetime.now(UTC)
    second = await publish(principal, "b")
    ((begun, ended),) = await current(history, principal, first)
    assert begun < between < ended
    assert await current(history, principal, second) == [(ended, None)]
    assert (await history.periods(principal)).keys() == {first.id, second.id}


async def test_a_restored_version_answers_again_and_of_the_times_before(
    history, documents, publish, principal
):
    first = await publish(principal, "a")
    at_first = datetime.now(UTC)
    second = await publish(principal, "b")
    at_second = datetime.now(UTC)
    assert await history.restore(principal, first.document_id, 1) == first.id
    assert await numbers(documents, principal) == [1]
    assert await numbers(documents, principal, at_first) == [1]
    assert await numbers(documents, principal, at_second) == [2]
    assert await numbers(documents, principal, datetime.now(UTC)) == [1]
    earlier, now = await current(history, principal, first)
    assert await current(history, principal, second) == [(earlier[1], now[0])]
    assert now[1] is None


async def test_only_a_superseded_version_is_restored(
    history, documents, publish, principal, upload
):
    first = await publish(principal, "a")
    failed, _ = await documents.accept(principal, upload(letter="b"))
    await documents.fail(principal, failed.id, "broken")
    pending, _ = await documents.accept(principal, upload(letter="c"))
    for number, what in ((1, "current already"), (2, "retry"), (3, f"GET /jobs/{pending.id}")):
        with pytest.raises(ConflictError, match=what):
            await history.restore(principal, first.document_id, number)
    with pytest.raises(NotFoundError, match=r"No version 4 .* There are: 1, 2, 3"):
        await history.restore(principal, first.document_id, 4)
    with pytest.raises(NotFoundError, match="No such document"):
        await history.restore(principal, uuid4(), 1)


async def test_another_s_private_document_is_no_document(history, documents, publish, principal):
    first = await publish(principal, "a", private=True)
    await publish(principal, "b", private=True)
    colleague = replace(principal, subject="bob")
    with pytest.raises(NotFoundError, match="No such document"):
        await history.restore(colleague, first.document_id, 1)
    with pytest.raises(NotFoundError, match="No such document"):
        await history.readable(colleague, first.document_id, (1, 2))
    assert await history.periods(colleague) == {}
    assert await numbers(documents, colleague, datetime.now(UTC)) == []
    assert await numbers(documents, principal, datetime.now(UTC)) == [2]


async def test_a_restore_is_told_in_the_same_transaction(
    history, documents, publish, principal, as_owner, monkeypatch
):
    first = await publish(principal, "a")
    await publish(principal, "b")

    async def fail(*_):
        raise BrokenPipeError

    with monkeypatch.context() as patched:
        patched.setattr("storage.version_history.publish_version", fail)
        with pytest.raises(BrokenPipeError):
            await history.restore(principal, first.document_id, 1)
    assert await numbers(documents, principal) == [2]

    add = (
        "insert into webhook_endpoints (organization_id, id, name, url, secret, events)"
        " values (%s, gen_random_uuid(), 'ops', 'https://x', 'whsec_x', '{*}')"
    )
    as_owner(add, principal.organization_id, organization=principal.organization_id)
    await history.restore(principal, first.document_id, 1)
    ((told,),) = as_owner(EVENTS, organization=principal.organization_id)
    assert str(first.id) in told


async def test_bytes_of_the_current_version_change_nothing_and_all_others_are_a_new_one(
    history, documents, publish, principal, upload
):
    first = await publish(principal, "a")
    await publish(principal, "b")
    await history.restore(principal, first.document_id, 1)
    again, is_new = await documents.accept(principal, upload(letter="a"))
    assert (again.id, is_new) == (first.id, False)
    third, is_new = await documents.accept(principal, upload(letter="b"))
    assert (third.number, is_new) == (3, True)
    same, is_new = await documents.accept(principal, upload(letter="b"))
    assert (same.id, is_new) == (third.id, False)
    await documents.publish(principal, third.id, [])
    assert await numbers(documents, principal) == [3]


async def test_bytes_that_were_overtaken_are_a_new_version(
    history, documents, publish, principal, upload
):
    first = await publish(principal, "a")
    slow, _ = await documents.accept(principal, upload(letter="b"))
    await publish(principal, "c")
    await history.restore(principal, first.document_id, 1)
    newest, is_new = await documents.accept(principal, upload(letter="b"))  # slow's will not count
    assert (newest.number, is_new) == (4, True)
    assert slow.number == 2


async def test_restores_at_once_leave_one_current(history, documents, publish, principal):
    for letter in "abcd":
        version = await publish(principal, letter)
    restores = (history.restore(principal, version.document_id, n) for n in (1, 2, 3, 1, 2, 3))
    await asyncio.gather(*restores, return_exceptions=True)
    (last,) = await documents.current_versions(principal)
    assert (await current(history, principal, last))[-1][1] is None


async def test_a_deleted_version_gives_way_to_the_one_that_counted_before(
    history, documents, publish, principal, delete
):
    first, second = await publish(principal, "a"), await publish(principal, "b")
    third = await publish(principal, "c")
    await history.restore(principal, first.document_id, 2)
    await history.restore(principal, first.document_id, 1)
    await delete(principal, first)
    assert await numbers(documents, principal) == [2]
    assert await numbers(documents, principal, datetime.now(UTC)) == [2]
    assert len(await current(history, principal, second)) == 2
    await delete(principal, third)
    ((_, until),) = await current(history, principal, second)  # nothing is between any more
    assert until is None


async def test_retention_keeps_a_restored_version(
    database, history, documents, publish, principal, as_owner
):
    first = await publish(principal, "a")
    second = await publish(principal, "b")
    await history.restore(principal, first.document_id, 1)
    for version in (first, second):
        as_owner(OLDER, version.id, organization=principal.organization_id)
    retention = Retention(database)
    await retention.keep(principal.organization_id, Periods(superseded_days=5))
    async for _ in retention.apply():
        pass
    assert [each.number for each in await documents.versions(principal)] == [1]
    assert len(await current(history, principal, first)) == 1


async def test_so_it_does_if_both_come_at_once(
    database, history, documents, publish, principal, as_owner
):
    first = await publish(principal, "a")
    second = await publish(principal, "b")
    as_owner(OLDER, first.id, organization=principal.organization_id)
    retention = Retention(database)
    await retention.keep(principal.organization_id, Periods(superseded_days=5))

    async def expire():
        async for _ in retention.apply():
            pass

    async with database.transaction(principal) as connection:
        await lock_document_of(connection, first.id)
        await make_current(connection, first.id)
        expiring = asyncio.create_task(expire())
        deadline = asyncio.get_running_loop().time() + 60
        while not as_owner(WAITING):
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.02)
    await expiring
    assert [each.number for each in await documents.versions(principal)] == [2, 1]
    assert await numbers(documents, principal) == [1]
    assert (await history.readable(principal, first.document_id, (2,)))[0].id == second.id
