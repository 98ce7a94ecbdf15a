"""Organization B against everything of A: each route, tool and job, by each identity.

Once as the service is, and once with every WHERE of the app's SQL made true, so that the database
stands alone.
"""

import re
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from fastapi import Request
from psycopg import sql
from reportlab.pdfgen import canvas
from sqlalchemy import text

from core.errors import CopilotError, NotFoundError
from core.principal import (
    LOCAL_ORGANIZATION_ID,
    LOCAL_USER_ID,
    Permission,
    Principal,
    local_principal,
    person,
)
from evals.filings.broken import text_pages
from graphs.copilot.question import Question
from graphs.runtime import expire
from server.app import create_app
from server.identity.api_keys import ApiKeys, Grant
from server.identity.dependencies import authenticate
from storage.api_keys import ApiKeyRepository
from storage.approvals import Policy, Rule
from storage.figures.search import FigureSearch
from storage.inbound import InboundRepository
from storage.retention import Periods
from storage.webhook_deliveries import NewDelivery, WebhookDeliveryRepository
from storage.webhook_endpoints import WebhookEndpoint
from tools.outbound.delivering import Delivering
from tools_registry.spec import Caller, Execution

MARKER, SSN, HOOK = "ZEBRAQUARTZ", "536-90-4399", "zebra-hook"
DAY = timedelta(days=1)
SUPERUSER = ("copilot_owner@", "postgres:@")


