"""One server for all processes of a folder, and data that survives its death."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from storage.embedded_postgres import EmbeddedPostgres

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
