"""Reads hostile PDFs in a process with bounds of its own on memory and time."""

import asyncio
import gc
import json
import resource
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Never

from pydantic import TypeAdapter

from knowledge import errors
from knowledge.pages import Page
from knowledge.pdf import inspection, reader

MEMORY_BYTES = 1_500 * 2**20
INSPECT_SECONDS = 60
READ_SECONDS = 900
"""CPU seconds."""
LINE_BYTES = 64 * 2**20
PAGE = TypeAdapter(Page)
ERROR = b'{"error"'


async def inspect(path: Path, *, max_pages: int, ocr: bool = False) -> inspection.Inspection:
    """`inspection.inspect` under bounds.

    Raises:
        UnreadableError: as `inspection.inspect`, and TooCostlyError when a bound was hit.
    """
    async for line in _run("inspect", path, INSPECT_SECONDS, max_pages, ocr=ocr):
        found = json.loads(line)
        return inspection.Inspection(found["page_count"], tuple(found["image_only_pages"]))
    raise _out_of_bounds()


async def read_pages(path: Path, *, ocr: bool = False) -> AsyncGenerator[Page]:
    """`reader.read_pages` under bounds.

    Raises:
        UnreadableError: as `reader.read_pages`, and TooCostlyError when a bound was hit.
    """
    async for line in _run("pages", path, READ_SECONDS, 0, ocr=ocr):
        yield PAGE.validate_json(line)


async def _run(
    action: str, path: Path, seconds: int, max_pages: int, *, ocr: bool
) -> AsyncIterator[bytes]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        __name__,
        action,
        str(path),
        str(seconds),
        str(max_pages),
        *(["ocr"] if ocr else []),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LINE_BYTES,
    )
    assert process.stdout is not None  # noqa: S101  # PIPE above
    try:
        async with asyncio.timeout(seconds * 2):
            async for raw in process.stdout:
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


def _raise(line: dict[str, Any]) -> Never:
    kind = getattr(errors, line["error"])
    raise kind(line["detail"], **line["extensions"])


def _out_of_bounds() -> errors.TooCostlyError:
    return errors.TooCostlyError(
        "Reading the PDF takes too much memory or time. Print it to a new PDF, or split it."
    )


def _main(action: str, path: Path, seconds: int, max_pages: int, *, ocr: bool = False) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    gc.set_threshold(reader.CYCLE_THRESHOLD)  # as read_pages does, for what is done with its pages
    try:
        if action == "inspect":
            _write_json(asdict(inspection.inspect(path, max_pages=max_pages, ocr=ocr)))
        else:
            for page in reader.read_pages(path, ocr=ocr):
                _write(PAGE.dump_json(page))
    except errors.UnreadableError as error:
        _write_json(
            {
                "error": type(error).__name__,
                "detail": error.detail,
                "extensions": error.extensions,
            }
        )


def _write_json(line: dict[str, object]) -> None:
    _write(json.dumps(line).encode())


def _write(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main(
        sys.argv[1],
        Path(sys.argv[2]),
        int(sys.argv[3]),
        int(sys.argv[4]),
        ocr="ocr" in sys.argv[5:],
    )
