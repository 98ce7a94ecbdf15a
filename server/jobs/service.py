"""A job's way to its end, as server-sent events."""

import json
from collections.abc import AsyncIterator
from itertools import count

from sse_starlette import ServerSentEvent

from core.errors import NotFoundError
from core.principal import Principal
from graphs.runtime import Runtime
from server.jobs.schemas import JobOut
from server.problems import problem_of
from storage.filings import unknown_document
from storage.job_status import Job, JobStatus


async def server_sent_events(
    runtime: Runtime, principal: Principal, job: Job
) -> AsyncIterator[ServerSentEvent]:
    """`progress` now and whenever it changed, then `end`; a failure in mid-stream is an `error`."""
    numbers = count(1)
    try:
        async for name, state in _states(runtime, principal, job):
            yield ServerSentEvent(state.model_dump_json(), event=name, id=str(next(numbers)))
    except Exception as error:  # noqa: BLE001  # the status is out already: tell it in the stream
        yield ServerSentEvent(json.dumps(problem_of(error)), event="error", id=str(next(numbers)))


async def _states(
    runtime: Runtime, principal: Principal, job: Job
) -> AsyncIterator[tuple[str, JobOut]]:
    told: object = None
    with runtime.notifications.watch(job.id) as bell:
        while not job.status.is_over:
            if _moved(job) != told:
                yield "progress", JobOut.of(job)
            told = _moved(job)
            await bell.wait()
            try:
                now = await runtime.jobs.job(principal, job.id)
            except NotFoundError:
                if job.indexing:
                    raise
                yield "end", JobOut.of(job).model_copy(update={"status": JobStatus.SUCCEEDED})
                return
            if job.indexing and not now.indexing:
                raise unknown_document(job.indexing.document_id)  # deleted; its job finds nothing
            job = now
    if _moved(job) != told:
        yield "progress", JobOut.of(job)
    yield "end", JobOut.of(job)


def _moved(job: Job) -> object:
    """All but what changes with the clock."""
    return job.status, job.attempts, job.indexing
