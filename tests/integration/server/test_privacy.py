"""Erasure leaves no trace, an export holds everything, retention deletes what is due."""

import io
import json
import zipfile
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet
from psycopg import sql
from reportlab.pdfgen import canvas

from core.errors import NotFoundError, UnauthenticatedError
from core.principal import LOCAL_USER_ID, Permission, Principal, local_principal, person
from evals.filings.broken import text_pages
from graphs.copilot.question import Question
from graphs.forgetting import ANSWER
from graphs.runtime import expire, open_runtime
from server.app import create_app
from server.identity.api_keys import ApiKeys, Grant
from server.identity.dependencies import authenticate
from storage.api_keys import ApiKeyRepository
from storage.audit_log import AuditLog
from storage.database import BIND
from storage.feedback import Feedback
from storage.retention import Periods
from storage.sent_messages import message_id
from storage.webhook_deliveries import NewDelivery, WebhookDeliveryRepository
from storage.webhook_endpoints import WebhookEndpoint

MARKER = "ZEBRAQUARTZ"
DAY = timedelta(days=1)
HOLDERS = (
    *("users", "documents", "chunks", "pages", "lexeme_postings", "checkpoint_blobs"),
    *("figures", "figure_words"),
)

WAITS = """
insert into approvals (organization_id, thread_id, run_id, step, call_id, tool, arguments, payload,
                       tainted, rule, requested_by, status, expires_at)
values (%s, %s, %s, 's', 'c', 't', '{}', '{"n": 1}', true, 'caller', %s, 'pending', now())
"""


@pytest.fixture
def principal(known_person):
    """Keys are made here, and each acts for a person."""
    return known_person


@pytest.fixture
def sql_as(urls):
    """Runs a query as the owner, bound to a person of an organization."""

    def run(principal, query, *parameters):
        with psycopg.connect(urls.owner) as connection:
            connection.execute(BIND, (str(principal.organization_id), principal.subject))
            cursor = connection.execute(query, parameters)
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.fixture
def somebody(principal, sql_as):
    """A person of the principal's organization."""

    def make(name="Jo Zebraquartz") -> Principal:
        query = (
            "insert into users (organization_id, identity, name) values (%s, %s, %s) returning id"
        )
        row = (principal.organization_id, f"oidc:{uuid4()}", name)
        ((user_id,),) = sql_as(principal, query, *row)
        return Principal(person(user_id), principal.organization_id, frozenset(Permission))

    return make


def user_id(of: Principal) -> UUID:
    return UUID(of.subject.removeprefix("user:"))


@asynccontextmanager
async def client_of(settings, principal, *permissions):
    """Asks by a key of the principal's organization; also yields the app."""
    app = create_app(settings, worker=False)
    transport = httpx.ASGITransport(app)
    async with app.router.lifespan_context(app):
        keys = ApiKeys(ApiKeyRepository(app.state.runtime.database))
        _, text = await keys.make(principal, Grant("test", frozenset(permissions), DAY))
        headers = {"x-api-key": text}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://copilot.example", headers=headers
        ) as client:
            yield client, app


async def live(runtime, principal, pdf):
    """A shared and a private document, and a thread about them, all with the marker."""
    versions = []
    for private in (False, True):
        name = f"{MARKER} {private}.pdf"
        version, _ = await runtime.ingestion.accept(principal, name, pdf, private=private)
        await runtime.ingestion.index(principal, version.id)
        versions.append(version)
    answer = await runtime.copilot.ask(principal, Question(question=f"What of {MARKER}?"))
    return versions, answer.thread_id


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "source.pdf"
    page = canvas.Canvas(str(path))
    for _ in range(2):
        page.drawString(72, 720, f"Net income of {MARKER} was 17 million in 2023.")
        page.showPage()
    page.save()
    return path


def traces(urls, marker=MARKER) -> list[str]:
    """The tables of which a row holds the marker, whoever's it is: a superuser sees all."""
    superuser = urls.owner.replace("copilot_owner@", "postgres:@", 1)
    found = []
    with psycopg.connect(superuser) as connection:
        tables = connection.execute(
            "select tablename from pg_tables where schemaname = 'public' order by 1"
        ).fetchall()
        for (table,) in tables:
            query = sql.SQL("select 1 from {} as t where t::text ilike any(%s) limit 1")
            patterns = [f"%{marker}%", f"%{marker.encode().hex()}%"]
            if connection.execute(query.format(sql.Identifier(table)), (patterns,)).fetchone():
                found.append(table)
    return found


