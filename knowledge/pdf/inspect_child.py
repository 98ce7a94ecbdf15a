"""The process that inspects one PDF. It imports pypdf alone, since every upload starts one."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from knowledge.errors import UnreadableError
from knowledge.pdf.child import limit, write_error, write_line
from knowledge.pdf.inspection import inspect


def main(path: str, memory_bytes: str, cpu_seconds: str, max_pages: str, ocr: str = "") -> None:
    limit(int(memory_bytes), int(cpu_seconds))
    try:
        found = inspect(Path(path), max_pages=int(max_pages), ocr=bool(ocr))
    except UnreadableError as error:
        write_error(error)
    else:
        write_line(json.dumps(asdict(found)).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
