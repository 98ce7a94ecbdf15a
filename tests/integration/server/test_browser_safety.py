"""What a browser is told, what a page of another site can't do, and who isn't let in from afar."""

from contextlib import asynccontextmanager
from uuid import uuid4

import httpx
import pytest

from core.principal import local_principal
from server.app import create_app
from server.identity.dependencies import COOKIE
from server.identity.sessions import make_signer
from server.security_headers import HEADERS, HSTS

DESK = "https://desk.example"


@asynccontextmanager
async def client_of(settings, base_url="http://copilot.example", **more):
    """The app in this process, with settings changed; and a session that it would have given."""
    app = create_app(settings.model_copy(update=more), worker=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base_url) as client,
    ):
        yield client, make_signer(settings).new_session(local_principal())


@pytest.mark.parametrize("path", ["/health", "/documents", "/nothing", "/agent/playground/"])
async def test_every_answer_has_the_headers(settings, path):
    async with client_of(settings) as (client, _):
        told = (await client.get(path)).headers
    assert {name: told.get(name) for name in HEADERS} == HEADERS
    assert "strict-transport-security" not in told


async def test_https_is_remembered(settings):
    async with client_of(settings, "https://copilot.example") as (client, _):
        assert (await client.get("/health")).headers["strict-transport-security"] == HSTS


async def test_a_cookie_serves_no_page_of_another_site(settings):
    async with client_of(settings, frontend_origins=(DESK,)) as (client, session):

        async def post(origin: str | None, **credentials: str) -> int:
            headers = credentials | ({"origin": origin} if origin else {})
            hook = {"name": uuid4().hex, "url": "https://ops.example"}
            answer = await client.post("/webhooks", headers=headers, json=hook)
            assert answer.status_code != 403 or "FRONTEND_ORIGINS" in answer.json()["detail"]
            return answer.status_code

        cookie = f"{COOKIE}={session}"
        own = "https://copilot.example"  # as a proxy that ends TLS shows it
        for origin, status in ((None, 201), (own, 201), (DESK, 201)):
            assert await post(origin, cookie=cookie) == status
        for origin in ("https://evil.example", "https://copilot.example.evil.example", "null"):
            assert await post(origin, cookie=cookie) == 403
            assert await post(origin, authorization=f"Bearer {session}") == 201
            read = await client.get("/webhooks", headers={"cookie": cookie, "origin": origin})
            assert read.status_code == 200  # which no script of that page may see


@pytest.mark.parametrize(
    ("host", "links", "status"),
    [
        ("127.0.0.1", "loopback", 200),
        ("::1", "loopback", 200),
        ("localhost", "loopback", 200),
        ("0.0.0.0", "loopback", 401),  # noqa: S104  # it is what is refused
        ("copilot.example", "loopback", 401),
        ("0.0.0.0", "anywhere", 200),  # noqa: S104
    ],
)
async def test_links_and_sessions_are_for_this_machine_alone(settings, host, links, status):
    async with client_of(settings, host=host, sign_in_links=links) as (client, session):
        for credentials in (
            {"authorization": f"Bearer {session}"},
            {"cookie": f"{COOKIE}={session}"},
        ):
            assert (await client.get("/documents", headers=credentials)).status_code == status
        token = make_signer(settings).new_link_token()
        traded = await client.post("/sign-in", json={"token": token})
        assert traded.status_code == status
        if status == 401:
            assert "copilot keys add" in traded.json()["detail"]


def test_a_service_on_other_addresses_gives_no_link(service_type, folder):
    service = service_type(folder / "afar", {"COPILOT_HOST": "0.0.0.0"})  # noqa: S104
    refused = service.command("sign-in")
    assert refused.returncode == 1
    assert "COPILOT_SIGN_IN_LINKS=anywhere" in refused.stderr
