"""The page for people, and what it may load."""

from pathlib import Path

from fastapi.responses import FileResponse

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Nothing but the page's own files and this service."""


def home_page(status_code: int = 200) -> FileResponse:
    """The page as a response."""
    headers = {"content-security-policy": POLICY, "cache-control": "no-cache", "vary": "Accept"}
    return FileResponse(
        STATIC / "home.html",
        status_code=status_code,
        media_type="text/html; charset=utf-8",
        headers=headers,
    )
