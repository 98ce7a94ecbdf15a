"""Jobs are watched, cancelled, tried again and dropped by who may, with what they are about."""

from dataclasses import replace
from uuid import uuid4

import pytest

from core.errors import ConflictError, NotFoundError, PermissionDeniedError
from core.principal import Permission
from storage.documents import VersionStatus
from storage.job_administration import DROPPED, JobAdministration
from storage.job_status import JobStatus
from storage.jobs import ATTEMPTS, NewJob, Priority, defer
from storage.webhook_deliveries import WebhookDeliveryRepository
from storage.webhook_endpoints import WebhookEndpoint, WebhookEndpointRepository


@pytest.fixture
def jobs(database) -> JobAdministration:
    return JobAdministration(database)


@pytest.fixture(autouse=True)
def no_jobs(as_owner):
    as_owner("delete from procrastinate_jobs")
    yield
    as_owner("delete from procrastinate_jobs")


@pytest.fixture
def die(as_owner):
    """As a worker leaves a job after its last attempt."""

    def die(job_id):
        as_owner(
            "update procrastinate_jobs set status = 'failed', attempts = %s"
            " where args ->> 'job_id' = %s",
            ATTEMPTS,
            str(job_id),
        )

    return die


def with_only(principal, *permissions, subject="bob"):
    return replace(principal, subject=subject, permissions=frozenset(permissions))


async def test_an_upload_s_job_has_the_id_of_its_version(jobs, documents, principal, upload):
    version, _ = await documents.accept(principal, upload())
    job = await jobs.job(principal, version.id)
    assert (job.status, job.attempts, job.indexing.document) == ("queued", 0, "a.pdf")
    assert (job.indexing.pages_done, job.indexing.page_count) == (0, 3)
    await documents.publish(principal, version.id, [])
    assert (await jobs.job(principal, version.id)).status is JobStatus.SUCCEEDED


async def test_a_dead_job_says_so_and_is_retried_from_the_first_attempt(
    jobs, documents, principal, upload, die
):
    version, _ = await documents.accept(principal, upload())
    die(version.id)
    (dead,) = await jobs.jobs(principal, JobStatus.DEAD)
    assert (dead.id, dead.status, dead.attempts) == (version.id, "dead", ATTEMPTS)
    again = await jobs.retry(principal, version.id)
    assert (again.status, again.attempts) == ("queued", 0)
    assert await jobs.jobs(principal, JobStatus.DEAD) == []
    assert len(await jobs.jobs(principal, JobStatus.QUEUED)) == 1


async def test_dropping_a_dead_job_fails_its_version(jobs, documents, principal, upload, die):
    version, _ = await documents.accept(principal, upload())
    with pytest.raises(ConflictError, match="queued"):
        await jobs.drop(principal, version.id)
    die(version.id)
    await jobs.drop(principal, version.id)
    failed = await documents.version(principal, version.id)
    assert (failed.status, failed.failure) == (VersionStatus.FAILED, DROPPED)
    assert await jobs.jobs(principal, JobStatus.DEAD) == []


async def test_a_cancelled_job_waits_no_more_and_can_be_retried(
    jobs, documents, principal, upload, as_owner
):
    version, _ = await documents.accept(principal, upload())
    assert (await jobs.cancel(principal, version.id)).status is JobStatus.CANCELLED
    assert as_owner("select 1 from procrastinate_jobs") == []
    with pytest.raises(ConflictError, match="cancelled"):
        await jobs.cancel(principal, version.id)
    assert (await jobs.retry(principal, version.id)).status is JobStatus.QUEUED
    assert (await documents.version(principal, version.id)).status is VersionStatus.PENDING
    with pytest.raises(ConflictError, match="queued"):
        await jobs.retry(principal, version.id)


async def test_the_bytes_of_a_cancelled_version_are_new_when_they_come_again(
    jobs, documents, principal, upload
):
    version, _ = await documents.accept(principal, upload())
    await jobs.cancel(principal, version.id)
    again, is_new = await documents.accept(principal, upload())
    assert (is_new, again.number) == (True, 2)


