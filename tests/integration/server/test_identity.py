"""Who asks: a session from a one-time link, or nothing."""

import re

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from itsdangerous import URLSafeTimedSerializer

from core.principal import local_principal
from core.settings import Settings
from server.app import create_app
from server.identity.dependencies import Holding, HoldingEither, HoldingOrOneself
from server.identity.sessions import LINK_SECONDS, SESSION_SECONDS, Signer

pytestmark = pytest.mark.xdist_group("service")

OPEN = {
    "/health",
    "/ready",
    "/sign-in",
    "/sign-in/oidc",
    "/sign-in/oidc/callback",
    "/docs",
    "/",
    "/openapi.json",
    "/redoc",
    "/.well-known/jwks.json",
    "/webhooks/analysis-complete",  # open to whoever signs
}


FILES = {"/home", "/docs/assets"}
"""Mounted folders: what the open pages load."""


def routes(tmp_path) -> list[tuple[str, str]]:
    """Every (method, path) of the app, parameters filled in."""
    app = create_app(Settings(_env_file=None, data_dir=tmp_path))
    paths = app.openapi()["paths"]
    listed = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    listed |= {
        (method, route.path)
        for route in app.routes
        if hasattr(route, "methods")
        for method in route.methods - {"HEAD"}
    }
    return sorted((method, re.sub(r"{[^}]+}", "x", path)) for method, path in listed)


def assert_unauthenticated(response: httpx.Response) -> None:
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"].startswith("Bearer")
    told = response.json()
    assert told["type"] == "urn:copilot:problem:unauthenticated"
    assert "sign-in" in told["detail"]
    assert told["request_id"] == response.headers["x-request-id"]


def new_link(service) -> str:
    """The token of a new link."""
    printed = service.command("sign-in").stdout
    return re.search(r"token=(\S+)", printed)[1]


def test_every_route_but_the_open_ones_asks_who_it_is(service, tmp_path):
    asked = [(method, path) for method, path in routes(tmp_path) if path not in OPEN]
    assert len(asked) > 20
    assert {path for _, path in asked} >= {"/ask", "/documents", "/webhooks", "/agent/invoke"}
    with httpx.Client(base_url=service.url) as client:
        for method, path in asked:
            assert_unauthenticated(client.request(method, path))


def test_every_route_but_the_open_ones_states_a_permission(tmp_path):
    app = create_app(Settings(_env_file=None, data_dir=tmp_path))

    def stated(dependant) -> bool:
        stating = isinstance(dependant.call, Holding | HoldingEither | HoldingOrOneself)
        return stating or any(map(stated, dependant.dependencies))

    handlers = [
        each
        for each in iter_route_contexts(app.routes)
        if each.path not in OPEN and each.path not in FILES
    ]
    assert {route.path for route in handlers} >= {"/ask", "/keys", "/agent/invoke"}
    assert [each.path for each in handlers if not stated(each.dependant)] == ["/sign-out"]


def test_the_open_routes_are_open(service):
    with httpx.Client(base_url=service.url) as client:
        for path in ("/health", "/ready", "/docs", "/openapi.json"):
            assert client.get(path).status_code == 200, path


def test_a_forged_or_expired_session(service):
    key = (service.data_dir / "secret_key").read_text()
    genuine = Signer(key).new_session(local_principal())
    forged = Signer("another key").new_session(local_principal())
    old = _signed_long_ago(key, "session", "local", seconds=SESSION_SECONDS + 60)
    link = Signer(key).new_link_token()
    for token in (forged, old, link, genuine[:-2], genuine + "x", "x", "é"):
        bearer = {"authorization": f"Bearer {token}".encode()}
        cookie = {"cookie": f"copilot_session={token}".encode()}
        for headers in (bearer, cookie):
            assert_unauthenticated(httpx.get(f"{service.url}/documents", headers=headers))
    for scheme in ("Basic", "bearer"):
        response = httpx.get(
            f"{service.url}/documents", headers={"authorization": f"{scheme} {genuine}"}
        )
        assert response.status_code == (401 if scheme == "Basic" else 200)


def test_a_link_works_once(service):
    token = new_link(service)
    with httpx.Client(base_url=service.url) as client:
        opened = client.get("/sign-in", params={"token": token})
        assert opened.status_code == 303
        cookie = opened.headers["set-cookie"].lower()
        assert cookie.startswith("copilot_session=")
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "path=/" in cookie
        assert token.lower() not in cookie
        assert client.get("/documents").status_code == 200  # the cookie alone
        page = client.get(opened.headers["location"], headers={"accept": "text/html"})
        assert (page.status_code, "text/html" in page.headers["content-type"]) == (200, True)
    assert_unauthenticated(httpx.get(f"{service.url}/sign-in", params={"token": token}))
    assert_unauthenticated(httpx.post(f"{service.url}/sign-in", json={"token": token}))


def test_a_forged_or_expired_link(service):
    key = (service.data_dir / "secret_key").read_text()
    link = "0a7e5c4e-5a5c-4f0e-9f0e-000000000000"
    old = _signed_long_ago(key, "sign-in-link", link, seconds=LINK_SECONDS + 60)
    session = Signer(key).new_session(local_principal())
    for token in (Signer("another key").new_link_token(), old, session, "x"):
        assert_unauthenticated(httpx.post(f"{service.url}/sign-in", json={"token": token}))


def test_the_signing_key_is_its_owners_alone(service):
    assert (service.data_dir / "secret_key").stat().st_mode & 0o077 == 0


def test_the_log_holds_no_token(service):
    token = new_link(service)
    httpx.get(f"{service.url}/sign-in", params={"token": token})
    log = service.wait_for_log("GET /sign-in")
    assert token not in log
    assert service.token not in log
    assert (service.data_dir / "secret_key").read_text() not in log


def _signed_long_ago(key: str, salt: str, payload: str, *, seconds: int) -> str:
    serializer = URLSafeTimedSerializer(key, salt=salt)
    signer = serializer.make_signer(salt)
    now = signer.get_timestamp()
    signer.get_timestamp = lambda: now - seconds
    serializer.make_signer = lambda _salt: signer
    return serializer.dumps(payload)