async def test_after_an_erasure_there_is_no_trace(
    settings, principal, somebody, pdf, urls, figure, monkeypatch
):
    def marked(page):
        return [figure(page=page.number, label=MARKER, words=(MARKER.lower(),))]

    jo, colleague = somebody(), somebody("Al")
    everyone = (Permission.MANAGE_USERS, Permission.READ_AUDIT)
    async with client_of(settings, principal, *everyone) as (client, app):
        runtime = app.state.runtime
        monkeypatch.setattr("knowledge.indexing.figures_of", marked)
        await live(runtime, jo, pdf)
        theirs = await runtime.copilot.ask(colleague, Question(question="What was net income?"))
        assert {*HOLDERS} <= {*traces(urls)}
        answer = await client.delete(f"/users/{user_id(jo)}/data")
        assert answer.status_code == 200, answer.text
        assert traces(urls) == []
        said = await runtime.threads.messages(colleague, theirs.thread_id)
        assert [each["data"]["content"] for each in said] == ["What was net income?", ANSWER]
        goes_on = Question(question="And assets?", thread_id=theirs.thread_id)
        assert (await runtime.copilot.ask(colleague, goes_on)).thread_id == theirs.thread_id
        again = await client.delete(f"/users/{user_id(jo)}/data")
        keys = (await client.get("/.well-known/jwks.json")).json()
        entries = (await client.get("/audit", params={"limit": 1000})).json()
    assert [path for path in (settings.data_dir / "blobs").rglob("*") if path.is_file()] == []
    told = answer.json()
    assert told["receipt"]["erased"] == {
        "documents": 2, "versions": 2, "chunks": 4, "pages": 4, "figures": 4, "blobs": 1,
        "threads": 1, "checkpoints": 1, "quoting_threads": 1,
    }  # fmt: skip
    public = KeySet.import_key_set(keys)
    assert jwt.decode(told["jws"], public, algorithms=["Ed25519"]).claims == told["receipt"]
    head, body, seal = told["jws"].split(".")
    with pytest.raises(BadSignatureError):
        jwt.decode(f"{head}.{body[:-4]}AAAA.{seal}", public, algorithms=["Ed25519"])
    assert (again.status_code, again.json()["type"]) == (404, "urn:copilot:problem:not-found")
    assert f"{user_id(jo)}" in str(entries)
    assert MARKER not in str(entries)


async def test_what_a_summary_tells_goes_and_the_thread_goes_on(
    settings, principal, somebody, pdf, urls, sql_as
):
    jo, colleague = somebody(), somebody("Al")
    async with open_runtime(settings.model_copy(update={"max_history_tokens": 500})) as runtime:
        await live(runtime, jo, pdf)
        long = f"What was net income? {'Please! ' * 400}"
        first = await runtime.copilot.ask(colleague, Question(question=long))
        goes_on = Question(question="And in 2023?", thread_id=first.thread_id)
        second = await runtime.copilot.ask(colleague, goes_on)
        summaries = (
            "select count(*) from checkpoint_blobs where thread = %s and channel = 'summary'"
        )
        assert sql_as(colleague, summaries, first.thread_id) == [(1,)]
        assert second.usage["tokens"] > 0
        await runtime.erasure.everything_of(principal.organization_id, user_id(jo))
        assert traces(urls) == []
        assert sql_as(colleague, summaries, first.thread_id) == [(0,)]
        assert (await runtime.copilot.ask(colleague, goes_on)).status == "answered"
        assert sql_as(colleague, summaries, first.thread_id) == [(1,)]
        assert traces(urls) == []


async def test_what_was_sent_is_erased_from_the_log(runtime, principal, somebody, pdf, sql_as):
    """Of the person's own threads, and of those that quote what goes; nothing of others."""
    jo, colleague, other = somebody(), somebody("Al"), somebody("Cy")
    versions, _ = await live(runtime, jo, pdf)
    theirs, _ = await runtime.ingestion.accept(other, "theirs.pdf", pdf)
    await runtime.ingestion.index(other, theirs.id)
    endpoint = WebhookEndpoint("ops", "https://ops.example", "whsec_" + "A" * 44)
    await runtime.endpoints.add(principal.organization_id, endpoint)
    sent = {}
    for whose, about in ((jo, versions[0]), (colleague, versions[0]), (other, theirs)):
        question = Question(question="Net income?", document_ids=[about.document_id])
        answer = await runtime.copilot.ask(whose, question)
        ids = (principal.organization_id, answer.thread_id, answer.run_id)
        sql_as(whose, WAITS, *ids, whose.subject)
        message = NewDelivery(endpoint.id, message_id(answer.thread_id, "s", "c"), "a.b", "{}")
        deliveries = WebhookDeliveryRepository(runtime.database)
        sent[whose] = (await deliveries.queue(principal.organization_id, message)).id
    await runtime.erasure.everything_of(principal.organization_id, user_id(jo))
    left = sql_as(other, "select id from webhook_deliveries where endpoint_id = %s", endpoint.id)
    assert left == [(sent[other],)]


