"""API keys: shown once, scoped, expiring, rotated, revoked, and kept as hashes."""

import json
from datetime import timedelta
from uuid import uuid4

import httpx
import psycopg
import pytest

from core.errors import NotFoundError, PermissionDeniedError, UnauthenticatedError
from core.principal import Permission, Principal
from server.identity.api_keys import ApiKeys, Grant, WrittenKey
from storage.api_keys import ApiKeyRepository, KeyState

pytestmark = pytest.mark.xdist_group("service")

QUERY = frozenset({Permission.QUERY_DOCUMENT})
YEAR = timedelta(days=365)
NIGHTLY = Grant("nightly-load", QUERY, YEAR)


@pytest.fixture
def principal(known_person):
    """Keys are made here, and each acts for a person."""
    return known_person


@pytest.fixture
def keys(database) -> ApiKeys:
    return ApiKeys(ApiKeyRepository(database))


async def test_a_key_is_a_principal_of_its_organization(keys, principal):
    key, text = await keys.make(principal, NIGHTLY)
    found = await keys.principal(text)
    assert found == Principal(
        f"key:{key.id}", principal.organization_id, QUERY, acts_for=principal.subject
    )
    assert text.startswith(key.prefix)


async def test_only_a_hash_is_stored(keys, principal, urls):
    _, text = await keys.make(principal, NIGHTLY)
    bind = "select set_config('app.organization_id', %s, false)"
    with psycopg.connect(urls.owner) as connection:
        connection.execute(bind, (str(principal.organization_id),))
        rows = connection.execute("select api_keys::text from api_keys").fetchall()
    assert rows
    secret = text.rsplit("_", 1)[-1]
    assert secret not in str(rows)
    assert text[12:] not in str(rows)


async def test_any_other_text_opens_nothing(keys, principal, stranger):
    _, text = await keys.make(principal, NIGHTLY)
    other = WrittenKey.new(principal.organization_id).text
    elsewhere = WrittenKey.new(stranger.organization_id).text
    nowhere = WrittenKey.new(uuid4()).text
    changed = text[:-1] + ("a" if text[-1] != "a" else "b")
    for wrong in ("", "x", text[:-1], f"{text}x", changed, other, elsewhere, nowhere, f" {text}"):
        with pytest.raises(UnauthenticatedError, match="not valid"):
            await keys.principal(wrong)


async def test_a_key_expires(keys, principal):
    _, text = await keys.make(principal, Grant("brief", QUERY, timedelta(0)))
    with pytest.raises(UnauthenticatedError, match="expired"):
        await keys.principal(text)


async def test_a_revoked_key_opens_nothing_from_then_on(keys, principal, database):
    repository = ApiKeyRepository(database)
    key, text = await keys.make(principal, NIGHTLY)
    await repository.revoke(principal.organization_id, key.id)
    with pytest.raises(UnauthenticatedError, match="revoked"):
        await keys.principal(text)
    first = await repository.get(principal.organization_id, key.id)
    await repository.revoke(principal.organization_id, key.id)
    assert await repository.get(principal.organization_id, key.id) == first
    assert first.state is KeyState.REVOKED


async def test_a_rotated_key_works_on_for_the_overlap(keys, principal):
    old, text = await keys.make(principal, NIGHTLY)
    new, new_text = await keys.rotate(principal, old.id, timedelta(hours=1), YEAR)
    assert (new.name, new.permissions) == (old.name, old.permissions)
    assert await keys.principal(text) != await keys.principal(new_text)
    await keys.rotate(principal, old.id, timedelta(0), YEAR)
    with pytest.raises(UnauthenticatedError, match="expired"):
        await keys.principal(text)
    assert await keys.principal(new_text)


async def test_its_last_use_is_noted(keys, principal, database):
    key, text = await keys.make(principal, NIGHTLY)
    assert key.last_used_at is None
    await keys.principal(text)
    used = await ApiKeyRepository(database).get(principal.organization_id, key.id)
    assert used.last_used_at >= used.created_at


