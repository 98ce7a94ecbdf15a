"""Reads one mutated PDF after another, as the child of `knowledge.pdf.process` does.

A line on standard input is a path; the answer is a line of JSON.
"""

import json
import re
import resource
import sys
import traceback
from pathlib import Path

from knowledge.errors import UnreadableError
from knowledge.pdf import inspection, reader
from knowledge.pdf.process import READ_MEMORY_BYTES as MEMORY_BYTES

MAX_PAGES = 500


def outcome(path: Path) -> dict[str, object]:
    try:
        inspection.inspect(path, max_pages=MAX_PAGES)
    except UnreadableError as error:
        refused = type(error).__name__
    except MemoryError:
        refused = "MemoryError"  # ends the child, which is told as a TooCostlyError
    else:
        refused = None
    try:
        pages = sum(_is_sound(page) for page in reader.read_pages(path))
    except UnreadableError as error:
        return {"outcome": type(error).__name__, "refused": refused}
    except MemoryError:
        return {"outcome": "MemoryError", "refused": refused}
    return {"outcome": "pages", "pages": pages, "refused": refused}


def _is_sound(page) -> bool:
    at = 0
    for section in page.sections:
        assert section.start == at < section.end
        at = section.end
    assert at == len(page.text)
    assert "\0" not in page.text
    page.text.encode()
    cells = [cell for table in page.tables for row in table.rows for cell in row.cells]
    assert all(page.text[cell.start : cell.end] == cell.text for cell in cells)
    boxes = [line.box for line in page.lines] + [cell.box for cell in cells]
    assert all(0 <= b.left <= b.right <= page.width + 0.01 for b in boxes)
    assert all(0 <= b.top <= b.bottom <= page.height + 0.01 for b in boxes)
    return True


def peak_megabytes() -> int:
    """Of this process alone; `getrusage` would tell its parent's if that was larger."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    for line in sys.stdin:
        try:
            answer = outcome(Path(line.strip()))
        except Exception:  # noqa: BLE001  # a bug: the test shows it
            answer = {"outcome": "raised", "traceback": traceback.format_exc()}
        answer["megabytes"] = peak_megabytes()
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()
