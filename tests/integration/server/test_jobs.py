"""An upload's job over HTTP: watched to its end, stopped, tried again, dropped."""

import asyncio
import json
from contextlib import asynccontextmanager
from uuid import uuid4

import psycopg
import pytest

from core.principal import local_principal
from evals.filings.broken import text_pages
from storage.row_security import WORKER

DIE = """
update procrastinate_jobs set status = 'failed', attempts = 24 where args ->> 'job_id' = %s
"""


@pytest.fixture
def signed_in(running, settings):
    """Signed in as the laptop's user; nothing is indexed unless a test does it."""

    @asynccontextmanager
    async def signed_in():
        async with running(settings) as client:
            token = client.app.state.authentication.signer.new_session(local_principal())
            client.headers["authorization"] = f"Bearer {token}"
            yield client

    return signed_in


async def upload(client, pages=40, **options):
    files = {"file": (f"{uuid4()}.pdf", text_pages(pages), "application/pdf")}
    answer = await client.post("/upload-pdf", files=files, params=options)
    assert answer.status_code == 202, answer.text
    return answer.json()


def events_of(response):
    """(id, name, data) of each."""
    blocks = [each.splitlines() for each in response.text.split("\r\n\r\n") if "event:" in each]
    fields = [dict(line.split(": ", 1) for line in lines) for lines in blocks]
    return [(int(each["id"]), each["event"], json.loads(each["data"])) for each in fields]


async def test_a_job_is_watched_page_by_page_to_its_end(signed_in):
    async with signed_in() as client:
        job_id = (await upload(client))["job_id"]
        told = (await client.get(f"/jobs/{job_id}")).json()
        assert (told["status"], told["pages_done"], told["page_count"]) == ("queued", 0, 40)
        watching = asyncio.create_task(client.get(f"/jobs/{job_id}/events"))
        await client.app.state.runtime.ingestion.index(local_principal(), job_id)
        events = events_of(await asyncio.wait_for(watching, 60))
        last = (await client.get(f"/jobs/{job_id}")).json()
    assert [number for number, *_ in events] == list(range(1, len(events) + 1))
    assert [name for _, name, _ in events] == ["progress"] * (len(events) - 1) + ["end"]
    done = [data["pages_done"] for *_, data in events]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 40)
    assert events[-1][2] == last
    assert (last["status"], last["seconds_left"], last["what_to_do"]) == ("succeeded", None, None)
    assert last["pages_per_second"] > 0


async def test_the_stream_ends_when_the_job_is_cancelled(signed_in):
    async with signed_in() as client:
        job_id = (await upload(client, 1))["job_id"]
        watching = asyncio.create_task(client.get(f"/jobs/{job_id}/events"))
        answer = await client.post(f"/jobs/{job_id}/cancel")
        events = events_of(await asyncio.wait_for(watching, 30))
        again = await client.post(f"/jobs/{job_id}/cancel")
        retried = await client.post(f"/jobs/{job_id}/retry")
    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert events[-1][1:] == ("end", answer.json())
    assert (again.status_code, again.json()["type"]) == (409, "urn:copilot:problem:conflict")
    assert (retried.status_code, retried.json()["status"]) == (202, "queued")


async def test_the_stream_says_that_the_document_was_deleted(signed_in):
    async with signed_in() as client:
        told = await upload(client, 1)
        watching = asyncio.create_task(client.get(f"/jobs/{told['job_id']}/events"))
        await client.delete(f"/documents/{told['document_id']}")
        watched = await asyncio.wait_for(watching, 30)
        missing = await client.get(f"/jobs/{told['job_id']}/events")
    assert missing.status_code == 404
    if watched.status_code == 200:  # else the deletion came first
        *_, (_, name, data) = events_of(watched)
        assert (name, data["status"]) == ("error", 404)
    else:
        assert watched.status_code == 404


async def test_a_dead_job_is_listed_and_says_what_to_do(signed_in, urls):
    async with signed_in() as client:
        told = await upload(client, 1)
        job_id = told["job_id"]
        with psycopg.connect(urls.owner, options=f"-c {WORKER}=on") as connection:
            connection.execute(DIE, (job_id,))
        (dead,) = [each for each in (await client.get("/jobs")).json() if each["job_id"] == job_id]
        assert (dead["status"], dead["attempts"], dead["document"]) == ("dead", 24, told["name"])
        assert f"POST /jobs/{job_id}/retry" in dead["what_to_do"]
        assert dead == (await client.get(f"/jobs/{job_id}")).json()
        assert (await client.delete(f"/jobs/{job_id}")).status_code == 204
        failed = (await client.get(f"/jobs/{job_id}")).json()
    assert (failed["status"], failed["failure"] is not None) == ("failed", True)


@pytest.mark.parametrize("query", [{"status": "succeeded"}, {"status": ""}])
async def test_only_what_is_left_of_jobs_can_be_listed(signed_in, query):
    async with signed_in() as client:
        assert (await client.get("/jobs", params=query)).status_code == 422
        assert (await client.get("/jobs/x")).status_code == 422
