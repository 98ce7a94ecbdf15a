"""How many connections a process may hold open: a share of the files that the system grants it."""

import resource

BACKLOG = 128
"""Connections that may wait to be accepted. The event loop accepts so many at one go."""
RESERVED = 512
"""Files for everything else: database, blobs, readers of PDFs, models, and one backlog."""
MAX_OPEN_FILES = 65_536
"""Enough; some systems grant a thousand million, which costs programs that close them all."""
MIN_CONNECTIONS, MAX_CONNECTIONS = 64, 1024
"""Each may hold 1 MB of an unfinished body before anybody knows who sends it."""


def raise_open_file_limit() -> int:
    """Take what the system lets an ordinary process have.

    Returns: how many files may be open now.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, MAX_OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return MAX_OPEN_FILES if soft == resource.RLIM_INFINITY else soft


def connections_for(open_files: int) -> int:
    """Far enough below the limit that nothing else of the process ever meets it."""
    return max(MIN_CONNECTIONS, min(MAX_CONNECTIONS, open_files - RESERVED))
