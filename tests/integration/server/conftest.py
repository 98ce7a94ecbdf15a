"""On loopback: an OpenID Connect provider, what of Google Firebase's SDK asks, and a Redis."""

import base64
import hashlib
import hmac
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from firebase_admin import _token_gen, _user_mgt
from google.oauth2 import service_account
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from pydantic import SecretStr

from server.app import create_app

PROJECT = "copilot-test"


@dataclass
class Site:
    """An HTTP server on 127.0.0.1 that answers each path with what a test put there."""

    pages: dict[str, Any] = field(default_factory=dict)
    """JSON by path, or a function from the body to it."""
    asked: list[str] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)

    def start(self) -> None:
        outer = self

        class Exchange(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                path = self.path.partition("?")[0]
                outer.asked.append(path)
                outer.received.append(body)
                page = outer.pages.get(path)
                page = page(body) if callable(page) else page
                answer = json.dumps(page).encode()
                self.send_response(404 if page is None else 200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_POST = do_PATCH = do_GET  # noqa: N815  # http.server's names

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Exchange)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def part(content: dict[str, Any] | bytes) -> str:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unsigned(claims: dict[str, Any]) -> str:
    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}."


def signed_with_the_public_key(claims: dict[str, Any], key: RSAKey) -> str:
    """As if the public key were a shared secret: a verifier that asks the token how takes it."""
    head = part({"alg": "HS256", "typ": "JWT", "kid": key.kid})
    text = f"{head}.{part(claims)}"
    seal = hmac.new(key.as_pem(private=False), text.encode(), hashlib.sha256).digest()
    return f"{text}.{part(seal)}"


def new_key(kind: str = "RSA", kid: str = "k1") -> RSAKey | ECKey:
    if kind == "RSA":
        return RSAKey.generate_key(2048, {"kid": kid})
    return ECKey.generate_key("P-256", {"kid": kid})


@dataclass
class Issuer:
    """Makes tokens, and shows its keys."""

    site: Site
    key: RSAKey | ECKey
    issuer: str
    audience: str

    def claims(self, organization_id, /, **changed: Any) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": self.audience, "sub": "jo-1", "iat": now, "exp": now + 600,
            "auth_time": now, "email": "jo@desk.example",
            "organization_id": str(organization_id), "role": "analyst",
        }  # fmt: skip
        return {name: value for name, value in (claims | changed).items() if value is not None}

    def sign(self, claims: dict[str, Any], key=None, alg: str = "RS256") -> str:
        key = key or self.key
        header = {"alg": alg, "kid": key.kid}
        return jwt.encode(header, claims, key, algorithms=[alg])

    def token(self, organization_id, /, **changed: Any) -> str:
        return self.sign(self.claims(organization_id, **changed))

    def forgeries(self, organization_id, /, **changed: Any) -> dict[str, str]:
        """Of a token that would hold, by how they were made."""
        claims = self.claims(organization_id, **changed)
        return {
            "alg none": unsigned(claims),
            "HS256 with the public key": signed_with_the_public_key(claims, self.key),
            "another key": self.sign(claims, new_key()),
            "unknown key": self.sign(claims, new_key(kid="k2")),
            "another issuer": self.token(organization_id, iss="http://127.0.0.1:9"),
            "cut": self.sign(claims)[:-3],
            "no JSON": f"{part(b'{')}.{part(claims)}.x",
        }

    def rotate(self, kind: str = "RSA", kid: str = "k2") -> RSAKey | ECKey:
        """A new key in the place of the old one."""
        self.key = new_key(kind, kid)
        self.site.pages["/jwks"] = {"keys": [self.key.as_dict(private=False)]}
        return self.key


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def oidc(site) -> Issuer:
    key = new_key()
    site.pages["/.well-known/openid-configuration"] = {
        "issuer": site.url,
        "authorization_endpoint": f"{site.url}/authorize",
        "token_endpoint": f"{site.url}/token",
        "jwks_uri": f"{site.url}/jwks",
    }
    site.pages["/jwks"] = {"keys": [key.as_dict(private=False)]}
    return Issuer(site, key, site.url, "copilot")


@pytest.fixture
def oidc_settings(settings, oidc):
    return settings.model_copy(update={"oidc_issuer": oidc.issuer, "oidc_client_id": "copilot"})


def certificate(key: RSAKey) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "securetoken")])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key)
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
    return builder.sign(key.private_key, SHA256()).public_bytes(Encoding.PEM).decode()


@pytest.fixture
def firebase(site, monkeypatch) -> Issuer:
    """Google's certificates, token endpoint and user directory."""
    key = new_key()
    monkeypatch.setattr(_token_gen, "ID_TOKEN_CERT_URI", f"{site.url}/certificates")
    monkeypatch.setattr(_user_mgt.UserManager, "ID_TOOLKIT_URL", f"{site.url}/v1")
    # google-auth asks on the side where the account may be used, at an address of its own.
    monkeypatch.setattr(
        service_account.Credentials, "_is_regional_access_boundary_lookup_required", lambda _: False
    )
    site.pages["/certificates"] = {key.kid: certificate(key)}
    site.pages["/token"] = {"access_token": "x", "expires_in": 3600, "token_type": "Bearer"}
    person = {"localId": "jo-1", "validSince": "0", "disabled": False}
    site.pages[f"/v1/projects/{PROJECT}/accounts:lookup"] = {"users": [person]}
    return Issuer(site, key, f"https://securetoken.google.com/{PROJECT}", PROJECT)


@pytest.fixture
def firebase_settings(settings, firebase):
    private = new_key().private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    account = {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key": private.decode(),
        "client_email": "copilot@test.example",
        "token_uri": f"{firebase.site.url}/token",
    }
    told = SecretStr(json.dumps(account))
    return settings.model_copy(update={"firebase_service_account_json": told})


@pytest.fixture
def running() -> Callable[..., Any]:
    """The app in this process, asked by whoever a test says."""

    @asynccontextmanager
    async def running(settings, base_url="http://copilot.example", *, worker=False):
        app = create_app(settings, worker=worker)
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url=base_url) as client,
        ):
            client.app = app
            yield client

    return running


@dataclass
class RedisServer:
    """A redis-server of its own on a free port."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def socket_path(self) -> Path:
        return self.folder / "redis.sock"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        options += ["--unixsocket", str(self.socket_path)]
        self.process = subprocess.Popen(
            ["redis-server", *options, "--dir", str(self.folder)], stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("redis-server doesn't listen")

    def send(self, what: signal.Signals) -> None:
        os.kill(self.process.pid, what)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(tmp_path) -> Iterator[RedisServer]:
    if shutil.which("redis-server") is None:
        pytest.skip("needs the program redis-server")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    server = RedisServer(tmp_path, port)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def time_passes(monkeypatch):
    """Moves this process's wall clock, which limits and leases are counted by."""
    genuine, moved = time.time, 0.0

    def passes(seconds: float) -> None:
        nonlocal moved
        moved += seconds

    monkeypatch.setattr(time, "time", lambda: genuine() + moved)
    return passes