@pytest.mark.parametrize("published", [True, False])
async def test_what_newer_bytes_replaced_is_not_retried(
    jobs, documents, principal, upload, published
):
    first, _ = await documents.accept(principal, upload(letter="a"))
    await documents.fail(principal, first.id, "broken")
    second, _ = await documents.accept(principal, upload(letter="b"))
    if published:
        await documents.publish(principal, second.id, [])
    with pytest.raises(ConflictError, match="newer version"):
        await jobs.retry(principal, first.id)
    assert (await documents.version(principal, first.id)).status is VersionStatus.FAILED


async def test_a_job_that_never_was_one_of_an_upload(jobs, database, principal, die):
    job_id = uuid4()
    new = NewJob("t", {"x": "1"}, "lock", priority=Priority.BULK, once=True, job_id=job_id)
    async with database.transaction(principal) as connection:
        await defer(connection, principal.organization_id, new)
    reader = with_only(principal, Permission.UPLOAD_DOCUMENT)
    with pytest.raises(NotFoundError):
        await jobs.job(reader, job_id)
    with pytest.raises(ConflictError, match="upload"):
        await jobs.cancel(principal, job_id)
    die(job_id)
    async with database.transaction(principal) as connection:  # the same waits again already
        await defer(connection, principal.organization_id, replace(new, job_id=uuid4()))
    await jobs.retry(principal, job_id)
    (waiting,) = await jobs.jobs(principal, JobStatus.QUEUED)
    assert (waiting.task, waiting.indexing) == ("t", None)
    assert await jobs.jobs(principal, JobStatus.DEAD) == []


async def test_receivers_are_told_of_what_is_given_up(
    database, jobs, documents, principal, upload, die
):
    version, _ = await documents.accept(principal, upload())
    endpoint = WebhookEndpoint("ops", "https://ops.example", "whsec_" + "A" * 44, ("*",))
    await WebhookEndpointRepository(database).add(principal.organization_id, endpoint)
    die(version.id)
    await jobs.drop(principal, version.id)
    log = await WebhookDeliveryRepository(database).due(principal.organization_id, endpoint.id, 9)
    assert [each.event_type for each in log] == ["document.failed"]


async def test_listing_and_dropping_take_the_permission(jobs, documents, principal, upload, die):
    version, _ = await documents.accept(principal, upload())
    die(version.id)
    colleague = with_only(principal, Permission.UPLOAD_DOCUMENT)
    with pytest.raises(PermissionDeniedError, match="manage:jobs"):
        await jobs.jobs(colleague, JobStatus.DEAD)
    with pytest.raises(PermissionDeniedError, match="manage:jobs"):
        await jobs.drop(colleague, version.id)
    assert (await jobs.retry(colleague, version.id)).status is JobStatus.QUEUED


async def test_of_a_private_document_an_admin_learns_no_name(
    jobs, documents, principal, upload, die
):
    version, _ = await documents.accept(principal, replace(upload(), is_private=True))
    colleague = with_only(principal, Permission.UPLOAD_DOCUMENT)
    with pytest.raises(NotFoundError):
        await jobs.job(colleague, version.id)
    die(version.id)
    admin = with_only(principal, Permission.MANAGE_JOBS)
    (dead,) = await jobs.jobs(admin, JobStatus.DEAD)
    assert (dead.id, dead.indexing) == (version.id, None)
    assert (await jobs.retry(admin, version.id)).status is JobStatus.QUEUED
    assert (await jobs.job(principal, version.id)).status is JobStatus.QUEUED


async def test_another_organization_finds_none(jobs, documents, principal, stranger, upload, die):
    version, _ = await documents.accept(principal, upload())
    die(version.id)
    assert await jobs.jobs(stranger, JobStatus.DEAD) == []
    for ask in (jobs.job, jobs.cancel, jobs.retry, jobs.drop):
        with pytest.raises(NotFoundError):
            await ask(stranger, version.id)
    assert (await jobs.job(principal, version.id)).status is JobStatus.DEAD
