"""The page and the index at `/`, and the page's own files."""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from server.home.negotiation import prefers_html
from server.identity.dependencies import AuthenticationDep

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Nothing but the page's own files and this service."""
LINKS = {
    "ask": "/ask",
    "ask_streaming": "/ask/stream",
    "upload_pdf": "/upload-pdf",
    "documents": "/documents",
    "threads": "/threads",
    "approvals": "/approvals",
    "agent": "/agent",
    "playground": "/agent/playground/",
    "openapi": "/openapi.json",
    "docs": "/docs",
    "redoc": "/redoc",
    "health": "/health",
    "ready": "/ready",
}

router = APIRouter()
static_files = StaticFiles(directory=STATIC)


@router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
async def home(request: Request, authentication: AuthenticationDep) -> Response:
    """A page for browsers, JSON with links for everything else."""
    vary = {"vary": "Accept"}
    if prefers_html(request.headers.get("accept", "")):
        return FileResponse(
            STATIC / "home.html",
            media_type="text/html; charset=utf-8",
            headers={"content-security-policy": POLICY, "cache-control": "no-cache", **vary},
        )
    sign_in = {}
    if authentication.takes_links:
        sign_in["link"] = "/sign-in"
    if authentication.browser is not None:
        sign_in["provider"] = "/sign-in/oidc"
    app = request.app
    index = {"name": app.title, "version": app.version, "links": LINKS, "sign_in": sign_in}
    return JSONResponse(index, headers=vary)
