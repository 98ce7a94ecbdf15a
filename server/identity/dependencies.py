"""Authentication as annotated types: a handler's signature states who may call it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from core.errors import UnauthenticatedError
from core.principal import Permission, Principal
from server.identity.api_keys import ApiKeys
from server.identity.sessions import HOW_TO_SIGN_IN, Signer
from storage.api_keys import ApiKeyRepository

COOKIE = "copilot_session"


def signer(request: Request) -> Signer:
    made: Signer = request.app.state.signer
    return made


def api_keys(request: Request) -> ApiKeys:
    return ApiKeys(ApiKeyRepository(request.app.state.runtime.database))


async def authenticate(request: Request) -> Principal:
    """The caller, from an API key, a bearer token or the session cookie. Others join here.

    Raises:
        UnauthenticatedError: none is there, or it isn't valid.
    """
    key = request.headers.get("x-api-key")
    if key is not None:
        principal = await api_keys(request).principal(key)
    else:
        principal = _from_session(request)
    request.state.principal = principal
    return principal


def _from_session(request: Request) -> Principal:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    session = token if scheme.lower() == "bearer" else request.cookies.get(COOKIE)
    if not session:
        raise UnauthenticatedError(f"Sign in first, or send X-API-Key. {HOW_TO_SIGN_IN}")
    return signer(request).principal(session)


def _holding(permission: Permission) -> Callable[[Principal], Principal]:
    def check(principal: Annotated[Principal, Depends(authenticate)]) -> Principal:
        principal.require(permission)
        return principal

    return check


Uploader = Annotated[Principal, Depends(_holding(Permission.UPLOAD_DOCUMENT))]
Reader = Annotated[Principal, Depends(_holding(Permission.QUERY_DOCUMENT))]
Approver = Annotated[Principal, Depends(_holding(Permission.APPROVE_ACTION))]
KeyManager = Annotated[Principal, Depends(_holding(Permission.MANAGE_KEYS))]
WebhookManager = Annotated[Principal, Depends(_holding(Permission.MANAGE_WEBHOOKS))]
READER = Depends(_holding(Permission.QUERY_DOCUMENT))
"""For routes that somebody else's code makes."""