async def test_a_quoting_thread_that_waits_for_an_approval_goes(
    runtime, principal, somebody, pdf, sql_as
):
    jo, colleague = somebody(), somebody("Al")
    await live(runtime, jo, pdf)
    thread = (await runtime.copilot.ask(colleague, Question(question="Net income?"))).thread_id
    waits = """
        insert into checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)
        select thread_id, max(checkpoint_id), 'task', 0, '__interrupt__', 'x' from checkpoints
        where thread = %s group by thread_id
    """
    sql_as(colleague, waits, thread)
    await runtime.erasure.everything_of(principal.organization_id, user_id(jo))
    with pytest.raises(NotFoundError):
        await runtime.threads.messages(colleague, thread)


async def test_the_log_s_chain_survives_an_erasure(settings, principal, somebody, pdf, database):
    jo = somebody()
    async with client_of(settings, principal, Permission.MANAGE_USERS) as (client, _):
        await client.delete(f"/users/{user_id(jo)}/data")
    assert (await AuditLog(database).verify(principal.organization_id))[1] == []


async def test_nobody_comes_back_by_a_request_that_was_under_way(runtime, principal, somebody, pdf):
    jo = somebody()
    await runtime.erasure.everything_of(principal.organization_id, user_id(jo))
    with pytest.raises(UnauthenticatedError, match="erased"):
        await runtime.ingestion.accept(jo, "late.pdf", pdf)
    with pytest.raises(UnauthenticatedError, match="erased"):
        await runtime.copilot.ask(jo, Question(question="late?"))


async def test_a_version_of_somebody_else_s_document_goes_alone(
    runtime, principal, somebody, pdf, tmp_path
):
    jo, colleague = somebody(), somebody("Al")
    first, _ = await runtime.ingestion.accept(colleague, "report.pdf", pdf)
    await runtime.ingestion.index(colleague, first.id)
    newer = tmp_path / "newer.pdf"
    newer.write_bytes(text_pages(3))
    second, _ = await runtime.ingestion.accept(jo, "report.pdf", newer)
    await runtime.ingestion.index(jo, second.id)
    erased = await runtime.erasure.everything_of(principal.organization_id, user_id(jo))
    assert (erased.documents, erased.versions, erased.blobs) == (0, 1, 1)
    (left,) = await runtime.documents.current_versions(colleague)
    assert left.id == first.id


async def test_a_laptop_s_user_goes_on_as_somebody_new(runtime, pdf):
    me = local_principal()
    await runtime.ingestion.accept(me, f"{MARKER}.pdf", pdf)
    await runtime.erasure.everything_of(me.organization_id, LOCAL_USER_ID)
    assert await runtime.documents.versions(me) == []
    await runtime.ingestion.accept(me, "new.pdf", pdf)
    await runtime.erasure.everything_of(me.organization_id, LOCAL_USER_ID)


@pytest.mark.parametrize("action", ["data", "export"])
async def test_only_oneself_and_who_manages_users(settings, principal, stranger, somebody, action):
    jo, method = somebody(), {"data": "DELETE", "export": "GET"}[action]
    path = f"/users/{user_id(jo)}/{action}"
    async with client_of(settings, principal, Permission.QUERY_DOCUMENT) as (client, app):
        assert (await client.request(method, path)).status_code == 403
        app.dependency_overrides[authenticate] = lambda: stranger
        elsewhere = await client.request(method, path)
        nowhere = await client.request(method, f"/users/{uuid4()}/{action}")
        assert (elsewhere.status_code, nowhere.status_code) == (404, 404)
        app.dependency_overrides[authenticate] = lambda: Principal(
            jo.subject, principal.organization_id, frozenset()
        )
        assert (await client.request(method, path)).status_code == 200


async def test_an_export_holds_everything_and_nobody_else_s(
    settings, principal, somebody, pdf, sql_as
):
    jo, colleague = somebody(), somebody("Al")
    async with client_of(settings, principal, Permission.MANAGE_USERS) as (client, app):
        runtime = app.state.runtime
        versions, thread_id = await live(runtime, jo, pdf)
        await runtime.ingestion.accept(colleague, "theirs.pdf", pdf)
        run_id = sql_as(jo, "select id from runs where thread_id = %s", thread_id)[0][0]
        await runtime.feedback.give(jo, run_id, Feedback(1, "good"))
        sql_as(jo, WAITS, principal.organization_id, thread_id, run_id, jo.subject)
        app.dependency_overrides[authenticate] = lambda: jo
        answer = await client.get(f"/users/{user_id(jo)}/export")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        documents = json.loads(archive.read("documents.json"))
        assert {each["document"] for each in documents} == {version.name for version in versions}
        assert all(archive.read(each["file"]) == pdf.read_bytes() for each in documents)
        thread = json.loads(archive.read(f"threads/{thread_id}.json"))
        assert MARKER in thread["messages"][0]["data"]["content"]
        assert json.loads(archive.read("profile.json"))["name"] == "Jo Zebraquartz"
        ((score, comment),) = [
            (each["score"], each["comment"]) for each in json.loads(archive.read("feedback.json"))
        ]
        assert (score, comment) == (1, "good")
        (asked,) = json.loads(archive.read("approvals.json"))
        assert (asked["payload"], asked["requested"]) == ('{"n": 1}', True)
        assert len(archive.namelist()) == 5 + 1 + 2


