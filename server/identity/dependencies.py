"""Authentication as annotated types: a handler's signature states who may call it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from core.errors import UnauthenticatedError
from core.principal import Permission, Principal
from server.identity.sessions import HOW_TO_SIGN_IN, Signer

COOKIE = "copilot_session"


def signer(request: Request) -> Signer:
    made: Signer = request.app.state.signer
    return made


def authenticate(request: Request) -> Principal:
    """The caller, from a bearer token or the session cookie. Other identities join here.

    Raises:
        UnauthenticatedError: neither is there, or it isn't valid.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    session = token if scheme.lower() == "bearer" else request.cookies.get(COOKIE)
    if not session:
        raise UnauthenticatedError(f"Sign in first. {HOW_TO_SIGN_IN}")
    principal = signer(request).principal(session)
    request.state.principal = principal
    return principal


def _holding(permission: Permission) -> Callable[[Principal], Principal]:
    def check(principal: Annotated[Principal, Depends(authenticate)]) -> Principal:
        principal.require(permission)
        return principal

    return check


Uploader = Annotated[Principal, Depends(_holding(Permission.UPLOAD_DOCUMENT))]
Reader = Annotated[Principal, Depends(_holding(Permission.QUERY_DOCUMENT))]
Approver = Annotated[Principal, Depends(_holding(Permission.APPROVE_ACTION))]
WebhookManager = Annotated[Principal, Depends(_holding(Permission.MANAGE_WEBHOOKS))]
READER = Depends(_holding(Permission.QUERY_DOCUMENT))
"""For routes that somebody else's code makes."""
