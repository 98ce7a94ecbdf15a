"""Authentication as annotated types: a handler's signature states who may call it."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from core.errors import UnauthenticatedError
from core.principal import Permission, Principal, person
from server.audit.caller import Caller
from server.identity.api_keys import ApiKeys
from server.identity.authentication import Authentication
from server.identity.cross_site import refuse_other_sites
from server.identity.sessions import HOW_TO_SIGN_IN, LINKS_ARE_OFF, Signer
from storage.api_keys import ApiKeyRepository

COOKIE = "copilot_session"


def authentication(request: Request) -> Authentication:
    made: Authentication = request.app.state.authentication
    return made


def signer(request: Request) -> Signer:
    """Raises: UnauthenticatedError: links are off here."""
    made = authentication(request)
    if not made.takes_links:
        raise UnauthenticatedError(LINKS_ARE_OFF)
    return made.signer


def api_keys(request: Request) -> ApiKeys:
    return ApiKeys(ApiKeyRepository(request.app.state.runtime.database))


async def authenticate(request: Request) -> Principal:
    """The caller, from an API key, a bearer token or the session cookie.

    Raises:
        UnauthenticatedError: none is there, or it isn't valid.
        PermissionDeniedError: a token holds, and doesn't say who that is here.
        UnavailableError: who made a token can't be asked.
    """
    principal = await _principal(request)
    request.state.caller = Caller.of(request, principal)
    return principal


async def _principal(request: Request) -> Principal:
    ask, database = authentication(request), request.app.state.runtime.database
    key = request.headers.get("x-api-key")
    if key is not None:
        return await ask.by_key(database, key)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return await ask.by_bearer(database, token)
    session = request.cookies.get(COOKIE)
    if not session:
        raise UnauthenticatedError(f"Sign in first, or send X-API-Key. {HOW_TO_SIGN_IN}")
    refuse_other_sites(request)
    return await ask.by_session(database, session)


AuthenticationDep = Annotated[Authentication, Depends(authentication)]
SignedIn = Annotated[Principal, Depends(authenticate)]
"""Whoever it is: for what takes no permission."""


@dataclass(frozen=True)
class Holding:
    """A dependency: the caller, who has a permission."""

    permission: Permission

    def __call__(self, principal: Annotated[Principal, Depends(authenticate)]) -> Principal:
        """Raises: PermissionDeniedError."""
        principal.require(self.permission)
        return principal


@dataclass(frozen=True)
class HoldingEither:
    """A dependency: the caller, who has one of two permissions."""

    permission: Permission
    other: Permission

    def __call__(self, principal: Annotated[Principal, Depends(authenticate)]) -> Principal:
        """Raises: PermissionDeniedError: it names the first."""
        if not principal.may(self.other):
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
UserManager = Annotated[Principal, Depends(Holding(Permission.MANAGE_USERS))]
RetentionManager = Annotated[Principal, Depends(Holding(Permission.MANAGE_RETENTION))]
Uploader = Annotated[Principal, Depends(Holding(Permission.UPLOAD_DOCUMENT))]
Reader = Annotated[Principal, Depends(Holding(Permission.QUERY_DOCUMENT))]
Deleter = Annotated[Principal, Depends(Holding(Permission.DELETE_DOCUMENT))]
PersonalDataReader = Annotated[Principal, Depends(Holding(Permission.READ_PERSONAL))]
Auditor = Annotated[Principal, Depends(Holding(Permission.READ_AUDIT))]
KeyManager = Annotated[Principal, Depends(Holding(Permission.MANAGE_KEYS))]
JobManager = Annotated[Principal, Depends(Holding(Permission.MANAGE_JOBS))]
JobWatcher = Annotated[
    Principal, Depends(HoldingEither(Permission.UPLOAD_DOCUMENT, Permission.MANAGE_JOBS))
]
WebhookManager = Annotated[Principal, Depends(Holding(Permission.MANAGE_WEBHOOKS))]
Approver = Annotated[Principal, Depends(Holding(Permission.APPROVE_ACTION))]
ApprovalManager = Annotated[Principal, Depends(Holding(Permission.MANAGE_APPROVALS))]