async def test_export_of_somebody_else_leaves_out_what_is_private(
    settings, principal, somebody, pdf
):
    jo = somebody()
    async with client_of(settings, principal, Permission.MANAGE_USERS) as (client, app):
        (shared, hidden), thread_id = await live(app.state.runtime, jo, pdf)
        answer = await client.get(f"/users/{user_id(jo)}/export")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        documents = json.loads(archive.read("documents.json"))
        assert [each["document"] for each in documents] == [shared.name]
        left_out = json.loads(archive.read("left-out.json"))
        texts = b"".join(archive.read(name) for name in names if name.endswith(".json"))
    assert {name.split("/")[0] for name in names} == {
        *("profile.json", "documents.json", "audit.json", "left-out.json", "files"),
    }
    assert (left_out["private_document_versions"], left_out["conversations"]) == (1, 1)
    assert hidden.name.encode() not in texts
    assert str(hidden.document_id).encode() not in texts
    assert str(thread_id).encode() not in texts


async def test_retention_deletes_what_is_due_and_says_so(runtime, principal, somebody, pdf, sql_as):
    jo = somebody()
    (shared, hidden), thread_id = await live(runtime, jo, pdf)
    kept, _ = await runtime.ingestion.accept(jo, "kept.pdf", pdf)
    await expire(runtime.database)
    assert len(await runtime.documents.versions(jo)) == 3  # no period, nothing goes
    await runtime.retention.keep(
        principal.organization_id, Periods(documents_days=30, threads_days=7)
    )
    await expire(runtime.database)
    assert len(await runtime.documents.versions(jo)) == 3  # none is due
    old = [shared.id, hidden.id]
    sql_as(
        jo,
        "update document_versions set created_at = now() - interval '31 days' where id = any(%s)",
        old,
    )
    sql_as(
        jo, "update threads set last_used_at = now() - interval '8 days' where id = %s", thread_id
    )
    await expire(runtime.database)
    assert [each.id for each in await runtime.documents.versions(jo)] == [kept.id]
    with pytest.raises(NotFoundError):
        await runtime.threads.messages(jo, thread_id)
    newest = (await AuditLog(runtime.database).page(principal.organization_id, None, 1))[0]
    assert newest.target == "2 documents, 2 versions, 1 threads"


async def test_periods_over_http(settings, principal):
    async with client_of(settings, principal, Permission.MANAGE_RETENTION) as (client, _):
        nothing = {"documents_days": None, "superseded_days": None, "threads_days": None}
        assert (await client.get("/retention")).json() == nothing
        asked = nothing | {"threads_days": 90}
        assert (await client.put("/retention", json=asked)).json() == asked
        assert (await client.get("/retention")).json() == asked
        for wrong in ({"threads_days": 0}, {"threads_days": 10**9}, {"other": 1}):
            assert (await client.put("/retention", json=wrong)).status_code == 422


async def test_what_was_masked_is_for_those_with_the_permission(
    settings, principal, known_stranger, tmp_path
):
    path = tmp_path / "letter.pdf"
    page = canvas.Canvas(str(path))
    page.drawString(72, 720, "Pay Jane Doe, SSN 536-90-4399, her salary of 17 million.")
    page.save()
    async with client_of(settings, principal, Permission.READ_PERSONAL) as (client, app):
        runtime = app.state.runtime
        version, _ = await runtime.ingestion.accept(principal, "letter.pdf", path)
        await runtime.ingestion.index(principal, version.id)
        told = await client.get(f"/documents/{version.document_id}/personal-data")
        assert [(each["kind"], each["text"], each["page"]) for each in told.json()] == [
            ("SSN", "536-90-4399", 1)
        ]
        nothing = await client.get(f"/documents/{version.document_id}/personal-data?page=2")
        assert nothing.json() == []
    async with client_of(settings, principal, Permission.QUERY_DOCUMENT) as (client, _):
        refused = await client.get(f"/documents/{version.document_id}/personal-data")
        assert refused.status_code == 403
    async with client_of(settings, known_stranger, Permission.READ_PERSONAL) as (client, _):
        elsewhere = await client.get(f"/documents/{version.document_id}/personal-data")
        assert elsewhere.status_code == 404
