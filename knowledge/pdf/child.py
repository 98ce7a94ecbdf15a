"""What the processes that read hostile PDFs share: their bounds, and how they answer."""

import json
import resource
import sys

from knowledge.errors import UnreadableError

ERROR = b'{"error"'


def limit(memory_bytes: int, cpu_seconds: int) -> None:
    """Bound this process: beyond the memory allocations fail, beyond the time it is killed."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    allow_seconds(cpu_seconds)


def allow_seconds(cpu_seconds: int) -> None:
    """Set the CPU seconds after which this process is killed, counted from its start."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard != resource.RLIM_INFINITY:
        cpu_seconds = min(cpu_seconds, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, hard))


def write_line(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def write_error(error: UnreadableError) -> None:
    """Hand an error to the parent, which raises it again."""
    told = {
        "error": type(error).__name__,
        "detail": error.detail,
        "extensions": error.extensions,
    }
    write_line(json.dumps(told).encode())