async def test_a_key_has_at_most_what_its_maker_has(keys, principal):
    some = frozenset({Permission.MANAGE_KEYS, Permission.QUERY_DOCUMENT})
    clerk = Principal("clerk", principal.organization_id, some)
    key, _ = await keys.make(principal, Grant("loader", frozenset(Permission), YEAR))
    with pytest.raises(PermissionDeniedError, match="upload:document"):
        await keys.make(clerk, Grant("loader", frozenset({Permission.UPLOAD_DOCUMENT}), YEAR))
    with pytest.raises(PermissionDeniedError, match="upload:document"):
        await keys.rotate(clerk, key.id, timedelta(0), YEAR)
    with pytest.raises(PermissionDeniedError, match="manage:keys"):
        await keys.make(Principal("reader", principal.organization_id, QUERY), NIGHTLY)


async def test_another_organization_s_keys_are_not_there(keys, principal, database, stranger):
    key, text = await keys.make(principal, NIGHTLY)
    repository = ApiKeyRepository(database)
    assert await repository.all(stranger.organization_id) == []
    for act in (
        repository.revoke(stranger.organization_id, key.id),
        repository.get(stranger.organization_id, key.id),
        keys.rotate(stranger, key.id, timedelta(0), YEAR),
    ):
        with pytest.raises(NotFoundError):
            await act
    assert await keys.principal(text)


def test_a_machine_s_whole_life(service):
    with service.client() as admin:
        new = {"name": "nightly-load", "permissions": ["query:document"]}
        made = admin.post("/keys", json=new)
        assert made.status_code == 201, made.text
        created = made.json()
        machine = httpx.Client(base_url=service.url, headers={"x-api-key": created["key"]})
        assert machine.get("/documents").status_code == 200
        refused = machine.post("/keys", json=new)
        assert (refused.status_code, refused.json()["detail"]) == (
            403,
            "This needs the permission manage:keys.",
        )
        (listed,) = [key for key in admin.get("/keys").json() if key["id"] == created["id"]]
        assert "key" not in listed
        assert listed["last_used_at"]
        rotated = admin.post(f"/keys/{created['id']}/rotate", json={"overlap_hours": 0})
        assert rotated.status_code == 201
        assert machine.get("/documents").status_code == 401
        machine.headers["x-api-key"] = rotated.json()["key"]
        assert machine.get("/documents").status_code == 200
        assert admin.delete(f"/keys/{rotated.json()['id']}").status_code == 204
        assert machine.get("/documents").json()["detail"].startswith("This API key is revoked.")
        assert admin.delete(f"/keys/{uuid4()}").status_code == 404
        for wrong in ({"permissions": []}, {"days": 0}, {"name": ""}, {"permissions": ["fly"]}):
            assert admin.post("/keys", json=new | wrong).status_code == 422
        machine.close()
    assert created["key"] not in service.log.read_text()


def test_keys_from_the_shell(service):
    key = service.command("keys", "add", "cron", "--permission", "query:document").stdout.strip()
    assert httpx.get(f"{service.url}/documents", headers={"x-api-key": key}).status_code == 200
    with service.client() as admin:
        (made,) = [each for each in admin.get("/keys").json() if each["name"] == "cron"]
    assert made["id"] in service.command("keys", "list").stdout
    new = service.command("keys", "rotate", made["id"], "--overlap-hours", "0").stdout.strip()
    assert httpx.get(f"{service.url}/documents", headers={"x-api-key": key}).status_code == 401
    assert httpx.get(f"{service.url}/documents", headers={"x-api-key": new}).status_code == 200
    refused = service.command("keys", "revoke", str(uuid4()))
    assert (refused.returncode, "No such key" in refused.stderr) == (1, True)
    nameless = service.command("keys", "add", "", "--permission", "query:document")
    assert (nameless.returncode, "at least 1 character" in nameless.stderr) == (1, True)
    assert json.loads(httpx.get(f"{service.url}/health").text)


def test_organizations_from_the_shell(service):
    added = service.command("organizations", "add", "Acme Bank")
    assert added.returncode == 0, added.stderr
    organization_id = added.stdout.strip()
    assert f"{organization_id}  Acme Bank" in service.command("organizations", "list").stdout
    again = service.command("organizations", "add", "Other", "--id", organization_id)
    assert (again.returncode, "already" in again.stderr) == (1, True)
    nameless = service.command("organizations", "add", " ")
    assert (nameless.returncode, "1 to 200 characters" in nameless.stderr) == (1, True)
