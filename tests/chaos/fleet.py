"""Two services and two workers on one Postgres, each a process that can be killed and started."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from storage.embedded_postgres import EmbeddedPostgres
from storage.migrate import migrate
from storage.urls import DatabaseUrls

COPILOT = Path(sys.executable).parent / "copilot"
PATIENCE_SECONDS = 90.0
SUPERUSER = ("copilot_owner@", "postgres:@")
OURS = ("COPILOT_", "GROQ_", "DATABASE_URL", "REDIS_URL")
"""Settings of the machine that runs the tests, which aren't meant for the fleet."""


def until(condition, what: str, patience_seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + patience_seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Postgres:
    """Belongs to the suite, so that it outlives whatever else is killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = EmbeddedPostgres(folder)
        migrate(self._server.urls)

    @property
    def urls(self) -> DatabaseUrls:
        return self._server.urls

    @property
    def superuser(self) -> str:
        """Sees the rows of every organization."""
        return self.urls.owner.replace(*SUPERUSER, 1)

    def kill(self) -> None:
        """The postmaster and all of its children, as when the machine's power fails."""
        pid = int((self._folder / "postmaster.pid").read_text().splitlines()[0])
        postmaster = psutil.Process(pid)
        family = [postmaster, *postmaster.children(recursive=True)]
        for process in family:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(family, timeout=10)

    def start(self) -> None:
        self._server = EmbeddedPostgres(self._folder)

    def stop(self) -> None:
        self._server.close()


@dataclass
class Member:
    """`copilot up` on a port of its own, or `copilot worker`."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    url: str = ""
    """Of a service."""
    process: subprocess.Popen[bytes] | None = None
    groups: list[int] = field(default_factory=list)
    """Of every process that was ever started, for what it may have left behind."""

    def start(self) -> None:
        with self.log.open("ab") as log:
            begun = log.tell()
            self.process = subprocess.Popen(
                [COPILOT, *self.command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.groups.append(self.process.pid)
        until(lambda: self._is_ready(begun), f"{self.name} does not start: see {self.log}")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()

    def left_behind(self) -> list[int]:
        """Groups of which a process still lives though the one that began it does not."""
        assert self.process is not None
        ended = [each for each in self.groups if each != self.process.pid]
        return [each for each in ended if _lives(each)]

    def clear_away(self) -> None:
        for group in self.groups:
            if _lives(group):
                os.killpg(group, signal.SIGKILL)

    def _is_ready(self, begun: int) -> bool:
        assert self.process is not None
        printed = self.log.read_bytes()[begun:].decode(errors="replace")
        assert self.process.poll() is None, f"{self.name} ended by itself: {printed[-4000:]}"
        if not self.url:
            return "Working." in printed
        try:
            return httpx.get(f"{self.url}/ready", timeout=5).is_success
        except httpx.TransportError:
            return False


class Fleet:
    """Everything that can be killed, by name."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.data_dir = folder / "data"
        self.postgres = Postgres(folder / "postgres")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        shared = {
            "DATABASE_URL": self.postgres.urls.owner,
            "COPILOT_APP_DATABASE_URL": self.postgres.urls.app,
            "COPILOT_DATA_DIR": str(self.data_dir),
            "COPILOT_OCR": "off",
            "COPILOT_WEBHOOK_NETWORKS": "127.0.0.0/8",
            "COPILOT_LIMIT_ASKS": "100000/minute",
            "COPILOT_LIMIT_WRITES": "100000/minute",
            "COPILOT_LIMIT_UPLOADS": "100000/minute",
        }
        self._environment = kept | shared | dict(environment)
        self.services = [self._service("service-1"), self._service("service-2")]
        self.workers = [self._member("worker-1", "worker"), self._member("worker-2", "worker")]
        self.token = ""

    @property
    def members(self) -> list[Member]:
        return [*self.services, *self.workers]

    @property
    def mortals(self) -> dict[str, Member | Postgres]:
        return {each.name: each for each in self.members} | {"postgres": self.postgres}

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}

    def start(self) -> None:
        for each in self.members:
            each.start()
        link = re.search(r"/sign-in\?token=(\S+)", self.services[0].log.read_text())
        assert link
        answer = httpx.post(f"{self.services[0].url}/sign-in", json={"token": link[1]})
        self.token = answer.raise_for_status().json()["access_token"]

    def stop(self) -> None:
        try:
            for each in self.members:
                each.stop()
        finally:
            for each in self.members:
                each.clear_away()
            self.postgres.stop()

    def _service(self, name: str) -> Member:
        port = free_port()
        member = self._member(name, "up", COPILOT_PORT=str(port))
        member.url = f"http://127.0.0.1:{port}"
        return member

    def _member(self, name: str, *command: str, **more: str) -> Member:
        return Member(name, command, self._environment | more, self.folder / f"{name}.log")


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
