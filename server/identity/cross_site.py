"""No page of another site acts with a visitor's cookie.

The cookie's `SameSite=Strict` says so to the browser already; this holds where a browser or a
sibling domain does otherwise.
"""

from urllib.parse import urlsplit

from fastapi import Request

from core.errors import PermissionDeniedError

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_other_sites(request: Request) -> None:
    """Of requests that may change something: browsers name the origin of the page that sends them.

    Raises:
        PermissionDeniedError: it is neither this service's nor one of FRONTEND_ORIGINS.
    """
    origin = request.headers.get("origin")
    if request.method in READING or origin is None or origin in request.app.state.origins:
        return
    # By host alone: behind a proxy that ends TLS, the scheme differs.
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise PermissionDeniedError(
            f"A page of {origin} may not act here with your session. "
            "If it is yours, name it in FRONTEND_ORIGINS."
        )
