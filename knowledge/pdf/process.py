"""Reads hostile PDFs in a process each, with bounds of its own on memory and time."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Any, Never

from pydantic import TypeAdapter

from knowledge import errors
from knowledge.pages import Page
from knowledge.pdf.child import ERROR
from knowledge.pdf.inspection import Inspection

INSPECT_MEMORY_BYTES = 512 * 2**20
"""Besides the file itself, of which pypdf keeps a copy. Real filings take 90 MB."""
INSPECT_SECONDS = 15
"""CPU seconds. Real filings take half a second."""
READ_MEMORY_BYTES = 1_000 * 2**20
"""Real filings take 230 MB."""
READ_SECONDS = 20
"""CPU seconds, to which read_child adds some for each page."""
MAX_PAGES = 100_000
"""For callers that don't take strangers' files."""
WAIT_FACTOR = 4
"""Of seconds to wait for the inspection, which shares the processor, for each CPU second."""
LINE_SECONDS = 120
"""To wait for the next page; with OCR, for all of those that are read ahead at the start."""
OCR_LINE_SECONDS = 1_800
LINE_BYTES = 64 * 2**20
NICENESS = 10
"""So that the service answers first."""
PAGE = TypeAdapter(Page)


async def inspect(path: Path, *, max_pages: int, ocr: bool = False) -> Inspection:
    """`inspection.inspect` under bounds.

    Raises:
        UnreadableError: as `inspection.inspect`, and TooCostlyError when a bound was hit.
    """
    memory = INSPECT_MEMORY_BYTES + path.stat().st_size
    arguments = [path, memory, INSPECT_SECONDS, max_pages, *(["ocr"] if ocr else [])]
    patience = INSPECT_SECONDS * WAIT_FACTOR
    lines = _lines("knowledge.pdf.inspect_child", arguments, patience)
    async with aclosing(lines):
        async for line in lines:
            found = json.loads(line)
            return Inspection(found["page_count"], tuple(found["image_only_pages"]))
    raise _out_of_bounds()


async def read_pages(
    path: Path, *, ocr: bool = False, max_pages: int = MAX_PAGES, temporary: Path | None = None
) -> AsyncGenerator[Page]:
    """`reader.read_pages` under bounds.

    Args:
        path: the PDF.
        ocr: read pages without text from their image.
        max_pages: more are refused.
        temporary: where the process may leave files if it is killed; None for the system's folder.

    Raises:
        UnreadableError: as `reader.read_pages`, and TooCostlyError when a bound was hit.
    """
    arguments = [path, READ_MEMORY_BYTES, READ_SECONDS, max_pages, *(["ocr"] if ocr else [])]
    patience = OCR_LINE_SECONDS if ocr else LINE_SECONDS
    lines = _lines("knowledge.pdf.read_child", arguments, patience, temporary)
    async with aclosing(lines):
        async for line in lines:
            yield PAGE.validate_json(line)


async def _lines(
    module: str, arguments: list[object], patience: float, temporary: Path | None = None
) -> AsyncGenerator[bytes]:
    process = await _start(module, arguments, temporary)
    try:
        async for raw in _received(process, patience):
            if raw.startswith(ERROR):
                _raise(json.loads(raw))
            yield raw
        if await process.wait() != 0:
            raise _out_of_bounds()
    except TimeoutError as error:
        raise _out_of_bounds() from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _start(
    module: str, arguments: list[object], temporary: Path | None
) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        module,
        *map(str, arguments),
        env=dict(os.environ) | ({"TMPDIR": str(temporary)} if temporary else {}),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LINE_BYTES,
    )
    with suppress(ProcessLookupError):  # it may have ended already
        os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
    return process


async def _received(process: asyncio.subprocess.Process, patience: float) -> AsyncIterator[bytes]:
    """Raises: TimeoutError, TooCostlyError: a line takes too long, or is too long."""
    assert process.stdout is not None  # noqa: S101  # a pipe, see _start
    while True:
        async with asyncio.timeout(patience):
            try:
                line = await process.stdout.readline()
            except ValueError as error:  # asyncio's, for a line over the limit
                raise _out_of_bounds() from error
        if not line:
            return
        yield line


def _raise(line: dict[str, Any]) -> Never:
    kind = getattr(errors, line["error"])
    raise kind(line["detail"], **line["extensions"])


def _out_of_bounds() -> errors.TooCostlyError:
    return errors.TooCostlyError(
        "Reading the PDF takes too much memory or time. Print it to a new PDF, or split it."
    )
