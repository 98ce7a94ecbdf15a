"""An API key acts for a person: it is that person in approvals, and ends with their access."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from core.errors import UnauthenticatedError
from core.principal import Permission
from graphs.copilot.question import Question
from server.identity.api_keys import ApiKeys, Grant
from storage.api_keys import ApiKeyRepository, KeyState
from storage.approvals import Policy, Rule
from storage.users import UserRepository
from storage.webhook_endpoints import WebhookEndpoint

DAY = timedelta(days=1)
EVERYTHING = frozenset(Permission)
QUERY = frozenset({Permission.QUERY_DOCUMENT})
QUESTION = 'What was revenue, and send it to the webhook "ops"?'


@pytest.fixture
async def app(running, oidc_settings):
    async with running(oidc_settings, worker=True) as client:
        yield client


@pytest.fixture
def keys(app) -> ApiKeys:
    return ApiKeys(ApiKeyRepository(app.app.state.runtime.database))


@pytest.fixture
def user_id(known_person) -> UUID:
    return UUID(known_person.subject.removeprefix("user:"))


@pytest.fixture
def request_as(app):
    """Sends a request with an API key or a bearer token."""

    async def send(credential, method, path, **options) -> httpx.Response:
        is_key = credential.startswith("cpk_")
        headers = {"x-api-key": credential} if is_key else {"authorization": f"Bearer {credential}"}
        return await app.request(method, path, headers=headers, **options)

    return send


async def chain_of_keys(keys, principal) -> tuple[str, str]:
    """A key of the principal's, and one that was made with it."""
    _, first = await keys.make(principal, Grant("first", EVERYTHING, DAY))
    _, second = await keys.make(await keys.principal(first), Grant("second", EVERYTHING, DAY))
    return first, second


async def ask_to_send(app, principal, rule, receiver) -> None:
    runtime = app.app.state.runtime
    endpoint = WebhookEndpoint("ops", receiver.url, "whsec_" + "A" * 44)
    await runtime.endpoints.add(principal.organization_id, endpoint)
    await runtime.approvals.settle(principal.organization_id, Policy("send_webhook", rule))
    answer = await runtime.copilot.ask(principal, Question(question=QUESTION))
    assert answer.status == "awaiting_approval"


async def approve_all(request_as, key) -> list[int]:
    pending = (await request_as(key, "GET", "/approvals?status=pending")).json()
    approve = {"decision": "approve"}
    answers = [
        await request_as(key, "POST", f"/approvals/{each['id']}", json=approve) for each in pending
    ]
    return [each.status_code for each in answers]


async def test_approval_with_a_key_of_the_asker_is_refused(
    app, keys, request_as, known_person, receiver
):
    await ask_to_send(app, known_person, Rule.SOMEONE_ELSE, receiver)
    for key in await chain_of_keys(keys, known_person):
        assert await approve_all(request_as, key) == [403]
    assert receiver.received == []


async def test_approval_of_what_an_own_key_asked_is_refused(
    app, keys, request_as, known_person, receiver
):
    _, asking = await keys.make(known_person, Grant("machine", EVERYTHING, DAY))
    await ask_to_send(app, await keys.principal(asking), Rule.SOMEONE_ELSE, receiver)
    _, other = await keys.make(known_person, Grant("other", EVERYTHING, DAY))
    assert await approve_all(request_as, other) == [403]
    assert receiver.received == []


async def test_approval_with_a_key_of_another_person_is_accepted(
    app, keys, request_as, known_person, oidc, receiver
):
    await ask_to_send(app, known_person, Rule.SOMEONE_ELSE, receiver)
    colleague = oidc.token(known_person.organization_id, role="admin")
    new = {"name": "desk", "permissions": ["query:document", "approve:action"]}
    made = await request_as(colleague, "POST", "/keys", json=new)
    assert await approve_all(request_as, made.json()["key"]) == [200]


async def test_caller_decides_on_what_their_key_asked(
    app, keys, request_as, known_person, receiver
):
    _, asking = await keys.make(known_person, Grant("machine", EVERYTHING, DAY))
    await ask_to_send(app, await keys.principal(asking), Rule.CALLER, receiver)
    _, deciding = await keys.make(known_person, Grant("decide", EVERYTHING, DAY))
    assert await approve_all(request_as, deciding) == [200]


