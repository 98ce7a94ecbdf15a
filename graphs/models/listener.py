"""Who hears an answer while a model writes it, and what they have to forget when it fails."""

from typing import Protocol

from graphs.models.failures import Failure


class AnswerListener(Protocol):
    """Told while a model writes."""

    def token(self, text: str) -> None:
        """More of the answer's text; never empty, never the model's reasoning."""
        ...

    def restart(self, *, failed: str, next: str, reason: str) -> None:  # noqa: A002 - reads best
        """What was passed on so far is void; another attempt begins.

        Args:
            failed: name of the model whose answer broke off.
            next: name of the model that is asked now; the same one when it is a retry.
            reason: why, fit to show.
        """
        ...


class Draft:
    """Remembers whether a listener holds text of an attempt that then failed."""

    __slots__ = ("_failed", "_listener", "_reason", "_written")

    def __init__(self, listener: AnswerListener) -> None:
        self._listener = listener
        self._written = False
        self._failed = self._reason = ""

    def token(self, text: str) -> None:
        self._written = True
        self._listener.token(text)

    def fail(self, name: str, failure: Failure) -> None:
        self._failed, self._reason = name, failure.reason

    def begin(self, name: str) -> None:
        """Before each attempt: the listener's one restart if it holds text of a failed one."""
        if self._written:
            self._written = False
            self._listener.restart(failed=self._failed, next=name, reason=self._reason)
