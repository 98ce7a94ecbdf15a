"""What knowing who asks adds to a request, and writing down that they did.

Both sides: the same route of the same app, called in this process without a socket; "baseline" is
the whole request without authentication, "ours" what authentication adds to it, at the median. Keys
of the identity provider are cached, as they are after the first request; an API key is read from
Postgres each time, so that it can be revoked at once.
"""

import time
from contextlib import AsyncExitStack
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import httpx
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import RSAKey

from bench.filled_store import Store, scratch_store
from bench.measure import Arm, Bound, Comparison, Effort, interleave, timed, wall
from core.principal import Permission, Principal, local_principal, person
from core.settings import Settings
from server.audit.pseudonyms import Pseudonyms
from server.audit.recording import Recording
from server.identity.api_keys import ApiKeys, Grant
from server.identity.authentication import Authentication, Source
from server.identity.claims import ClaimNames
from server.identity.dependencies import SignedIn
from server.identity.oidc.provider import Provider
from server.identity.oidc.tokens import OidcTokens
from storage.api_keys import ApiKeyRepository
from storage.users import UserRepository

ROUNDS, REQUESTS_A_SAMPLE = 200, 5
GOAL_MS = 1.0
ISSUER, AUDIENCE = "https://id.example", "copilot"
YEAR_SECONDS = 365 * 24 * 3600


async def measure(effort: Effort) -> dict[str, Comparison]:
    async with scratch_store() as store, AsyncExitStack() as stack:
        key = RSAKey.generate_key(2048, {"kid": "k1"})
        app = _app(store, key)
        recording = Recording(app, Pseudonyms("bench"))
        clients = []
        for each in (app, recording):
            transport = httpx.ASGITransport(each)
            client = httpx.AsyncClient(transport=transport, base_url="http://copilot.example")
            clients.append(await stack.enter_async_context(client))
        headers = await _headers(app, store.new_organization(), key)
        arms = {"plain": _arm(clients[0], "/plain", {})}
        arms |= {name: _arm(clients[0], "/known", each) for name, each in headers.items()}
        arms["audited"] = _arm(clients[1], "/known", headers["OIDC token"])
        rounds = effort.rounds(ROUNDS)
        medians = dict(zip(arms, await interleave(list(arms.values()), rounds), strict=True))
    runs = rounds * REQUESTS_A_SAMPLE
    return {name: _added(medians["plain"], medians[name], runs, GOAL_MS) for name in headers} | {
        "audit entry": _added(medians["OIDC token"], medians["audited"], runs, None)
    }


def _added(without: float, with_it: float, runs: int, goal: float | None) -> Comparison:
    return Comparison(
        without, with_it - without, "ms wall p50 added", runs, goal, Bound.OURS_AT_MOST
    )


def _app(store: Store, key: RSAKey) -> FastAPI:
    app = FastAPI()
    app.state.runtime = SimpleNamespace(database=store.database)
    app.state.origins = frozenset()
    app.state.authentication = Authentication(Settings(_env_file=None), "bench")
    app.state.authentication.take(
        Source("oidc", OidcTokens(_provider(key), AUDIENCE), ClaimNames())
    )

    @app.get("/plain")
    async def plain() -> dict[str, bool]:
        return {"known": False}

    @app.get("/known")
    async def known(principal: SignedIn) -> dict[str, bool]:
        return {"known": bool(principal.subject)}

    return app


def _provider(key: RSAKey) -> Provider:
    """What an identity provider says of itself, without one."""
    pages = {
        "/.well-known/openid-configuration": {
            "issuer": ISSUER,
            "authorization_endpoint": ISSUER,
            "token_endpoint": ISSUER,
            "jwks_uri": f"{ISSUER}/keys",
        },
        "/keys": {"keys": [key.as_dict(private=False)]},
    }
    answer = httpx.MockTransport(lambda asked: httpx.Response(200, json=pages[asked.url.path]))
    return Provider(ISSUER, httpx.AsyncClient(transport=answer))


async def _headers(app: FastAPI, principal: Principal, key: RSAKey) -> dict[str, dict[str, str]]:
    authentication: Authentication = app.state.authentication
    database = app.state.runtime.database
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(uuid4()),
        "iat": now,
        "exp": now + YEAR_SECONDS,
        "organization_id": str(principal.organization_id),
        "role": "admin",
    }
    token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key, algorithms=["RS256"])
    session = authentication.signer.new_session(local_principal())
    keys = ApiKeys(ApiKeyRepository(database))
    user = await UserRepository(database).seen(
        principal.organization_id, "bench", None, frozenset(Permission)
    )
    maker = Principal(person(user.id), principal.organization_id, frozenset(Permission))
    _, written = await keys.make(maker, Grant("bench", frozenset(Permission), timedelta(days=365)))
    return {
        "OIDC token": {"authorization": f"Bearer {token}"},
        "session": {"authorization": f"Bearer {session}"},
        "API key": {"x-api-key": written},
    }


def _arm(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> Arm:
    async def ask() -> None:
        answer = await client.get(path, headers=headers)
        assert answer.status_code == 200, answer.text

    return timed(ask, wall, times=REQUESTS_A_SAMPLE)
