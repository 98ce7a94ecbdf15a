"""Reads hostile PDFs in a process with bounds of its own on memory and time."""

import asyncio
import json
import resource
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge import errors, pdf

MEMORY_BYTES = 1_500 * 2**20
INSPECT_SECONDS = 60
READ_SECONDS = 900
"""CPU seconds; pypdf reads about 5 pages a second."""
LINE_BYTES = 16 * 2**20


async def inspect(path: Path, *, max_pages: int) -> pdf.Inspection:
    """`pdf.inspect` under bounds.

    Raises:
        UnreadableError: as `pdf.inspect`, and TooCostlyError when a bound was hit.
    """
    async for line in _run("inspect", path, INSPECT_SECONDS, max_pages):
        return pdf.Inspection(line["page_count"], tuple(line["image_only_pages"]))
    raise _out_of_bounds()


async def read_pages(path: Path) -> AsyncIterator[pdf.Page]:
    """`pdf.read_pages` under bounds.

    Raises:
        UnreadableError: as `pdf.read_pages`, and TooCostlyError when a bound was hit.
    """
    async for line in _run("pages", path, READ_SECONDS, 0):
        yield pdf.Page(**line)


async def _run(
    action: str, path: Path, seconds: int, max_pages: int
) -> AsyncIterator[dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        __name__,
        action,
        str(path),
        str(seconds),
        str(max_pages),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LINE_BYTES,
    )
    assert process.stdout is not None  # noqa: S101  # PIPE above
    try:
        async with asyncio.timeout(seconds * 2):
            async for raw in process.stdout:
                line = json.loads(raw)
                if "error" in line:
                    kind = getattr(errors, line["error"])
                    raise kind(line["detail"], **line["extensions"])
                yield line
            if await process.wait() != 0:
                raise _out_of_bounds()
    except TimeoutError as error:
        raise _out_of_bounds() from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _out_of_bounds() -> errors.TooCostlyError:
    return errors.TooCostlyError(
        "Reading the PDF takes too much memory or time. Print it to a new PDF, or split it."
    )


def _main(action: str, path: Path, seconds: int, max_pages: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        if action == "inspect":
            _write(asdict(pdf.inspect(path, max_pages=max_pages)))
        else:
            for page in pdf.read_pages(path):
                _write(asdict(page))
    except errors.UnreadableError as error:
        _write(
            {
                "error": type(error).__name__,
                "detail": error.detail,
                "extensions": error.extensions,
            }
        )


def _write(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
