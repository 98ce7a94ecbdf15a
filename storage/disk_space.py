"""A full disk is an outage that passes, and no bug."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import UnavailableError

FULL = (errno.ENOSPC, errno.EDQUOT)
NO_SPACE = f"os error {errno.ENOSPC}"
"""In the text of obstore's errors, which have no number."""
RETRY_SECONDS = 60


class OutOfSpaceError(UnavailableError):
    """The service has no space left to store uploads."""

    status = 507
    type = "out-of-space"

    def __init__(self) -> None:
        super().__init__(
            "No space is left to store uploads. Try again later; an administrator should free some "
            "on the disk of COPILOT_DATA_DIR.",
            retry_after_seconds=RETRY_SECONDS,
        )


@contextmanager
def disk_full_is_told() -> Iterator[None]:
    """Raises: OutOfSpaceError: what was written doesn't fit on its disk."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise OutOfSpaceError from error
