"""Receivers that answer 500, hang, cut, redirect, rebind DNS or never end: bounded, told apart."""

import asyncio
import datetime as dt
import ssl
import tracemalloc
from ipaddress import ip_network

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.errors import InvalidInputError
from tools.outbound.addresses import Reach
from tools.outbound.client import MAX_KEPT_BYTES, OutboundClient
from tools.outbound.outcome import Failure
from tools.outbound.scripted_receiver import answering, dripping, hang, receiving, status

HEADERS = {"webhook-id": "msg_1", "content-type": "application/json"}
ENDLESS = 10 * 2**20


@pytest.fixture
def client(loopback_reach):
    return OutboundClient(loopback_reach, seconds=0.7)


@pytest.mark.parametrize("code", [200, 204, 299])
async def test_2xx_is_taken(client, code):
    async with receiving(status(code)) as receiver:
        outcome = await client.post(receiver.url, HEADERS, '{"é": 1}')
    assert (outcome.status, outcome.failure, outcome.address) == (code, None, "127.0.0.1")
    (request,) = receiver.requests
    assert request.startswith(b"POST /hook HTTP/1.1\r\n")
    assert f"host: 127.0.0.1:{receiver.port}".encode() in request.lower()
    assert request.endswith('{"é": 1}'.encode())
    assert outcome.request_headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize(
    ("behave", "failure", "code"),
    [
        (status(500, body=b"broken"), Failure.STATUS, 500),
        (status(404), Failure.STATUS, 404),
        (status(410), Failure.STATUS, 410),
        (status(307, "location: http://10.0.0.1/"), Failure.REDIRECT, 307),
        (status(302, "location: /elsewhere"), Failure.REDIRECT, 302),
        (hang, Failure.TIMEOUT, None),
        (dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"."), Failure.TIMEOUT, 200),
        (dripping(b"HTTP/1.1 200 OK\r\n", b"x: y\r\n"), Failure.TIMEOUT, None),
        (answering(b""), Failure.CUT, None),
        (answering(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"), Failure.CUT, 200),
        (answering(b"HTTP/1.1 200 OK\r\nx: "), Failure.CUT, None),
        (answering(b"SSH-2.0-OpenSSH_9\r\n\r\n"), Failure.PROTOCOL, None),
        (answering(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 100_000), Failure.PROTOCOL, None),
    ],
)
async def test_what_goes_wrong_is_told_apart(client, behave, failure, code):
    async with receiving(behave) as receiver:
        outcome = await client.post(receiver.url, HEADERS, "{}")
    assert (outcome.failure, outcome.status) == (failure, code), outcome.words
    assert outcome.error.startswith(f"{failure}: ")
    assert outcome.duration_ms < 3000
    assert receiver.connections == 1  # no redirect is followed, and nothing is tried again here


async def test_a_redirect_is_told_with_where_it_leads(client):
    async with receiving(status(307, "location: http://169.254.169.254/latest")) as receiver:
        outcome = await client.post(receiver.url, HEADERS, "{}")
    assert "http://169.254.169.254/latest" in outcome.words


async def test_of_ten_megabytes_little_is_read_and_less_is_kept(loopback_reach):
    sent = 0

    async def pour(_reader, writer):
        nonlocal sent
        writer.transport.set_write_buffer_limits(high=0)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while sent < ENDLESS:
            writer.write(b"\0" * 65_536)
            await writer.drain()
            sent += 65_536

    client = OutboundClient(loopback_reach)
    async with receiving(pour) as receiver:
        tracemalloc.start()
        outcome = await client.post(receiver.url, HEADERS, "{}")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (outcome.failure, len(outcome.response)) == (None, MAX_KEPT_BYTES)
    assert "\0" not in outcome.response  # Postgres takes none
    assert sent < ENDLESS // 2  # the rest stays with the sender: sockets buffer some of it
    assert peak < 2 * 2**20


async def test_where_nothing_listens(client):
    async with receiving(hang) as receiver:
        pass
    outcome = await client.post(receiver.url, HEADERS, "{}")
    assert outcome.failure is Failure.UNREACHABLE


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("retry-after: 120", 120), ("retry-after: soon", None), ("x: y", None)],
)
async def test_retry_after(client, asked, seconds):
    async with receiving(status(503, asked)) as receiver:
        outcome = await client.post(receiver.url, HEADERS, "{}")
    assert outcome.retry_after_seconds == seconds


async def test_a_proxy_of_the_environment_is_not_asked(client, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with receiving(status(200)) as receiver:
        assert (await client.post(receiver.url, HEADERS, "{}")).failure is None


# --- addresses ------------------------------------------------------------------------------------


def resolving(*answers):
    """Each time the next of the answers, the last of them ever again."""
    left = list(answers)

    async def resolve(host, port):
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    return resolve


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::ffff:127.0.0.1"],
        ["169.254.169.254"],
        ["93.184.216.34", "10.0.0.1"],  # one bad address is enough
    ],
)
async def test_a_name_that_leads_inside_is_refused(addresses):
    client = OutboundClient(Reach(), resolve=resolving(addresses))
    outcome = await client.post("https://hook.example/", HEADERS, "{}")
    assert (outcome.failure, outcome.address) == (Failure.REFUSED, None)
    with pytest.raises(InvalidInputError, match="may not be sent to"):
        await client.check("https://hook.example/")


