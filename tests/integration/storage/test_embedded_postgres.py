"""One server for all processes of a folder, and data that survives its death."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from storage.embedded_postgres import EmbeddedPostgres
from storage.postgres_users import forget_dead_processes

COPILOT = Path(sys.executable).parent / "copilot"
REPO = Path(__file__).parents[3]
OPEN = """
import sys
from pathlib import Path
from storage.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
print(server.urls.owner, flush=True)
sys.stdin.readline()
server.close()
print("closed", flush=True)
"""


@pytest.fixture
def own_folder():
    path = Path(tempfile.mkdtemp(prefix="copilot-test-"))
    path.chmod(0o755)
    yield path / "postgres"
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def other_process():
    """Opens a folder's server in a process of its own; a line on its input closes it."""
    started = []

    def start(folder: Path) -> subprocess.Popen[str]:
        started.append(_popen(folder))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.communicate("\n", timeout=30)


def _popen(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, str(folder)],
        cwd=REPO,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_processes_share_the_server_and_the_last_one_stops_it(own_folder, other_process):
    both = [other_process(own_folder) for _ in range(2)]
    first, second = (process.stdout.readline().strip() for process in both)
    assert first == second != ""
    both[0].communicate("\n", timeout=30)
    with psycopg.connect(second) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    both[1].communicate("\n", timeout=30)
    assert not (own_folder / "postmaster.pid").exists()


def test_data_survives_a_killed_server(own_folder, other_process):
    server = EmbeddedPostgres(own_folder)
    with psycopg.connect(server.urls.owner) as connection:
        connection.execute("create table kept as select 7 as n")
    postmaster = int((own_folder / "postmaster.pid").read_text().splitlines()[0])
    os.kill(postmaster, signal.SIGKILL)
    process = other_process(own_folder)
    url = process.stdout.readline().strip()
    with psycopg.connect(url) as connection:
        assert connection.execute("select n from kept").fetchone() == (7,)
    process.communicate("\n", timeout=30)
    server.close()


def postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().splitlines()[0])


def test_killed_processes_do_not_keep_the_server_running(own_folder, other_process):
    killed, closing = (other_process(own_folder) for _ in range(2))
    for process in (killed, closing):
        assert process.stdout.readline()
    killed.kill()
    killed.communicate()  # closes its pipes too
    closing.communicate("\n", timeout=30)
    assert not (own_folder / "postmaster.pid").exists()


def test_pid_of_a_killed_process_that_another_has_now_does_not_count(own_folder, other_process):
    process = other_process(own_folder)
    assert process.stdout.readline()
    listed = own_folder / ".handle_pids.json"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as later:
        listed.write_text(json.dumps([process.pid, later.pid]))
        os.utime(listed, (time.time() - 3600,) * 2)  # written long before that one started
        forget_dead_processes(own_folder)
        assert json.loads(listed.read_text()) == []
        listed.write_text(json.dumps([process.pid, later.pid]))
        forget_dead_processes(own_folder)
        assert json.loads(listed.read_text()) == [process.pid, later.pid]
        later.communicate(b"\n")
    process.communicate("\n", timeout=30)
    assert not (own_folder / "postmaster.pid").exists()


async def test_killed_server_is_restarted_by_the_process_that_supervises_it(own_folder):
    server = EmbeddedPostgres(own_folder)
    try:
        before = postmaster(own_folder)
        async with server.supervised():
            os.kill(before, signal.SIGKILL)
            async with asyncio.timeout(60):
                while not await asyncio.to_thread(answers, server.urls.owner):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
        assert postmaster(own_folder) != before
    finally:
        server.close()


def answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.mark.parametrize("started", ["in the foreground", "in a shell's background"])
def test_worker_stopped_by_sigterm_stops_the_server(service_type, own_folder, started):
    service = service_type(own_folder.parent)
    ignored = [signal.SIGINT] if "background" in started else []
    with subprocess.Popen(
        [COPILOT, "worker"],
        env=service.environ(),
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: [signal.signal(each, signal.SIG_IGN) for each in ignored],  # noqa: PLW1509  # what a shell does
    ) as worker:
        try:
            assert "Working" in worker.stdout.readline()
            assert postmaster(own_folder)
            worker.terminate()
            assert worker.wait(60) == 0
        finally:
            worker.kill()
    assert not (own_folder / "postmaster.pid").exists()