async def test_key_without_approve_permission_sees_no_approvals_of_its_maker(
    app, keys, request_as, known_person, receiver
):
    await ask_to_send(app, known_person, Rule.CALLER, receiver)
    _, reading = await keys.make(known_person, Grant("read", QUERY, DAY))
    assert (await request_as(reading, "GET", "/approvals")).json() == []


async def test_erasure_revokes_every_key_of_the_chain(app, keys, known_person, user_id):
    chain = await chain_of_keys(keys, known_person)
    runtime = app.app.state.runtime
    acting = await keys.principal(chain[0])
    await runtime.erasure.everything_of(known_person.organization_id, user_id)
    for key in chain:
        with pytest.raises(UnauthenticatedError, match="revoked"):
            await keys.principal(key)
    listed = await ApiKeyRepository(runtime.database).all(known_person.organization_id)
    assert {each.state for each in listed} == {KeyState.REVOKED}
    for late in (acting, known_person):  # a request that was under way
        with pytest.raises(UnauthenticatedError, match="erased"):
            await keys.make(late, Grant("late", QUERY, DAY))


async def test_key_loses_what_its_maker_loses_and_gets_it_back(
    keys, request_as, known_person, oidc
):
    organization_id = known_person.organization_id
    admin = oidc.token(organization_id, role="admin")
    new = {"name": "all", "permissions": ["query:document", "manage:users"]}
    key = (await request_as(admin, "POST", "/keys", json=new)).json()["key"]
    assert (await request_as(key, "GET", "/users")).status_code == 200
    viewer = oidc.token(organization_id, role="viewer")
    assert (await request_as(viewer, "GET", "/documents")).status_code == 200
    assert (await request_as(key, "GET", "/users")).status_code == 403
    assert (await request_as(key, "GET", "/documents")).status_code == 200
    assert (await keys.principal(key)).permissions == QUERY
    again = oidc.token(organization_id, role=["admin", "viewer"])
    assert (await request_as(again, "GET", "/users")).status_code == 200
    assert (await request_as(key, "GET", "/users")).status_code == 200


async def test_deactivated_person_is_refused_by_token_session_and_key(
    app, request_as, known_person, oidc
):
    organization_id = known_person.organization_id
    leaver = oidc.token(organization_id, role="admin", sub="leaver")
    new = {"name": "own", "permissions": ["query:document"]}
    key = (await request_as(leaver, "POST", "/keys", json=new)).json()["key"]
    ask, database = app.app.state.authentication, app.app.state.runtime.database
    whose = await ask.by_bearer(database, leaver)
    session = ask.signer.new_session(whose, by_link=False)
    leaver_id = whose.subject.removeprefix("user:")
    admin = oidc.token(organization_id, role="admin", sub="admin")
    path = f"/users/{leaver_id}"
    assert (await request_as(admin, "POST", f"{path}/deactivate")).json()["deactivated_at"]
    for credential, status in ((leaver, 403), (session, 401), (key, 401)):
        answer = await request_as(credential, "GET", "/documents")
        assert answer.status_code == status, answer.text
    assert (await request_as(admin, "POST", f"{path}/reactivate")).json()["deactivated_at"] is None
    for credential, status in ((leaver, 200), (session, 401), (key, 401)):
        assert (await request_as(credential, "GET", "/documents")).status_code == status


async def test_session_of_a_deactivated_person_opened_later_is_refused(
    app, request_as, known_person, user_id
):
    users = UserRepository(app.app.state.runtime.database)
    await users.deactivate(known_person.organization_id, user_id)
    session = app.app.state.authentication.signer.new_session(known_person, by_link=False)
    assert (await request_as(session, "GET", "/documents")).status_code == 403


async def test_deactivating_oneself_is_refused_with_an_own_key_too(
    keys, request_as, known_person, user_id, oidc
):
    _, key = await keys.make(known_person, Grant("own", EVERYTHING, DAY))
    answer = await request_as(key, "POST", f"/users/{user_id}/deactivate")
    assert answer.status_code == 409
    analyst = oidc.token(known_person.organization_id, role="analyst")
    for action in ("deactivate", "reactivate"):
        refused = await request_as(analyst, "POST", f"/users/{user_id}/{action}")
        unknown = await request_as(key, "POST", f"/users/{uuid4()}/{action}")
        assert (refused.status_code, unknown.status_code) == (403, 404)
