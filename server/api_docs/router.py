"""The two pages, and the files that they load."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).parent / "static"
_SHARED = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
)
SWAGGER_POLICY = _SHARED + "style-src 'self'"
# ReDoc makes its style sheets as it runs, and searches in a worker made of a blob.
REDOC_POLICY = _SHARED + "style-src 'unsafe-inline'; worker-src blob:"

router = APIRouter(include_in_schema=False)
static_files = StaticFiles(directory=STATIC)


@router.get("/docs")
async def docs() -> FileResponse:
    """Every operation, to try it out (Swagger UI)."""
    return _page("docs.html", SWAGGER_POLICY)


@router.get("/redoc")
async def redoc() -> FileResponse:
    """Every operation, to read (ReDoc)."""
    return _page("redoc.html", REDOC_POLICY)


def _page(name: str, policy: str) -> FileResponse:
    headers = {"content-security-policy": policy, "cache-control": "no-cache"}
    return FileResponse(STATIC / name, media_type="text/html; charset=utf-8", headers=headers)
