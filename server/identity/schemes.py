"""How a caller can say who it is, for the OpenAPI document; `authenticate` reads it itself."""

from typing import Annotated

from fastapi import Security
from fastapi.security import APIKeyCookie, APIKeyHeader, HTTPBearer

COOKIE = "copilot_session"

BEARER = HTTPBearer(
    scheme_name="bearer",
    description="A token from POST /sign-in, or your identity provider's.",
    auto_error=False,
)
API_KEY = APIKeyHeader(
    name="X-API-Key",
    scheme_name="apiKey",
    description="Made by POST /keys or `copilot keys add`.",
    auto_error=False,
)
SESSION = APIKeyCookie(
    name=COOKIE,
    scheme_name="session",
    description="Set by signing in with a browser.",
    auto_error=False,
)


async def declared(
    _bearer: Annotated[object, Security(BEARER)],
    _api_key: Annotated[object, Security(API_KEY)],
    _session: Annotated[object, Security(SESSION)],
) -> None:
    """Name the schemes: FastAPI lists them with every operation that depends on this."""
