"""Whatever a broken PDF holds, it ends in pages or in an error that says what to change."""

import json
import os
import random
import select
import subprocess
import sys
import zlib
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from evals.filings import broken
from knowledge.errors import UnreadableError
from knowledge.pdf import process

MUTATIONS = int(os.environ.get("COPILOT_MUTATIONS", "40"))
SECONDS = 10
MEGABYTES = 1024
WORKER = Path(__file__).with_name("mutation_worker.py")
HUGE = (b"0", b"-1", b"99999999", b"4294967296", b"1e38", b"null")


class Worker:
    """A process that reads PDFs until one kills it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        )
        self.read(Path("/dev/null"), 60)  # has started

    def read(self, path: Path, seconds: float = SECONDS) -> dict:
        """The worker's answer, `died` if it crashed or `hung` after so many seconds."""
        self._process.stdin.write(f"{path}\n".encode())
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        line = self._process.stdout.readline() if ready else b""
        if line:
            return json.loads(line)
        self.close()
        return {"outcome": "died" if ready else "hung", "megabytes": 0}

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


def flipped(data: bytes, chance: random.Random, _other: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 32, 256))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random, _other: bytes) -> bytes:
    return data[: chance.randrange(len(data))] + b"\nstartxref\n0\n%%EOF\n"


def spliced(data: bytes, chance: random.Random, other: bytes) -> bytes:
    start, length = chance.randrange(len(other)), chance.choice((16, 256, 4096))
    at = chance.randrange(len(data))
    return data[:at] + other[start : start + length] + data[at + chance.choice((0, length)) :]


def renumbered(data: bytes, chance: random.Random, _other: bytes) -> bytes:
    """Other numbers in dictionaries: lengths, references, boxes, counts."""
    parts = data.split(b" ")
    places = [at for at, part in enumerate(parts) if part.isdigit()]
    for at in chance.sample(places, min(len(places), chance.choice((1, 3, 20)))):
        parts[at] = chance.choice((*HUGE, str(chance.randrange(400)).encode()))
    return b" ".join(parts)


def deflated(data: bytes, chance: random.Random, _other: bytes) -> bytes:
    """Garbage that inflates well, in the place of a stream."""
    start = data.find(b"stream", chance.randrange(len(data)))
    if start < 0:
        return flipped(data, chance, data)
    words = [
        b"BT",
        b"ET",
        b"Tj",
        b"(x)",
        b"/F1 9 Tf",
        b"1 0 0 1 9 9 Tm",
        b"q",
        b"Q",
        b"-1e9",
        b"<<",
    ]
    garbage = b" ".join(chance.choices(words, k=chance.choice((50, 5000))))
    return data[: start + 7] + zlib.compress(garbage) + data[start + 7 :]


KINDS = (flipped, cut, spliced, renumbered, deflated)


def bases(folder: Path) -> list[bytes]:
    """Parts of sample filings, and small odd files."""
    found = [broken.mixed(), broken.encrypted("")]
    for path in sorted((folder / "pdfs").glob("*.pdf")):
        writer = PdfWriter()
        for page in PdfReader(path).pages[11:22:2]:
            writer.add_page(page)
        target = BytesIO()
        writer.write(target)
        found.append(target.getvalue())
    return found


def mutation(number: int, sources: list[bytes]) -> tuple[str, bytes]:
    chance = random.Random(number)  # noqa: S311  # the same mutations every time
    kind = KINDS[number % len(KINDS)]
    return kind.__name__, kind(chance.choice(sources), chance, chance.choice(sources))


def test_mutated_filings_end_in_pages_or_an_error(filings, tmp_path):
    sources = bases(filings)
    worker = Worker()
    path = tmp_path / "mutated.pdf"
    outcomes: Counter[str] = Counter()
    wrong = []
    for number in range(MUTATIONS):
        kind, content = mutation(number, sources)
        path.write_bytes(content)
        answer = worker.read(path)
        outcomes[answer["outcome"]] += 1
        if answer["outcome"] in {"raised", "hung"} or answer["megabytes"] > MEGABYTES:
            wrong.append((number, kind, answer))
        if not worker.is_alive:
            worker = Worker()
    worker.close()
    assert not wrong, outcomes
    assert outcomes["pages"] > MUTATIONS / 10


@pytest.mark.parametrize("number", range(5))
async def test_the_process_tells_the_same(filings, tmp_path, number):
    path = tmp_path / "mutated.pdf"
    path.write_bytes(mutation(number, bases(filings))[1])
    try:
        pages = [page async for page in process.read_pages(path)]
    except UnreadableError:
        return
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
