"""The page and the index at `/`, and the page's own files."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from server.home.negotiation import prefers_html
from server.home.page import STATIC, home_page
from server.identity.dependencies import AuthenticationDep

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
    if prefers_html(request.headers.get("accept", "")):
        return home_page()
    sign_in = {}
    if authentication.takes_links:
        sign_in["link"] = "/sign-in"
    if authentication.browser is not None:
        sign_in["provider"] = "/sign-in/oidc"
    app = request.app
    index = {"name": app.title, "version": app.version, "links": LINKS, "sign_in": sign_in}
    return JSONResponse(index, headers={"vary": "Accept"})