LANGSERVE = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""It calls what pydantic and langchain-core mean to drop."""


# --- what the app sends, recorded and sabotaged -------------------------------------------------

SABOTAGED: ContextVar[bool] = ContextVar("sabotaged", default=False)
SENT: ContextVar[list[str] | None] = ContextVar("sent", default=None)
ENDS = (
    r"\b(?:group by|order by|limit|returning|for (?:no key )?update|on conflict"
    r"|do (?:update|nothing)|union|having|window)\b"
)


def without_conditions(query: str) -> str:
    """The same with each `where X` made `where (X) or true`, at any depth."""
    found = re.search(r"\bwhere\b", query, re.IGNORECASE)
    if found is None:
        return query
    end = _end_of_condition(query, found.end())
    condition = without_conditions(query[found.end() : end])
    return f"{query[: found.end()]} ({condition}) or true {without_conditions(query[end:])}"


def _end_of_condition(query: str, start: int) -> int:
    depth = 0
    for at in range(start, len(query)):
        if query[at] == "(":
            depth += 1
        elif query[at] == ")":
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0 and re.compile(ENDS, re.IGNORECASE).match(query, at):
            return at
    return len(query)


@pytest.fixture(autouse=True)
def overheard(monkeypatch):
    genuine = psycopg.AsyncCursor.execute

    async def execute(self, query, *arguments, **more):
        if isinstance(query, str):
            sent = SENT.get()
            if sent is not None:
                sent.append(query)
            if SABOTAGED.get():
                query = without_conditions(query)
        return await genuine(self, query, *arguments, **more)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select 1", "select 1"),
        ("select 1 from a where b = 1 limit 2", "select 1 from a where ( b = 1 ) or true limit 2"),
        (
            "delete from a where exists (select from b where c) limit d",
            "delete from a where ( exists (select from b where ( c) or true ) ) or true limit d",
        ),
    ],
)
def test_the_sabotage_itself(query, expected):
    assert without_conditions(query) == expected


# --- what A has ----------------------------------------------------------------------------------


@dataclass
class World:
    """The objects of organization A."""

    principal: Principal
    documents: list[UUID] = field(default_factory=list)
    thread: UUID | None = None
    run: UUID | None = None
    approval: UUID | None = None
    endpoint: UUID | None = None
    delivery: UUID | None = None
    key: UUID | None = None
    version: UUID | None = None
    sha256: str = ""

    @property
    def user(self) -> UUID:
        return UUID(self.principal.subject.removeprefix("user:"))


def pdf_of(path, line):
    page = canvas.Canvas(str(path))
    page.drawString(72, 720, line)
    page.save()
    return path


async def settle(runtime, principal, urls, folder, figure) -> World:
    """Everything that there is, once, in A."""
    with psycopg.connect(urls.owner) as connection:
        bind = "select set_config('app.organization_id', %s, true)"
        connection.execute(bind, (str(principal.organization_id),))
        add = "insert into users (organization_id, identity, name) values (%s, %s, %s) returning id"
        row = (principal.organization_id, "oidc:ann", MARKER)
        ((user_id,),) = connection.execute(add, row).fetchall()
    everything = frozenset(Permission)
    world = World(Principal(person(user_id), principal.organization_id, everything))
    content = f"{MARKER} earned 17 million. Pay SSN {SSN} at once."
    runtime.ingestion.indexing.figures_of = lambda page, _facts: [
        replace(figure, page=page.number, label=MARKER, words=(MARKER.lower(),))
        for _ in range(page.text.count(MARKER))
    ]
    for name, private in (("shared.pdf", False), ("private.pdf", True), ("waiting.pdf", False)):
        path = pdf_of(folder / name, f"{content} {name}")
        if name == "shared.pdf":
            older = pdf_of(folder / "older.pdf", f"{content} older")
            version, _ = await runtime.ingestion.accept(world.principal, name, older)
            await runtime.ingestion.index(world.principal, version.id)
        version, _ = await runtime.ingestion.accept(world.principal, name, path, private=private)
        world.documents.append(version.document_id)
        if name != "waiting.pdf":
            await runtime.ingestion.index(world.principal, version.id)
        world.version, world.sha256 = version.id, version.sha256
    asked = Question(question=f"What did {MARKER} earn?")
    world.thread = (await runtime.copilot.ask(world.principal, asked)).thread_id
    policy = Policy("send_webhook", Rule.SOMEONE_ELSE)
    await runtime.approvals.settle(principal.organization_id, policy)
    endpoint = WebhookEndpoint(HOOK, f"https://{MARKER}.example/hook", "whsec_" + "A" * 44)
    await runtime.endpoints.add(principal.organization_id, endpoint)
    world.endpoint = endpoint.id
    send = Question(question=f'What did {MARKER} earn, and send it to the webhook "{HOOK}"?')
    waiting = await runtime.copilot.ask(world.principal, send)
    world.run = waiting.run_id
    (approval,) = await runtime.approvals.visible(world.principal, None)
    world.approval = approval.id
    keys = ApiKeys(ApiKeyRepository(runtime.database))
    world.key = (await keys.make(world.principal, Grant(MARKER, everything, DAY)))[0].id
    deliveries = WebhookDeliveryRepository(runtime.database)
    message = NewDelivery(endpoint.id, "msg_1", "a.b", f'{{"data": "{MARKER}"}}')
    world.delivery = (await deliveries.queue(principal.organization_id, message)).id
    inbound = InboundRepository(runtime.database)
    await inbound.rotate(principal.organization_id, "whsec_" + "A" * 44, datetime.now(UTC))
    await inbound.accept(principal.organization_id, "msg_2", {})
    await runtime.retention.keep(principal.organization_id, Periods(threads_days=4711))
    return world


def belongings(urls, organization_id, folder) -> dict[str, Any]:
    """All rows of an organization in every table, and its bytes: read by a superuser."""
    found: dict[str, Any] = {}
    with psycopg.connect(urls.owner.replace(*SUPERUSER, 1)) as connection:
        tables = connection.execute(
            "select table_name from information_schema.columns"
            " join information_schema.tables using (table_schema, table_name)"
            " where column_name = 'organization_id' and table_schema = 'public'"
            " and table_type = 'BASE TABLE'"
        ).fetchall()
        own = sql.SQL("select t::text from {} t where organization_id = %s order by 1")
        for (table,) in tables:
            query = own.format(sql.Identifier(table))
            found[table] = connection.execute(query, (organization_id,)).fetchall()
        jobs = "select t::text from procrastinate_jobs t where args ->> 'organization_id' = %s"
        found["jobs"] = connection.execute(jobs, (str(organization_id),)).fetchall()
    blobs = folder / "blobs" / str(organization_id)
    found["blobs"] = sorted((path.name, path.read_bytes()) for path in blobs.iterdir())
    return found


# --- how B asks ----------------------------------------------------------------------------------


def body_of(method, path, world, ids) -> Iterator[dict[str, Any]]:
    """The requests to make of a route: all that B could say of A's objects.

    Raises:
        KeyError: a new route: say here how it is asked.
    """
    about = {"question": f"What did {MARKER} earn?"}
    aimed = [
        about,
        about | {"document_ids": [str(ids["document_id"])]},
        about | {"thread_id": str(ids["thread_id"])},
        about | {"document_ids": [str(ids["document_id"])], "as_of": "2200-01-01"},
    ]
    asks = [{"json": each} for each in aimed]
    runs = [{"json": {"input": each}} for each in aimed]
    pdf = {"file": ("shared.pdf", text_pages(1), "application/pdf")}
    nothing: list[dict[str, Any]] = [{}]
    known = {
        ("POST", "/ask"): asks,
        ("POST", "/ask/stream"): asks,
        ("POST", "/threads"): [{"json": {"document_ids": [str(ids["document_id"])]}}],
        ("PATCH", "/threads/{thread_id}"): [{"json": {"name": "b"}}],
        ("POST", "/threads/{thread_id}/fork"): [{"json": {"checkpoint_id": "1"}}],
        ("POST", "/threads/{thread_id}/runs"): [{"json": about}],
        ("POST", "/runs/{run_id}/cancel"): [{}],
        ("POST", "/jobs/{job_id}/cancel"): [{}],
        ("POST", "/jobs/{job_id}/retry"): [{}],
        ("PUT", "/runs/{run_id}/feedback"): [{"json": {"score": 1}}],
        ("POST", "/approvals/{approval_id}"): [{"json": {"decision": "approve"}}],
        ("PUT", "/approval-policies/{tool}"): [{"json": {"rule": "someone_else"}}],
        ("POST", "/threads/{thread_id}/resume"): [{"json": {"approvals": {}}}],
        ("POST", "/upload-pdf"): [{"files": pdf}],
        ("PUT", "/documents/{document_id}/sharing"): [{"json": {"private": False}}],
        ("GET", "/documents/{document_id}/diff"): [{"params": {"before": 1, "after": 1}}],
        ("POST", "/documents/{document_id}/versions/{number}/restore"): nothing,
        ("POST", "/webhooks"): [{"json": {"name": HOOK, "url": "https://b.example"}}],
        ("PATCH", "/webhooks/{name}"): [{"json": {"enabled": False, "events": ["*"]}}],
        **{("POST", f"/webhooks/{{name}}/{what}"): nothing for what in ("rotate-secret", "test")},
        ("POST", "/webhooks/{name}/deliveries/{delivery_id}/redeliver"): nothing,
        ("PUT", "/webhooks/inbound-secret"): nothing,
        ("POST", "/keys"): [{"json": {"name": "b", "permissions": ["query:document"]}}],
        ("POST", "/keys/{key_id}/rotate"): [{"json": {}}],
        **{
            ("POST", f"/users/{{user_id}}/{what}"): nothing for what in ("deactivate", "reactivate")
        },
        ("PUT", "/retention"): [{"json": {"threads_days": 30}}],
        ("POST", "/agent/batch"): [{"json": {"inputs": aimed[:1]}}],
        **{("POST", f"/agent/{name}"): runs for name in ("invoke", "stream", "stream_log")},
        ("POST", "/agent/stream_events"): runs,
    }
    reading = {
        "/documents", "/documents/{document_id}", "/documents/{document_id}/personal-data",
        "/threads", "/threads/{thread_id}", "/threads/{thread_id}/messages",
        "/threads/{thread_id}/checkpoints", "/threads/{thread_id}/runs", "/runs/{run_id}",
        "/runs/{run_id}/events", "/approvals", "/approvals/{approval_id}", "/approval-policies",
        "/jobs", "/jobs/{job_id}", "/jobs/{job_id}/events",
        "/webhooks/{name}", "/webhooks/{name}/deliveries",
        "/webhooks/{name}/deliveries/{delivery_id}",
        "/webhooks", "/keys", "/audit", "/users", "/users/{user_id}/export", "/retention",
    }  # fmt: skip
    deleting = {
        "/threads/{thread_id}", "/jobs/{job_id}", "/documents/{document_id}", "/webhooks/{name}",
        "/keys/{key_id}", "/users/{user_id}/data",
    }  # fmt: skip
    if (method, path) in known:
        return iter(known[method, path])
    if method == "GET" and (path in reading or path.startswith("/agent/")):
        return iter(nothing)
    if method == "DELETE" and path in deleting:
        return iter(nothing)
    if path.startswith("/agent/"):  # by a config's hash; feedback
        return iter([{"json": {}}])
    raise KeyError(f"{method} {path}")


OPEN = {
    "/health", "/ready", "/sign-in", "/sign-in/oidc", "/sign-in/oidc/callback", "/docs",
    "/openapi.json", "/redoc", "/.well-known/jwks.json", "/sign-out",
    "/webhooks/analysis-complete",
}  # fmt: skip


def routes(app) -> list[tuple[str, str]]:
    paths = app.openapi()["paths"]
    listed = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    return sorted((method, path) for method, path in listed if path not in OPEN)


@pytest.fixture
def app(oidc_settings, firebase_settings):
    told = firebase_settings.firebase_service_account_json
    app = create_app(
        oidc_settings.model_copy(update={"firebase_service_account_json": told}), worker=False
    )

    async def undisturbed(request: Request) -> Principal:
        token = SABOTAGED.set(False)  # who B is, is not in question here
        try:
            return await authenticate(request)
        finally:
            SABOTAGED.reset(token)

    app.dependency_overrides[authenticate] = undisturbed
    return app


async def headers_of(identity, app, oidc, firebase) -> dict[str, str]:
    """Of B, who has every permission there, and is back if an erasure or the like went too far."""
    async with app.state.runtime.database.transaction(LOCAL_ORGANIZATION_ID) as connection:
        await connection.execute(text(BACK), {"id": LOCAL_USER_ID, "of": LOCAL_ORGANIZATION_ID})
        await connection.execute(text("update users set deactivated_at = null"))
    admin = {"role": "admin"}
    if identity == "oidc":
        token = oidc.token(LOCAL_ORGANIZATION_ID, **admin)
    elif identity == "firebase":
        token = firebase.token(LOCAL_ORGANIZATION_ID, **admin)
    elif identity == "session":
        token = app.state.authentication.signer.new_session(local_principal())
    else:
        keys = ApiKeys(ApiKeyRepository(app.state.runtime.database))
        grant = Grant("b", frozenset(Permission), DAY)
        return {"x-api-key": (await keys.make(local_principal(), grant))[1]}
    return {"authorization": f"Bearer {token}"}


BACK = """
insert into users (id, organization_id, identity) values (:id, :of, 'local')
on conflict do nothing
"""


def ids_of(world, document) -> dict[str, Any]:
    return {
        "document_id": document, "thread_id": world.thread, "key_id": world.key,
        "user_id": world.user, "name": HOOK, "run_id": world.run,
        "approval_id": world.approval, "job_id": world.version, "delivery_id": world.delivery,
    }  # fmt: skip


KNOWN = {"tool": "send_webhook", "number": 1}
"""In paths, the same for everybody."""


def fill(path, ids) -> str:
    return re.sub(r"{(\w+)}", lambda found: str(ids.get(found[1], KNOWN.get(found[1], "x"))), path)


def neutral(answer, ids) -> tuple[int, str]:
    """An answer without the ids that were asked for, and without those of its own run."""
    said = answer.text.replace(answer.headers.get("x-request-id", ""), "ID")
    for each in ids.values():
        said = said.replace(str(each), "ID")
    return answer.status_code, re.sub(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", "ID", said)


@LANGSERVE
@pytest.mark.parametrize("sabotaged", [False, True], ids=["as it is", "sabotaged"])
@pytest.mark.parametrize("identity", ["key", "oidc", "firebase", "session"])
async def test_b_gets_and_changes_nothing_of_a(
    app, oidc, firebase, principal, urls, tmp_path, figure, identity, sabotaged
):
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app):
        runtime = app.state.runtime
        world = await settle(runtime, principal, urls, tmp_path, figure())
        before = belongings(urls, principal.organization_id, tmp_path)
        assert MARKER in str(before)
        asked, answered = 0, 0
        async with httpx.AsyncClient(
            transport=transport, base_url="http://copilot.example"
        ) as client:
            for method, path in routes(app):
                # Anew, since without conditions B loses its own keys and people.
                client.headers = await headers_of(identity, app, oidc, firebase)
                for document in world.documents:
                    ids = ids_of(world, document)
                    for request in body_of(method, path, world, ids):
                        SABOTAGED.set(sabotaged)
                        answer = await client.request(method, fill(path, ids), **request)
                        SABOTAGED.set(False)
                        asked, answered = asked + 1, answered + (answer.status_code < 400)
                        about = f"{method} {path}: {answer.status_code} {answer.text[:500]}"
                        assert told_of_a(answer.text, request) == [], about
                        assert sabotaged or answer.status_code < 500, about
        await every_tool(runtime, world, sabotaged=sabotaged)
        await every_job(runtime, world, sabotaged=sabotaged)
        assert belongings(urls, principal.organization_id, tmp_path) == before
    assert asked > 100
    assert answered > 20  # it isn't that B could do nothing at all


def told_of_a(answer, request) -> list[str]:
    """What of A's stands in an answer that B didn't say itself."""
    marks = (MARKER, SSN, "whsec_AAAA", '"threads_days":4711')
    return [each for each in marks if each in answer and each not in str(request)]


async def every_tool(runtime, world, *, sabotaged) -> None:
    """On B's behalf, of A's documents and receivers."""
    arguments = {
        "search_documents": {"query": f"{MARKER} earned"},
        "look_up_figures": {"item": f"{MARKER} earned", "periods": ("2022",)},
        "calculate": {"expression": "1 + F1"},
        "send_webhook": {"endpoint": HOOK, "event_type": "a.b", "payload": {}},
    }
    assert arguments.keys() == runtime.registry.keys()
    b = local_principal()
    with suppress(NotFoundError):  # one of its own is not in question
        await runtime.endpoints.delete(b.organization_id, HOOK)
    for name, spec in runtime.registry.items():
        given = spec.input.model_validate(arguments[name])
        whole = (None, tuple(world.documents))
        for documents, as_of in product(whole, (None, datetime.now(UTC))):
            caller = Caller(b, documents, as_of)
            SABOTAGED.set(sabotaged)
            try:
                output = str(await spec.run(given, caller, Execution("call", "{}")))
            except CopilotError as error:
                output = error.detail
            finally:
                SABOTAGED.set(False)
            assert MARKER not in output.replace(given.model_dump_json(), "")


async def every_job(runtime, world, *, sabotaged) -> None:
    """With B's organization and A's ids, as if B could queue them."""
    b = local_principal()
    theirs = {each.id for each in await runtime.documents.versions(world.principal)}
    await runtime.retention.keep(b.organization_id, Periods(1, 1, 1))
    SABOTAGED.set(sabotaged)
    try:
        with nullcontext() if sabotaged else pytest.raises(NotFoundError):
            await runtime.ingestion.index(b, world.version)
        await runtime.deletion.blob(b.organization_id, world.sha256)
        delivering = Delivering(runtime.database, runtime.outbound)
        await delivering.drain(b.organization_id, world.endpoint)
        assert not theirs & {
            each.id for each in await runtime.reindexing.outdated(b.organization_id)
        }
        assert not theirs & {each.id for each in await runtime.reindexing.mark(b, world.documents)}
        for begun in (runtime.reindexing.begin, partial(runtime.reindexing.progress, pages=1)):
            assert sabotaged or not await begun(b, world.version)
        async with runtime.database.psycopg_transaction(b) as connection:
            found = await FigureSearch(connection).candidates(
                list(theirs), concepts=["InventoryNet"], words=[MARKER.lower()], limit=99
            )
        assert MARKER not in str(found)
        if not sabotaged:  # with its conditions gone it would delete all of whoever runs it
            await expire(runtime.database)
    except CopilotError:
        pass
    finally:
        SABOTAGED.set(False)
    await runtime.retention.keep(b.organization_id, Periods())


@LANGSERVE
async def test_what_is_a_s_is_answered_like_what_is_nowhere(
    app, oidc, firebase, principal, urls, tmp_path, figure
):
    """The same words, and the same work for the database: no clock tells them apart."""
    async with app.router.lifespan_context(app):
        world = await settle(app.state.runtime, principal, urls, tmp_path, figure())
        headers = await headers_of("session", app, oidc, firebase)
        compared = 0
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://copilot.example", headers=headers
        ) as client:
            await client.get("/documents")  # from now on the person is known
            await client.delete(f"/webhooks/{HOOK}")  # B may have made one of this name
            for method, path in routes(app):
                for document in world.documents:
                    theirs = ids_of(world, document)
                    nowhere = {name: uuid4() for name in theirs} | {"name": "no-hook-at-all"}
                    requests = zip(
                        body_of(method, path, world, theirs),
                        body_of(method, path, world, nowhere),
                        strict=True,
                    )
                    for of_a, of_nobody in requests:
                        if "{" not in path and "_id" not in str(of_a):
                            continue
                        seen = await overhear(client, method, fill(path, theirs), of_a, theirs)
                        missing = await overhear(
                            client, method, fill(path, nowhere), of_nobody, nowhere
                        )
                        assert seen == missing, f"{method} {path}"
                        compared += 1
    assert compared > 60


async def overhear(client, method, url, request, ids) -> SimpleNamespace:
    sent: list[str] = []
    SENT.set(sent)
    answer = await client.request(method, url, **request)
    SENT.set(None)
    status, said = neutral(answer, ids)
    return SimpleNamespace(status=status, said=said, queries=sent)
