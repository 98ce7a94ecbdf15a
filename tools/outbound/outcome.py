"""How an exchange with somebody else's server went."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Failure(StrEnum):
    """Why a message counts as not taken."""

    REFUSED = "refused"
    """Its address is private, of a cloud's metadata, or outside without https."""
    UNRESOLVED = "unresolved"
    """The name has no address."""
    UNREACHABLE = "unreachable"
    """Nothing takes connections there."""
    TLS = "tls"
    """The certificate isn't valid for the name, or the handshake failed."""
    TIMEOUT = "timeout"
    """The whole exchange took too long."""
    CUT = "cut"
    """The connection broke off, before or in the midst of the answer."""
    PROTOCOL = "protocol"
    """What came isn't HTTP."""
    REDIRECT = "redirect"
    """It leads elsewhere; no redirect is followed."""
    STATUS = "status"
    """An answer other than 2xx."""


class NotSentError(Exception):
    """An exchange that failed."""

    def __init__(self, failure: Failure, words: str) -> None:
        super().__init__(words)
        self.failure = failure
        self.words = words


@dataclass(frozen=True)
class Outcome:
    """Of one exchange."""

    sent_at: datetime
    duration_ms: int
    address: str | None
    """Of the server; None if its name has none, or none that may be reached."""
    request_headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    """HTTP's; there may be one beside a failure."""
    response: str = ""
    """The first 2 KB of the answer's body."""
    failure: Failure | None = None
    words: str = ""
    """What failed, for a person."""
    retry_after_seconds: int | None = None

    @property
    def error(self) -> str | None:
        """One line, that begins with the failure's name."""
        return f"{self.failure}: {self.words}" if self.failure else None
