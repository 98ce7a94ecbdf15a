"""Which processes use an embedded Postgres: the last one to close it stops it.

The package keeps their pids in a file, and a process that is killed never takes its own out.
"""

import json
from pathlib import Path

FILE = ".handle_pids.json"


def forget_dead_processes(folder: Path) -> None:
    """Take the pids of processes that are gone out of the list; the caller holds the server's lock.

    A pid counts as gone, too, if a process has it that started after the list was last written.
    """
    import psutil  # type: ignore[import-untyped]  # noqa: PLC0415  # only if embedded

    path = folder / FILE
    try:
        written_at, pids = path.stat().st_mtime, json.loads(path.read_text() or "[]")
    except FileNotFoundError:
        return

    def uses_it(pid: int) -> bool:
        try:
            process = psutil.Process(pid)
            is_gone = process.status() == psutil.STATUS_ZOMBIE
            return not is_gone and process.create_time() <= written_at
        except psutil.NoSuchProcess:
            return False

    alive = [pid for pid in pids if uses_it(pid)]
    if alive != pids:
        path.write_text(json.dumps(alive))
