"""Hostile PDFs are read in a process with bounds, and whatever happens there has an error."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from evals.filings import broken
from knowledge.errors import (
    EmptyFileError,
    NotAPdfError,
    NoTextError,
    PasswordError,
    TooCostlyError,
    TooManyPagesError,
    TruncatedError,
)
from knowledge.pdf import process as pdf_process


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (broken.empty(), EmptyFileError),
        (broken.not_a_pdf(), NotAPdfError),
        (broken.truncated(), TruncatedError),
        (broken.image_only(), NoTextError),
        (broken.encrypted("secret"), PasswordError),
        (broken.text_pages(4), TooManyPagesError),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_each_kind_of_error_crosses_the_process(pdf, content, kind):
    with pytest.raises(kind) as refused:
        await pdf_process.inspect(pdf(content), max_pages=3)
    assert type(refused.value) is kind


async def test_pages_come_back_as_they_were_read(pdf):
    path = pdf(broken.mixed())
    inspection = await pdf_process.inspect(path, max_pages=3)
    assert (inspection.page_count, inspection.image_only_pages) == (3, (2,))
    pages = [page async for page in pdf_process.read_pages(path)]
    assert [page.number for page in pages] == [1, 2, 3]
    assert "Page 3." in pages[2].text


async def test_a_bomb_is_refused_within_bounds(pdf):
    bomb = pdf(broken.decompression_bomb(256 * 2**20))
    async with asyncio.timeout(15):
        with pytest.raises(TooCostlyError):
            await pdf_process.inspect(bomb, max_pages=3)


def impostor(monkeypatch, tmp_path, body: str) -> None:
    """Another program in the child's place, under the same bounds."""
    program = tmp_path / "impostor.py"
    program.write_text(f"import os, resource, signal, sys, time\n{body}\n")
    script = tmp_path / "python"
    script.write_text(f'#!/bin/sh\nexec {pdf_process.sys.executable} {program} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setattr(pdf_process.sys, "executable", str(script))
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGXCPU])
async def test_a_child_that_dies_by_a_signal_was_too_costly(monkeypatch, tmp_path, pdf, number):
    path = pdf(1)
    impostor(monkeypatch, tmp_path, f"os.kill(os.getpid(), {int(number)})")
    with pytest.raises(TooCostlyError):
        await pdf_process.inspect(path, max_pages=3)
    with pytest.raises(TooCostlyError):
        [page async for page in pdf_process.read_pages(path)]


async def test_a_child_that_hangs_is_killed(monkeypatch, tmp_path, pdf):
    path, note = pdf(1), tmp_path / "pid"
    impostor(
        monkeypatch,
        tmp_path,
        f"open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)",
    )
    monkeypatch.setattr(pdf_process, "INSPECT_SECONDS", 1)
    with pytest.raises(TooCostlyError):
        await pdf_process.inspect(path, max_pages=3)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


async def test_a_reader_that_stops_early_leaves_no_child(monkeypatch, tmp_path, pdf):
    path, note = pdf(1), tmp_path / "pid"
    body = (
        f"open({str(note)!r}, 'w').write(str(os.getpid()))\n"
        'print(\'{"number": 1, "width": 612, "height": 792, "text": "x"}\', flush=True)\n'
        "time.sleep(60)"
    )
    impostor(monkeypatch, tmp_path, body)
    pages = pdf_process.read_pages(path)
    await anext(pages)
    await pages.aclose()
    for _ in range(100):
        try:
            os.kill(int(note.read_text()), 0)
        except ProcessLookupError:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the child lives on")


async def test_the_child_s_memory_is_bounded(tmp_path):
    program = (
        "import resource\nfrom knowledge.pdf import inspect_child\n"
        "def inspect(*_, **__):\n"
        "    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == 5\n"
        "    bytearray(400 * 2**20)\n"
        "inspect_child.inspect = inspect\n"
        "inspect_child.main('x', str(400 * 2**20), '5', '1')\n"
    )
    process = await asyncio.create_subprocess_exec(
        pdf_process.sys.executable, "-c", program, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().strip().endswith("MemoryError")


async def test_child_gives_way_to_the_service(monkeypatch, tmp_path, pdf):
    body = (
        "while os.getpriority(os.PRIO_PROCESS, 0) != 10: time.sleep(0.01)\n"
        'print(\'{"page_count": 1, "image_only_pages": []}\', flush=True)'
    )
    impostor(monkeypatch, tmp_path, body)
    assert (await pdf_process.inspect(pdf(1), max_pages=3)).page_count == 1


async def test_reader_that_was_killed_leaves_its_copy_where_it_is_removed(
    monkeypatch, tmp_path, pdf
):
    own = tmp_path / "own"
    own.mkdir()
    body = "import tempfile; tempfile.mkdtemp(); os.kill(os.getpid(), signal.SIGKILL)"
    impostor(monkeypatch, tmp_path, body)
    with pytest.raises(TooCostlyError):
        [page async for page in pdf_process.read_pages(pdf(1), temporary=own)]
    assert len(list(own.iterdir())) == 1
