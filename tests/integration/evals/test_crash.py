"""An eval run that is killed goes on where it was."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

COPILOT = Path(sys.executable).parent / "copilot"
ROWS_BEFORE = 6


@pytest.fixture
def store(folder: Path) -> Iterator[Path]:
    """Whose Postgres outlives a process that was killed."""
    yield folder / "killed"
    pid = folder / "killed" / "postgres" / "postmaster.pid"
    if pid.exists():
        os.kill(int(pid.read_text(encoding="utf-8").splitlines()[0]), signal.SIGINT)
        while pid.exists():
            time.sleep(0.05)


def start(few: Path, store: Path, results: Path, *options: str) -> subprocess.Popen[str]:
    arguments = ["--dataset", few, "--store", store, "--results", results, *options]
    return subprocess.Popen(
        [COPILOT, "eval", "answers", "--model", "extractive", *map(str, arguments)],
        env={**os.environ, "COPILOT_DATA_DIR": str(store / "data")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def rows(results: Path) -> list[str]:
    files = list(results.glob("*.jsonl"))
    return files[0].read_text(encoding="utf-8").splitlines()[1:] if files else []


def test_a_killed_run_goes_on_and_asks_nothing_twice(few, store, tmp_path):
    process = start(few, store, tmp_path)
    deadline = time.monotonic() + 90
    while len(rows(tmp_path)) < ROWS_BEFORE:
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    kept = rows(tmp_path)
    n = len((few / "questions.jsonl").read_text(encoding="utf-8").splitlines())
    assert ROWS_BEFORE <= len(kept) < n

    again = start(few, store, tmp_path, "--resume")
    printed, _ = again.communicate(timeout=120)
    assert again.returncode == 0, printed
    assert len(list(tmp_path.glob("*.jsonl"))) == 1
    found = rows(tmp_path)
    whole = [line for line in kept if is_whole(line)]
    assert found[: len(whole)] == whole
    asked = [json.loads(line)["example_id"] for line in found]
    assert len(asked) == len(set(asked)) == n


def is_whole(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
