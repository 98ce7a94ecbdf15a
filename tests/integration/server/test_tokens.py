"""Tokens of identity providers: those that hold, and all the others."""

import time
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from core.clock import ManualClock
from core.errors import ConfigurationError, UnauthenticatedError, UnavailableError
from core.principal import Permission
from core.roles import ROLES, Role
from server.app import create_app
from server.identity.oidc.provider import FRESH_SECONDS, STALE_SECONDS, Provider
from server.identity.oidc.tokens import OidcTokens
from storage.users import UserRepository

WRONG = {
    "expired": {"exp": 1_700_000_000, "iat": 1_699_999_000},
    "for somebody else": {"aud": "another"},
    "of nobody": {"sub": None},
    "from the future": {"iat": 4_000_000_000, "exp": 4_000_001_000},
    "without an end": {"exp": None},
    "without an audience": {"aud": None},
}


@pytest.fixture(params=["oidc", "firebase"])
def provider(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def with_provider(request, provider):
    name = "firebase" if provider.issuer.startswith("https://securetoken") else "oidc"
    return request.getfixturevalue(f"{name}_settings")


async def ask(client, token, path="/documents"):
    return await client.get(path, headers={"authorization": f"Bearer {token}"})


async def test_a_token_is_a_person_of_its_organization(running, with_provider, provider, principal):
    token = provider.token(principal.organization_id)
    async with running(with_provider) as client:
        assert (await ask(client, token)).status_code == 200
        assert (await ask(client, token, "/audit")).status_code == 403  # an analyst
        admin = provider.token(principal.organization_id, role="admin")
        (person,) = (await ask(client, admin, "/users")).json()
        entries = (await ask(client, admin, "/audit")).json()
    assert person["name"] == "jo@desk.example"
    assert {each["actor"] for each in entries} == {f"user:{person['id']}"}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_token_is_nobody(running, with_provider, provider, principal, wrong):
    token = provider.token(principal.organization_id, **WRONG[wrong])
    async with running(with_provider) as client:
        assert_nobody(await ask(client, token))


async def test_forged_tokens_are_nobody(running, with_provider, provider, principal):
    async with running(with_provider) as client:
        for name, token in provider.forgeries(principal.organization_id).items():
            answer = await ask(client, token)
            assert_nobody(answer, name)
            assert token not in answer.text


def assert_nobody(answer, name="") -> None:
    assert answer.status_code == 401, (name, answer.text)
    assert answer.json()["type"] == "urn:copilot:problem:unauthenticated"
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"organization_id": None}, "organization_id"),
        ({"organization_id": "Acme"}, "organization_id"),
        ({"organization_id": str(uuid4())}, "copilot organizations add"),
        ({"role": "owner"}, "admin, analyst, viewer"),
        ({"permissions": ["everything"]}, "query:document"),
    ],
)
async def test_a_token_that_does_not_say_who_that_is(
    running, oidc_settings, oidc, principal, changed, named
):
    async with running(oidc_settings) as client:
        answer = await ask(client, oidc.token(principal.organization_id, **changed))
    assert (answer.status_code, named in answer.json()["detail"]) == (403, True)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"role": ["viewer", "analyst"]}, ROLES[Role.ANALYST]),
        ({"role": None, "permissions": "query:document read:audit"},
         {Permission.QUERY_DOCUMENT, Permission.READ_AUDIT}),
        ({"role": "viewer", "permissions": ["read:audit"]},
         {Permission.QUERY_DOCUMENT, Permission.READ_AUDIT}),
        ({"role": None}, set()),
    ],
)  # fmt: skip
async def test_roles_and_permissions_add_up(
    running, oidc_settings, oidc, principal, changed, expected
):
    async with running(oidc_settings) as client:
        asked = client.app.state.authentication.by_bearer
        token = oidc.token(principal.organization_id, **changed)
        found = await asked(client.app.state.runtime.database, token)
    assert found.permissions == expected


async def test_claims_may_have_other_names(running, oidc_settings, oidc, principal):
    names = {"oidc_organization_claim": "tid", "oidc_role_claim": "roles"}
    token = oidc.token(
        None, tid=str(principal.organization_id), roles=["viewer"], organization_id=None, role=None
    )
    async with running(oidc_settings.model_copy(update=names)) as client:
        assert (await ask(client, token)).status_code == 200


async def test_both_providers_at_once(running, oidc, oidc_settings, firebase, firebase_settings):
    account = firebase_settings.firebase_service_account_json
    both = oidc_settings.model_copy(update={"firebase_service_account_json": account})
    async with running(both) as client:
        answer = await ask(client, oidc.sign({"iss": "https://elsewhere.example"}))
        assert "firebase, oidc" in answer.json()["detail"]


@pytest.fixture
async def tokens(oidc):
    """Checks tokens by a clock that tests turn."""
    clock = ManualClock()
    async with httpx.AsyncClient(timeout=1) as http:
        made = OidcTokens(Provider(oidc.issuer, http, clock), oidc.audience)
        made.clock = clock
        yield made


async def test_es256_is_taken_and_others_are_not(tokens, oidc, principal):
    claims = oidc.claims(principal.organization_id)
    for alg in ("PS256", "RS512"):
        with pytest.raises(UnauthenticatedError):
            await tokens.claims(oidc.sign(claims, alg=alg))
    oidc.rotate("EC")
    tokens.clock.time += 11
    assert await tokens.claims(oidc.sign(claims, alg="ES256")) == claims


async def test_a_new_key_is_fetched_when_it_is_needed(tokens, oidc, principal):
    old = oidc.token(principal.organization_id)
    await tokens.claims(old)
    oidc.rotate()
    tokens.clock.time += 11
    assert await tokens.claims(oidc.token(principal.organization_id))
    with pytest.raises(UnauthenticatedError):  # its key isn't there any more
        await tokens.claims(old)