async def test_dns_that_answers_otherwise_later_gains_nothing(loopback_reach):
    """Public when it is checked at registration, private at the delivery."""
    client = OutboundClient(Reach(), resolve=resolving(["93.184.216.34"], ["127.0.0.1"]))
    await client.check("https://hook.example/")
    async with receiving(status(200)) as receiver:
        outcome = await client.post(f"https://hook.example:{receiver.port}/", HEADERS, "{}")
    assert (outcome.failure, receiver.connections) == (Failure.REFUSED, 0)


async def test_the_address_that_was_checked_is_the_one_that_is_used(loopback_reach):
    asked = 0

    async def resolve(host, port):
        nonlocal asked
        asked += 1
        return ["127.0.0.1"] if asked == 1 else ["10.0.0.1"]

    client = OutboundClient(loopback_reach, resolve=resolve)
    async with receiving(status(200)) as receiver:
        outcome = await client.post(f"http://hook.example:{receiver.port}/", HEADERS, "{}")
    assert (outcome.failure, outcome.address, asked) == (None, "127.0.0.1", 1)


async def test_a_name_without_an_address_is_told_and_may_be_registered():
    client = OutboundClient(Reach(), resolve=resolving(OSError("no such host")))
    outcome = await client.post("https://hook.example/", HEADERS, "{}")
    assert outcome.failure is Failure.UNRESOLVED
    await client.check("https://hook.example/")


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.216.34/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/",
        "https://127.0.0.1/", "https://[::ffff:127.0.0.1]/", "https://localhost/", "ftp://a/",
        "https://", "no url",
    ],
)  # fmt: skip
async def test_what_may_not_be_registered(url):
    with pytest.raises(InvalidInputError):
        await OutboundClient(Reach()).check(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://[fd00:ec2::254%1]/", "https://[fd00:ec2::254%25lo]/", "https://[fd00::1%25eth0]/",
        "https://xn--127001-.com/", "https://xn--a/",
    ],
)  # fmt: skip
async def test_zone_ids_and_malformed_names_may_not_be_registered(url):
    with pytest.raises(InvalidInputError):
        await OutboundClient(Reach([ip_network("fd00::/8")])).check(url)


async def test_refusal_of_a_private_address_names_the_setting_and_of_metadata_does_not():
    client = OutboundClient(Reach())
    with pytest.raises(InvalidInputError, match="COPILOT_WEBHOOK_NETWORKS"):
        await client.check("https://10.0.0.1/")
    with pytest.raises(InvalidInputError, match="credentials") as raised:
        await client.check("https://169.254.169.254/")
    assert "COPILOT_WEBHOOK_NETWORKS" not in raised.value.detail


@pytest.mark.parametrize("url", ["https://", "ftp://a/", "https://a:port/"])
async def test_what_was_registered_long_ago_and_is_no_url_is_refused(client, url):
    assert (await client.post(url, HEADERS, "{}")).failure is Failure.REFUSED


async def test_plain_http_is_for_named_networks_alone(loopback_reach):
    client = OutboundClient(loopback_reach, resolve=resolving(["93.184.216.34"]))
    outcome = await client.post("http://hook.example/", HEADERS, "{}")
    assert outcome.failure is Failure.REFUSED
    with pytest.raises(InvalidInputError, match="https"):
        await client.check("http://hook.example/")


# --- TLS ------------------------------------------------------------------------------------------


def certificate_of(folder, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate of its own making, and one of who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cafile=path)


@pytest.mark.parametrize(
    ("named", "failure"), [("hook.example", None), ("other.example", Failure.TLS)]
)
async def test_tls_is_held_to_the_host_s_name_though_the_address_is_pinned(
    loopback_reach, tmp_path, named, failure
):
    server, trusting = certificate_of(tmp_path, named)
    resolve = resolving(["127.0.0.1"])
    client = OutboundClient(loopback_reach, resolve=resolve, tls=trusting)
    async with receiving(status(200), tls=server) as receiver:
        outcome = await client.post(f"https://hook.example:{receiver.port}/", HEADERS, "{}")
    assert outcome.failure is failure, outcome.words
    assert outcome.address == "127.0.0.1"


async def test_a_certificate_that_nobody_vouches_for(loopback_reach, tmp_path):
    server, _ = certificate_of(tmp_path, "hook.example")
    client = OutboundClient(loopback_reach, resolve=resolving(["127.0.0.1"]))
    async with receiving(status(200), tls=server) as receiver:
        outcome = await client.post(f"https://hook.example:{receiver.port}/", HEADERS, "{}")
    assert outcome.failure is Failure.TLS
    assert receiver.requests == []


async def test_many_at_once_share_a_client(loopback_reach):
    client = OutboundClient(loopback_reach)
    async with receiving(status(200)) as receiver:
        posts = (client.post(receiver.url, HEADERS, "{}") for _ in range(20))
        outcomes = await asyncio.gather(*posts)
    assert {each.failure for each in outcomes} == {None}
