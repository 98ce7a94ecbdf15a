"""Which names and which proxies are believed."""

import socket
from ipaddress import ip_network

import httpx
import psycopg
import pytest

from core.principal import LOCAL_ORGANIZATION_ID, local_principal
from server.app import create_app
from server.identity.sessions import make_signer


@pytest.fixture
def status_for(settings):
    """What a request for a path gets with a Host header and settings."""

    async def status_for(name, path="/openapi.json", *, at="10.0.0.5", **more) -> int:
        app = create_app(settings.model_copy(update=more), worker=False)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{at}") as client:
            answer = await client.get(path, headers={"host": name})
        if answer.status_code == 421:
            assert answer.json()["type"] == "urn:copilot:problem:misdirected"
            assert "COPILOT_ALLOWED_HOSTS" in answer.json()["detail"]
            assert "evil" not in answer.text
        return answer.status_code

    return status_for


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("127.8.8.8", 200),
        ("localhost:8000", 200),
        ("LOCALHOST.", 200),
        ("[::1]:8000", 200),
        ("10.0.0.5:8000", 200),  # the address that was connected to
        ("10.0.0.6", 421),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("127.0.0.1@evil.example", 421),
        ("[::ffff:evil]", 421),
        ("[", 421),
        ("", 421),
    ],
)
async def test_host_is_believed_only_if_it_is_ours(status_for, host, status):
    assert await status_for(host) == status


async def test_settings_name_more_hosts(status_for):
    assert await status_for("copilot.example", public_url="https://copilot.example") == 200
    assert await status_for("desk.example:80", allowed_hosts=("desk.example",)) == 200
    assert await status_for("box.lan", host="box.lan") == 200
    assert await status_for("other.example", public_url="https://copilot.example") == 421


async def test_probes_are_answered_under_any_name(status_for):
    assert await status_for("10.244.1.7:8000", "/health") == 200


def test_request_for_another_host_makes_no_link(service):
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as client:
        head = (
            "PUT /webhooks/inbound-secret HTTP/1.1\r\nhost: evil.example\r\n"
            f"authorization: Bearer {service.token}\r\ncontent-length: 0\r\n\r\n"
        )
        client.sendall(head.encode())
        assert client.recv(65_536).startswith(b"HTTP/1.1 421 ")


def sources(urls) -> list[str]:
    """Pseudonyms of the newest entries' addresses."""
    with psycopg.connect(urls.owner) as connection:
        connection.execute(
            "select set_config('app.organization_id', %s, true)", (str(LOCAL_ORGANIZATION_ID),)
        )
        rows = connection.execute("select source from audit_log order by sequence desc limit 2")
        return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("proxies", "differ"),
    [((), False), ((ip_network("10.9.0.0/16"),), False), ((ip_network("127.0.0.0/8"),), True)],
)
async def test_forwarded_address_counts_only_from_trusted_proxies(settings, urls, proxies, differ):
    app = create_app(settings.model_copy(update={"trusted_proxies": proxies}), worker=False)
    session = make_signer(settings).new_session(local_principal())
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1234))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        client.headers["authorization"] = f"Bearer {session}"
        for address in ("203.0.113.7", "203.0.113.8"):
            headers = {"x-forwarded-for": address, "x-forwarded-proto": "https"}
            answer = await client.get("/documents", headers=headers)
            assert ("strict-transport-security" in answer.headers) is differ
    first, second = sources(urls)
    assert (first != second) is differ