async def test_a_withdrawn_key_works_for_ten_minutes_at_most(tokens, oidc, principal):
    old = oidc.token(principal.organization_id)
    await tokens.claims(old)
    oidc.rotate()
    tokens.clock.time += FRESH_SECONDS + 1
    with pytest.raises(UnauthenticatedError):
        await tokens.claims(old)


async def test_unknown_keys_do_not_hammer_the_provider(tokens, oidc, site, principal):
    good = oidc.token(principal.organization_id)
    await tokens.claims(good)
    flood = oidc.forgeries(principal.organization_id)["unknown key"]
    for _ in range(50):
        with pytest.raises(UnauthenticatedError):
            await tokens.claims(flood)
    assert site.asked.count("/jwks") == 1
    assert await tokens.claims(good)


async def test_a_provider_that_is_down_is_missed_only_after_a_while(tokens, oidc, site, principal):
    token = oidc.token(principal.organization_id)
    await tokens.claims(token)
    site.pages.clear()
    tokens.clock.time += FRESH_SECONDS + 1
    assert await tokens.claims(token)
    tokens.clock.time += STALE_SECONDS
    with pytest.raises(UnavailableError):
        await tokens.claims(token)


async def test_a_provider_that_was_never_there(running, oidc_settings, oidc, principal):
    oidc.site.pages.clear()
    async with running(oidc_settings) as client:
        answer = await ask(client, oidc.token(principal.organization_id))
        assert (answer.status_code, "/sign-in" in answer.text) == (503, False)
        assert (await client.get("/sign-in/oidc")).status_code == 503


async def test_a_provider_that_speaks_for_another_is_not_heard(tokens, oidc, site, principal):
    site.pages["/.well-known/openid-configuration"]["issuer"] = "https://elsewhere.example"
    with pytest.raises(UnavailableError):
        await tokens.claims(oidc.token(principal.organization_id))


LOOKUP = "/v1/projects/copilot-test/accounts:lookup"


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ({"localId": "jo-1", "validSince": "4000000000"}, "revoked"),
        ({"localId": "jo-1", "validSince": "0", "disabled": True}, "disabled"),
        (None, "gone"),
    ],
)
async def test_firebase_takes_tokens_back(
    running, firebase_settings, firebase, site, principal, person, why
):
    site.pages[LOOKUP] = {"users": [person]} if person else {}
    async with running(firebase_settings) as client:
        answer = await ask(client, firebase.token(principal.organization_id))
    assert_nobody(answer)
    assert why in answer.json()["detail"]


async def test_a_firebase_token_is_checked_once_in_a_while(
    running, firebase_settings, firebase, site, principal, monkeypatch
):
    token = firebase.token(principal.organization_id)
    async with running(firebase_settings) as client:
        for _ in range(5):
            assert (await ask(client, token)).status_code == 200
        assert site.asked.count(LOOKUP) == 1
        later = time.time() + 700
        monkeypatch.setattr("server.identity.firebase.time.time", lambda: later)
        await ask(client, token)
        assert site.asked.count(LOOKUP) == 2  # it has expired meanwhile, by our clock


async def test_google_out_of_reach(running, firebase_settings, firebase, site, principal):
    site.stop()
    async with running(firebase_settings) as client:
        answer = await ask(client, firebase.token(principal.organization_id))
    assert answer.status_code == 503
    site.start()  # for the fixture to stop


@pytest.mark.parametrize("told", ["", "{}", "/nowhere.json", '{"project_id": "SECRETMARK"}'])
def test_a_wrong_service_account_stops_the_start_and_is_not_shown(settings, told):
    wrong = settings.model_copy(update={"firebase_service_account_json": SecretStr(told or "x")})
    with pytest.raises(ConfigurationError, match="FIREBASE_SERVICE_ACCOUNT_JSON") as raised:
        create_app(wrong)
    assert "SECRETMARK" not in str(raised.value)


async def test_people_of_two_organizations_are_two(
    running, oidc_settings, oidc, principal, stranger
):
    async with running(oidc_settings) as client:
        users = UserRepository(client.app.state.runtime.database)
        for of in (principal, stranger):
            await ask(client, oidc.token(of.organization_id))
        found = [await users.all(of.organization_id) for of in (principal, stranger)]
    assert [len(each) for each in found] == [1, 1]
    assert found[0][0].id != found[1][0].id


async def test_google_refuses_to_say_whether_a_token_was_revoked(
    running, firebase_settings, firebase, site, principal
):
    site.pages["/token"] = {"error": "invalid_grant"}
    async with running(firebase_settings) as client:
        answer = await ask(client, firebase.token(principal.organization_id))
    assert (answer.status_code, "Firebase" in answer.text) == (503, True)


async def test_a_provider_that_was_never_there_is_not_asked_by_each_token(
    tokens, oidc, site, principal
):
    site.pages.clear()
    for _ in range(5):
        with pytest.raises(UnavailableError):
            await tokens.claims(oidc.token(principal.organization_id))
    assert len(site.asked) == 1


async def test_a_provider_that_moved_its_keys_is_found_again(tokens, oidc, site, principal):
    token = oidc.token(principal.organization_id)
    await tokens.claims(token)
    moved = site.pages["/.well-known/openid-configuration"]
    site.pages["/other-keys"] = site.pages.pop("/jwks")
    moved["jwks_uri"] = f"{site.url}/other-keys"
    for _ in range(2):
        tokens.clock.time += FRESH_SECONDS + 1
        assert await tokens.claims(token)
    assert "/other-keys" in site.asked
