"""Tells files that are no PDF by their first and last bytes, without parsing them."""

from pathlib import Path

from knowledge.errors import EmptyFileError, NotAPdfError, TruncatedError

HEADER_WINDOW = 1024
"""The header may follow some bytes of mail or web wrapping (PDF 1.7, implementation note 13)."""
TRAILER_WINDOW = 4096


def check_envelope(path: Path) -> None:
    """Check that a file begins and ends like a PDF.

    Raises:
        EmptyFileError, NotAPdfError, TruncatedError: it does not.
    """
    size = path.stat().st_size
    if size == 0:
        raise EmptyFileError("The file has no bytes. Upload the PDF again.")
    with path.open("rb") as file:
        head = file.read(HEADER_WINDOW)
        file.seek(max(0, size - TRAILER_WINDOW))
        tail = file.read()
    if b"%PDF-" not in head:
        raise NotAPdfError("The file does not start like a PDF. Upload a .pdf file.")
    if b"startxref" not in tail:
        raise TruncatedError(
            "The PDF ends in the middle. Download or export it again, then upload it."
        )
