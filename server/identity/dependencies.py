"""Authentication as annotated types: a handler's signature states who may call it."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from core.errors import UnauthenticatedError
from core.principal import Permission, Principal, person
from server.audit.caller import Caller
from server.identity.api_keys import ApiKeys
from server.identity.cross_site import refuse_other_sites
from server.identity.sessions import HOW_TO_SIGN_IN, LINKS_ARE_OFF, Signer
from storage.api_keys import ApiKeyRepository

COOKIE = "copilot_session"


def signer(request: Request) -> Signer:
    """Raises: UnauthenticatedError: links and sessions are off here."""
    made: Signer | None = request.app.state.signer
    if made is None:
        raise UnauthenticatedError(LINKS_ARE_OFF)
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
    request.state.caller = Caller.of(request, principal)
    return principal


def _from_session(request: Request) -> Principal:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return signer(request).principal(token)
    session = request.cookies.get(COOKIE)
    if not session:
        raise UnauthenticatedError(f"Sign in first, or send X-API-Key. {HOW_TO_SIGN_IN}")
    refuse_other_sites(request)
    return signer(request).principal(session)


@dataclass(frozen=True)
class Holding:
    """A dependency: the caller, who has a permission."""

    permission: Permission

    def __call__(self, principal: Annotated[Principal, Depends(authenticate)]) -> Principal:
        """Raises: PermissionDeniedError."""
        principal.require(self.permission)
        return principal


@dataclass(frozen=True)
class HoldingOrOneself:
    """A dependency: the caller, who is the user of the path or has a permission."""

    permission: Permission

    def __call__(
        self, user_id: UUID, principal: Annotated[Principal, Depends(authenticate)]
    ) -> Principal:
        """Raises: PermissionDeniedError."""
        if principal.subject != person(user_id):
            principal.require(self.permission)
        return principal


OnesOwnOrUserManager = Annotated[Principal, Depends(HoldingOrOneself(Permission.MANAGE_USERS))]
RetentionManager = Annotated[Principal, Depends(Holding(Permission.MANAGE_RETENTION))]
Uploader = Annotated[Principal, Depends(Holding(Permission.UPLOAD_DOCUMENT))]
Reader = Annotated[Principal, Depends(Holding(Permission.QUERY_DOCUMENT))]
Deleter = Annotated[Principal, Depends(Holding(Permission.DELETE_DOCUMENT))]
Auditor = Annotated[Principal, Depends(Holding(Permission.READ_AUDIT))]
KeyManager = Annotated[Principal, Depends(Holding(Permission.MANAGE_KEYS))]
WebhookManager = Annotated[Principal, Depends(Holding(Permission.MANAGE_WEBHOOKS))]
