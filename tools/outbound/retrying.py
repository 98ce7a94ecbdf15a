"""When a message that was not taken is sent again."""

import random
from datetime import datetime, timedelta

WAITS_SECONDS = (5, 30, 120, 600, 1800, 3600, 7200, 14_400, 21_600, 36_000)
"""Between attempts: a day in all, but for the jitter."""
JITTER = 0.1
"""Of a wait, up or down, so that what failed together doesn't come back together."""
MAX_RETRY_AFTER_SECONDS = 3600
"""What a receiver may ask for."""


def next_attempt_at(
    attempts: int, now: datetime, retry_after_seconds: int | None = None
) -> datetime | None:
    """Returns: when, or None once the waits are used up.

    Args:
        attempts: how many there were, at least 1.
        now: the end of the last one.
        retry_after_seconds: what the receiver asked for; it only makes a wait longer.
    """
    if attempts > len(WAITS_SECONDS):
        return None
    wait = WAITS_SECONDS[attempts - 1]
    seconds = wait * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  # spreads load, no secret
    asked = min(retry_after_seconds or 0, MAX_RETRY_AFTER_SECONDS)
    return now + timedelta(seconds=max(seconds, asked))
