"""Errors that a caller can mend: a class's docstring is its title, the message what to change."""

from typing import ClassVar


class CopilotError(Exception):
    """The request can't be carried out."""

    status: ClassVar[int] = 400
    """HTTP status code of the problem document."""
    type: ClassVar[str] = "request-refused"
    """Stable last part of the problem document's `type` (RFC 9457)."""

    def __init__(
        self, detail: str, *, retry_after_seconds: int | None = None, **extensions: object
    ) -> None:
        """Make the error.

        Args:
            detail: what is wrong and what to change.
            retry_after_seconds: when the same may be tried again, if that is known.
            extensions: more of the problem.
        """
        super().__init__(detail)
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds
        self.extensions = extensions

    @classmethod
    def title(cls) -> str:
        return (cls.__doc__ or "").strip().splitlines()[0].rstrip(".")


class ConfigurationError(CopilotError):
    """A setting is wrong or contradicts another."""

    status = 500
    type = "configuration"


class NotFoundError(CopilotError):
    """There is no such thing."""

    status = 404
    type = "not-found"


class ConflictError(CopilotError):
    """The request doesn't fit the present state."""

    status = 409
    type = "conflict"


class PermissionDeniedError(CopilotError):
    """The caller lacks a permission."""

    status = 403
    type = "permission-denied"


class UnauthenticatedError(CopilotError):
    """The caller is not signed in."""

    status = 401
    type = "unauthenticated"


class InvalidInputError(CopilotError):
    """The input is not valid."""

    status = 422
    type = "invalid-input"


class TooManyRequestsError(CopilotError):
    """The caller asks for too much at once."""

    status = 429
    type = "too-many-requests"


class UnavailableError(CopilotError):
    """A part of the service is out of reach."""

    status = 503
    type = "unavailable"


class ToolError(CopilotError):
    """The tool refused its arguments: the model reads the message and may try again.

    Anything else that a tool raises is a bug or an outage and ends the run.
    """

    status = 422
    type = "tool-refused"
