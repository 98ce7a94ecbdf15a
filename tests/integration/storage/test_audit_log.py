"""The app adds entries and changes none; whoever else does is found."""

import asyncio

import psycopg
import pytest
from psycopg import errors

from storage.audit_log import AuditLog, NewEntry


def entry(number: int) -> NewEntry:
    return NewEntry(
        "key:x", "GET /documents", f"target {number}", "200", "ab12", f"request-{number}"
    )


@pytest.fixture
async def log(database, principal) -> AuditLog:
    log = AuditLog(database)
    for number in range(1, 7):
        await log.append(principal.organization_id, entry(number))
    return log


@pytest.fixture
def tamper(urls, principal):
    """As the owner, who may do anything with the tables."""

    def run(statement: str) -> None:
        with psycopg.connect(urls.owner) as connection:
            bind = "select set_config('app.organization_id', %s, true)"
            connection.execute(bind, (str(principal.organization_id),))
            assert connection.execute(statement).rowcount

    return run


async def test_entries_are_numbered_dated_and_paged(log, principal):
    newest = await log.page(principal.organization_id, None, 4)
    assert [each.sequence for each in newest] == [6, 5, 4, 3]
    assert newest[0].target == "target 6"
    assert newest[0].at > newest[1].at
    older = await log.page(principal.organization_id, 3, 4)
    assert [each.sequence for each in older] == [2, 1]


async def test_an_untouched_log_holds(log, principal, stranger):
    assert await log.verify(principal.organization_id) == (6, [])
    assert await log.verify(stranger.organization_id) == (0, [])


async def test_entries_at_the_same_time_are_one_chain(log, principal, stranger):
    await asyncio.gather(
        *(
            log.append(organization, entry(number))
            for number in range(20)
            for organization in (principal.organization_id, stranger.organization_id)
        )
    )
    assert await log.verify(principal.organization_id) == (26, [])
    assert await log.verify(stranger.organization_id) == (20, [])


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("update audit_log set outcome = '403' where sequence = 3", [(3, "was changed")]),
        ("update audit_log set at = at - interval '1 s' where sequence = 1", [(1, "was changed")]),
        ("update audit_log set seal = sha256('x') where sequence = 6", [(6, "was changed")]),
        ("delete from audit_log where sequence = 3", [(4, "removed or moved")]),
        ("delete from audit_log where sequence = 1", [(2, "removed or moved")]),
        ("delete from audit_log where sequence >= 5", [(4, "later ones were removed")]),
        ("delete from audit_log", [(0, "later ones were removed")]),
    ],
)
async def test_tampering_is_found(log, principal, tamper, statement, found):
    tamper(statement)
    _, broken = await log.verify(principal.organization_id)
    told = {(each.sequence, each.reason) for each in broken}
    for sequence, reason in found:
        assert [each for each in told if each[0] == sequence and reason in each[1]], told


async def test_entries_that_changed_places_are_found(log, principal, tamper):
    tamper("update audit_log set sequence = -sequence where sequence in (2, 3)")
    tamper("update audit_log set sequence = 5 + sequence where sequence < 0")
    _, broken = await log.verify(principal.organization_id)
    assert {2, 3} <= {each.sequence for each in broken}


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_log set outcome = '200'",
        "delete from audit_log",
        "truncate audit_log",
        "update audit_heads set sequence = 0",
        "delete from audit_heads",
        "alter table audit_log disable trigger user",
        "drop trigger seal_audit_entry on audit_log",
    ],
)
async def test_the_app_changes_nothing(log, urls, principal, statement):
    with psycopg.connect(urls.app_conninfo) as connection:
        bind = "select set_config('app.organization_id', %s, true)"
        connection.execute(bind, (str(principal.organization_id),))
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(statement)


async def test_the_app_can_not_number_date_or_seal(log, urls, principal):
    forged = """
        insert into audit_log (organization_id, sequence, at, actor, action, target, outcome,
                               source, request_id, previous, seal)
        values (%s, 1000, '2001-01-01', 'eve', 'x', '', '200', '', 'r', 'p', 's')
        returning sequence, extract(year from at)
    """
    with psycopg.connect(urls.app_conninfo) as connection:
        bind = "select set_config('app.organization_id', %s, true)"
        connection.execute(bind, (str(principal.organization_id),))
        sequence, year = connection.execute(forged, (principal.organization_id,)).fetchone()
    assert sequence == 7
    assert year > 2001
    assert await log.verify(principal.organization_id) == (7, [])
