"""Real parts: embedded Postgres, embeddings, the service in a process of its own on loopback."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from moto.server import ThreadedMotoServer
from pydantic import SecretStr

from core.principal import Permission, Principal, person
from core.settings import Settings
from evals.filings.broken import text_pages
from evals.filings.companies import SMALL
from evals.filings.dataset import write_dataset
from graphs.models.scripted_groq import ScriptedGroq
from graphs.runtime import Runtime, open_runtime
from knowledge.embeddings.choose import local_embeddings
from knowledge.embeddings.lazy import LazyEmbeddings
from storage.database import Database
from storage.embedded_postgres import EmbeddedPostgres
from storage.figures.figure import Basis, Figure, FigureBox
from storage.migrate import migrate
from storage.urls import DatabaseUrls

FIGURE = Figure(
    page=1,
    table=0,
    row=0,
    cell=0,
    label="Inventories",
    groups=("Current assets",),
    column="December 31, 2022",
    caption="Consolidated Balance Sheets (in millions)",
    section="Item 8. Financial Statements",
    statement="balance_sheet",
    concept="InventoryNet",
    basis=Basis.GROUP,
    is_adjusted=False,
    version=None,
    is_total=False,
    period="2022-12-31",
    starts_on=None,
    ends_on=date(2022, 12, 31),
    value=Decimal("-1404.50"),
    text="(1,404.50)",
    unit="USD",
    scale=10**6,
    start=100,
    end=110,
    box=FigureBox(72.5, 100.25, 120.0, 112.5),
    doubts=(),
    words=("inventori", "current", "asset"),
)

COPILOT = Path(sys.executable).parent / "copilot"


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder that Postgres can work in: short, without spaces, passable for its own user."""
    path = Path(tempfile.mkdtemp(prefix="copilot-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def urls(folder: Path) -> Iterator[DatabaseUrls]:
    """A migrated database; tests keep apart by organization."""
    postgres = EmbeddedPostgres(folder / "postgres")
    migrate(postgres.urls)
    yield postgres.urls
    postgres.close()


@pytest.fixture
async def database(urls: DatabaseUrls) -> AsyncIterator[Database]:
    async with Database.open(urls, connections=5) as database:
        yield database


def new_organization(urls: DatabaseUrls) -> UUID:
    organization_id = uuid4()
    with psycopg.connect(urls.owner) as connection:
        connection.execute(
            "select set_config('app.organization_id', %s, true)", (str(organization_id),)
        )
        connection.execute(
            "insert into organizations (id, name) values (%s, 'test')", (organization_id,)
        )
    return organization_id


@pytest.fixture
def principal(urls: DatabaseUrls) -> Principal:
    """All permissions in an organization of its own."""
    return Principal("alice", new_organization(urls), frozenset(Permission))


def new_person(urls: DatabaseUrls) -> Principal:
    organization_id = new_organization(urls)
    with psycopg.connect(urls.owner) as connection:
        bind = "select set_config('app.organization_id', %s, true)"
        connection.execute(bind, (str(organization_id),))
        add = "insert into users (organization_id, identity) values (%s, 'test') returning id"
        ((user_id,),) = connection.execute(add, (organization_id,)).fetchall()
    return Principal(person(user_id), organization_id, frozenset(Permission))


@pytest.fixture
def known_person(urls: DatabaseUrls) -> Principal:
    """All permissions in an organization of its own, as a row of `users`: keys can act for it."""
    return new_person(urls)


@pytest.fixture
def known_stranger(urls: DatabaseUrls) -> Principal:
    """The same in another organization."""
    return new_person(urls)


@pytest.fixture
def stranger(urls: DatabaseUrls) -> Principal:
    """The same in another organization."""
    return Principal("mallory", new_organization(urls), frozenset(Permission))


@pytest.fixture
def figure():
    """A figure at a row of page 1, with whatever is different."""

    def make(row=0, **different):
        return replace(FIGURE, row=row, **different)

    return make


@pytest.fixture(scope="session")
def models_folder(folder: Path) -> Path:
    """Keeps the exported embedding model, so that one export serves every test."""
    (folder / "models").mkdir()
    return folder / "models"


@pytest.fixture(scope="session")
def embeddings(models_folder: Path) -> LazyEmbeddings:
    return local_embeddings(models_folder)


@pytest.fixture(scope="session")
def filings(folder: Path) -> Path:
    """A dataset folder with the two small sample filings."""
    return write_dataset(folder / "filings", companies=SMALL).folder


@pytest.fixture
def settings(urls: DatabaseUrls, tmp_path: Path, models_folder: Path) -> Settings:
    """Of a process on the session's database, with blobs of its own and no key."""
    (tmp_path / "models").symlink_to(models_folder)
    return Settings(
        _env_file=None,
        data_dir=tmp_path,
        database_url=SecretStr(urls.owner),
        app_database_url=SecretStr(urls.app),
        groq_api_key=None,
        models=("extractive",),
        limit_asks="100000/minute",
        limit_writes="100000/minute",
        allowed_hosts=("copilot.example", "test"),
        limit_failed_sign_ins="100000/minute",
        webhook_networks=(ip_network("127.0.0.0/8"),),
        ocr="off",  # scans are refused, whether or not this machine could read them
    )


@pytest.fixture
async def runtime(settings: Settings) -> AsyncIterator[Runtime]:
    async with open_runtime(settings) as runtime:
        yield runtime


@dataclass
class Service:
    """`copilot up` in a process of its own, on a free port."""

    data_dir: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    url: str = ""
    token: str = ""

    @property
    def log(self) -> Path:
        return self.data_dir.with_suffix(".log")

    def wait_for_log(self, line: str) -> str:
        """All of the log, once `line` is in it: a request is logged after it was answered."""
        deadline = time.monotonic() + 60
        while line not in (log := self.log.read_text()):
            assert time.monotonic() < deadline, f"no {line!r} in {log}"
            time.sleep(0.05)
        return log

    def bugs(self, since: int = 0) -> list[str]:
        """Lines of the log, from a character on, that tell of an unforeseen error."""
        return re.findall(r".*(?:Traceback| 500 \d+ ms).*", self.log.read_text()[since:])

    def environ(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("COPILOT_") and name not in ("GROQ_API_KEY", "DATABASE_URL")
        }
        own = {
            "COPILOT_DATA_DIR": str(self.data_dir),
            "COPILOT_PORT": "0",
            "COPILOT_OCR": "off",
            "COPILOT_WEBHOOK_NETWORKS": "127.0.0.0/8",
            "COPILOT_LIMIT_ASKS": "100000/minute",
            "COPILOT_LIMIT_WRITES": "100000/minute",
            "COPILOT_LIMIT_FAILED_SIGN_INS": "100000/minute",
        }
        return kept | own | self.environment

    def command(self, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        """`copilot ...` with the service's settings and `more` of them."""
        return subprocess.run(
            [COPILOT, *map(str, arguments)],
            env=self.environ() | more,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *arguments: str, patience_seconds: float = 120) -> None:
        with self.log.open("a") as log:
            before = self.log.stat().st_size
            self.process = subprocess.Popen(
                [COPILOT, "up", *arguments],
                env=self.environ(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        link = self._wait_for_link(before, patience_seconds)
        self.url, self.token = link[1], self._sign_in(*link.groups())

    def _wait_for_link(self, start: int, patience_seconds: float) -> re.Match[str]:
        deadline = time.monotonic() + patience_seconds
        while time.monotonic() < deadline:
            printed = self.log.read_text()[start:]
            if found := re.search(r"(http://[^/\s]+)/sign-in\?token=(\S+)", printed):
                return found
            assert self.process is not None
            assert self.process.poll() is None, printed
            time.sleep(0.1)
        raise AssertionError(f"no sign-in link: {self.log.read_text()}")

    @staticmethod
    def _sign_in(url: str, token: str) -> str:
        response = httpx.post(f"{url}/sign-in", json={"token": token})
        response.raise_for_status()
        return response.json()["access_token"]

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}

    def client(self, **options: object) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers=self.headers, timeout=180, **options)

    def ask(self, question: str, **fields: object) -> dict[str, Any]:
        with self.client() as client:
            response = client.post("/ask", json={"question": question, **fields})
        assert response.status_code == 200, response.text
        return response.json()

    def stream(
        self, question: str, path: str = "/ask/stream", **fields: object
    ) -> list[tuple[str, Any]]:
        """Server-sent events as (name, data)."""
        with self.client() as client:
            response = client.post(path, json={"question": question, **fields})
        assert response.status_code == 200, response.text
        return sent_events(response)

    def upload(self, name: str, content: bytes, *, wait: float = 120) -> httpx.Response:
        files = {"file": (name, content, "application/pdf")}
        with self.client() as client:
            return client.post("/upload-pdf", files=files, params={"wait": wait})

    def wait_until_ready(self, patience_seconds: float = 90) -> None:
        deadline = time.monotonic() + patience_seconds
        while httpx.get(f"{self.url}/ready").status_code != 200:
            assert time.monotonic() < deadline, "not ready"
            time.sleep(0.2)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """As a crash would: no clean-up runs."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.is_running():
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """A loopback server that speaks S3's protocol."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def s3(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same, and the environment in which it is found."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    return s3_endpoint


@pytest.fixture(scope="session")
def service_type() -> type[Service]:
    """For tests that start a service of their own."""
    return Service


@pytest.fixture(scope="session")
def service(folder: Path, filings: Path) -> Iterator[Service]:
    """One running service with the two small sample filings indexed."""
    service = Service(folder / "service")
    service.start()
    with service.client() as client:
        for path in sorted((filings / "pdfs").glob("*.pdf")):
            files = {"file": (path.name, path.read_bytes(), "application/pdf")}
            response = client.post("/upload-pdf", files=files, params={"wait": 120})
            assert response.status_code == 202, response.text
            assert response.json()["status"] == "current"
    yield service
    service.stop()


def sent_events(response: httpx.Response) -> list[tuple[str, Any]]:
    """Of a whole stream, (name, data) each."""
    blocks = [block for block in re.split(r"\r?\n\r?\n", response.text) if block.strip()]
    events = []
    for block in blocks:
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in fields:  # the others are pings
            events.append((fields["event"], json.loads(fields.get("data", "null"))))
    return events


@dataclass
class Loopback:
    """An HTTP server on 127.0.0.1 that keeps what it received and can be made to wait."""

    reply: Any
    """From (headers, body) to (status, headers, body)."""
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)
    """Cleared, requests wait until it is set."""
    on_receipt: Any = None
    """Called with nothing once a request is in, before it waits."""

    def __enter__(self) -> Self:
        outer = self

        class Exchange(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.received.append((headers, body))
                if outer.on_receipt:
                    outer.on_receipt()
                outer.open.wait(120)
                status, headers, answer = outer.reply(headers, body)
                try:
                    self.send_response(status)
                    for name, value in {"content-length": str(len(answer)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(answer)
                except ConnectionError:
                    pass  # the client was killed meanwhile

            do_GET = do_POST  # noqa: N815  # http.server's name

            def log_message(self, *_: object) -> None: ...

        self.open.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Exchange)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.open.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Loopback]:
    """A webhook's receiver; `reply` may be replaced."""
    with Loopback(lambda _headers, _body: (204, {}, b"")) as receiver:
        yield receiver


def _vectors(_headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
    """Hashed words: enough for texts to be found by their words."""
    texts = json.loads(body)["inputs"]
    vectors = []
    for text in [texts] if isinstance(texts, str) else texts:
        vector = [0.0] * 384
        for word in re.findall(r"\w+", text.lower()):
            vector[zlib.crc32(word.encode()) % 384] += 1.0
        length = sum(each * each for each in vector) ** 0.5 or 1.0
        vectors.append([each / length for each in vector])
    return 200, {"content-type": "application/json"}, json.dumps(vectors).encode()


@pytest.fixture
def loopback() -> type[Loopback]:
    """For a test that scripts a server of its own."""
    return Loopback


@pytest.fixture(scope="session")
def embedding_endpoint() -> Iterator[Loopback]:
    """An embeddings endpoint that can be made to wait; a service with it starts without torch."""
    with Loopback(_vectors) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def groq() -> Iterator[ScriptedGroq]:
    """A scripted Groq; `script` says what each of its models replies, from now on."""
    script: dict[str, Any] = {}

    def reply(request: Any) -> Any:
        scripted = script[request.model]
        return scripted(request) if callable(scripted) else scripted

    with ScriptedGroq({"*": reply}) as groq:
        groq.script = script
        yield groq


@pytest.fixture(scope="session")
def groq_service(
    folder: Path, groq: ScriptedGroq, embedding_endpoint: Loopback
) -> Iterator[Service]:
    """A service with a key: three models of Groq, then `extractive`. It holds one small filing."""
    environment = {
        "GROQ_API_KEY": "gsk_scripted",  # pragma: allowlist secret
        "COPILOT_GROQ_BASE_URL": groq.url,
        "COPILOT_EMBEDDINGS": "endpoint",
        "COPILOT_EMBEDDINGS_ENDPOINT_URL": embedding_endpoint.url,
    }
    service = Service(folder / "groq", environment)
    service.start()
    assert service.upload("note.pdf", text_pages(1)).json()["status"] == "current"
    yield service
    service.stop()
