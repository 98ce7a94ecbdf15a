"""Why a PDF can't be taken in. Each message says what to change."""

from core.errors import CopilotError, UnavailableError


class UnreadableError(CopilotError):
    """The PDF can't be read."""

    status = 422
    type = "unreadable-pdf"


class NotAPdfError(UnreadableError):
    """The upload is not a PDF."""

    status = 415
    type = "not-a-pdf"


class EmptyFileError(UnreadableError):
    """The file is empty."""

    type = "empty-file"


class TruncatedError(UnreadableError):
    """The PDF is cut off."""

    type = "truncated-pdf"


class PasswordError(UnreadableError):
    """The PDF asks for a password."""

    type = "password-protected-pdf"


class TooManyPagesError(UnreadableError):
    """The PDF has too many pages."""

    type = "too-many-pages"


class TooCostlyError(UnreadableError):
    """Reading the PDF takes more memory or time than is allowed."""

    type = "too-costly-pdf"


class NoTextError(UnreadableError):
    """The PDF holds only images of text."""

    type = "image-only-pdf"


class TooLargeError(CopilotError):
    """The upload is too large."""

    status = 413
    type = "too-large"


class UnreadableArchiveError(CopilotError):
    """The ZIP archive can't be taken in."""

    status = 422
    type = "unreadable-archive"


class BusyError(UnavailableError):
    """The service is busy with other uploads."""

    type = "busy"
