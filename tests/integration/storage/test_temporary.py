"""Temporary copies are removed at the next start, unless their process still lives."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from storage.temporary import TemporaryFiles

PROCESS = """
import sys
from pathlib import Path
from storage.temporary import TemporaryFiles
with TemporaryFiles.open(Path(sys.argv[1])) as temporary, temporary.new_folder() as folder:
    (folder / "source.pdf").write_bytes(b"%PDF-1.7")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def start(tmp_path):
    """Starts a process that holds a temporary copy until its standard input ends."""
    processes = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", PROCESS, tmp_path / "tmp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process, Path(process.stdout.readline().strip()) / "source.pdf"

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def test_copy_of_a_killed_process_is_removed_and_that_of_a_living_one_kept(start, tmp_path):
    (killed, left), (_, kept) = start(), start()
    killed.kill()
    killed.wait()
    assert left.exists()
    with TemporaryFiles.open(tmp_path / "tmp"):
        assert not left.parent.parent.exists()
        assert kept.exists()


def test_process_that_ends_leaves_nothing(start, tmp_path):
    process, copy = start()
    process.communicate()
    assert not copy.parent.parent.exists()


def test_copies_are_closed_to_other_users(start, tmp_path):
    _, copy = start()
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "tmp", *copy.parents[:2])]
    assert modes == [0o700] * 3
