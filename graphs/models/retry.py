"""How often, how long apart and until when a model is asked again."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from graphs.models.failures import Failure, Throttled


@dataclass(frozen=True)
class RetryPolicy:
    """Exponential backoff with jitter. All times are seconds.

    How long a single attempt may take is up to the model's time limits, not to this policy.
    """

    attempts: int = 3
    """Requests to one model in one answer, the first included; a repair isn't counted."""
    first_wait: float = 0.5
    longest_wait: float = 8.0
    retry_after_cap: float = 20.0
    """A provider that asks for a longer pause is left for the next model at once."""
    deadline: float = 120.0
    """Without progress: after it, a model that failed isn't asked again, but the next one still is.

    Every chunk of an answer starts it anew, and it never ends an attempt that is under way.
    """
    jitter: Callable[[], float] = random.random
    """Draws from [0, 1)."""

    def wait_after(self, failure: Failure, *, attempt: int) -> float | None:
        """Seconds to wait before the same model is asked again, or None for the next model.

        Args:
            failure: what the attempt ended with.
            attempt: how many attempts this model has had, 1 after the first.
        """
        if not failure.retriable or attempt >= self.attempts:
            return None
        if isinstance(failure, Throttled) and failure.retry_after is not None:
            return self._asked_for(failure.retry_after)
        backoff = min(self.longest_wait, self.first_wait * 2.0 ** (attempt - 1))
        return backoff * (0.5 + self.jitter() / 2)

    def _asked_for(self, seconds: float) -> float | None:
        if seconds > self.retry_after_cap:
            return None
        # Never earlier than asked; a little later, so that the waiting don't all come back at once.
        return seconds * (1 + self.jitter() / 10)
