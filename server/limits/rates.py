"""The rates that settings name, and where a caller stands with one."""

import math
import time
from dataclasses import dataclass

from limits import RateLimitItem, parse_many

from core.errors import ConfigurationError
from core.principal import Principal
from core.settings import Settings


@dataclass(frozen=True)
class Rate:
    """So many in a while, counted over the time just gone."""

    name: str
    item: RateLimitItem

    @classmethod
    def of(cls, name: str, setting: str, written: str) -> "Rate":
        """Raises: ConfigurationError: names the setting, which isn't one rate like `10/minute`."""
        try:
            (item,) = parse_many(written)
        except ValueError as error:
            raise _no_rate(setting, written) from error
        if item.amount < 1:
            raise _no_rate(setting, written)
        return cls(name, item)

    @property
    def quota(self) -> int:
        return self.item.amount

    @property
    def window_seconds(self) -> int:
        return self.item.get_expiry()

    def __str__(self) -> str:
        return f"{self.quota} in {self.window_seconds} seconds"


def _no_rate(setting: str, written: str) -> ConfigurationError:
    return ConfigurationError(
        f"{setting}: {written!r} is no rate. Write one of at least 1, like 10/minute or 1000/hour."
    )


@dataclass(frozen=True)
class Rates:
    """Of each kind of request."""

    asks: Rate
    key_queries: Rate
    uploads: Rate
    writes: Rate
    failed_sign_ins: Rate

    @classmethod
    def of(cls, settings: Settings) -> "Rates":
        return cls(
            Rate.of("asks", "COPILOT_LIMIT_ASKS", settings.limit_asks),
            Rate.of("queries", "COPILOT_LIMIT_KEY_QUERIES", settings.limit_key_queries),
            Rate.of("uploads", "COPILOT_LIMIT_UPLOADS", settings.limit_uploads),
            Rate.of("writes", "COPILOT_LIMIT_WRITES", settings.limit_writes),
            Rate.of(
                "failed-sign-ins", "COPILOT_LIMIT_FAILED_SIGN_INS", settings.limit_failed_sign_ins
            ),
        )

    def asking(self, principal: Principal) -> Rate:
        """For machines another than for people."""
        return self.key_queries if principal.is_machine else self.asks


@dataclass(frozen=True)
class Standing:
    """What a caller has left of a rate."""

    rate: Rate
    remaining: int
    resets_at: float
    """Unix time, in seconds, when the oldest request that counts leaves the window."""

    @property
    def seconds(self) -> int:
        """Until something is free again, at least 1."""
        return max(1, math.ceil(self.resets_at - time.time()))

    def seconds_until(self, cost: int) -> int:
        """Until so much is free: for more than one, when all that counts now has left the window.

        The storages tell of the oldest request alone, and who waits too short is refused again.
        """
        return self.seconds if cost == 1 else self.rate.window_seconds

    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers-10 has them."""
        name = f'"{self.rate.name}"'
        return {
            "ratelimit-policy": f"{name};q={self.rate.quota};w={self.rate.window_seconds}",
            "ratelimit": f"{name};r={max(0, self.remaining)};t={self.seconds}",
        }
