"""One principal from four sources: API keys, Firebase, an OpenID Connect provider, and sessions."""

import base64
import json
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import httpx

from core.errors import PermissionDeniedError, UnauthenticatedError
from core.principal import Principal, local_principal
from core.settings import Settings
from server.identity.api_keys import ApiKeys
from server.identity.claims import ClaimNames, claimed
from server.identity.oidc.browser import BrowserSignIn
from server.identity.oidc.provider import Provider
from server.identity.oidc.tokens import OidcTokens
from server.identity.people import DEACTIVATED, KnownPeople, People
from server.identity.sessions import LINKS_ARE_OFF, Session, Signer, session_over
from storage.api_keys import ApiKeyRepository
from storage.database import Database
from storage.users import UserRepository


class Tokens(Protocol):
    """Checks the tokens of one issuer."""

    @property
    def issuer(self) -> str: ...

    async def claims(self, token: str) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Source:
    """An identity provider, with what its claims are called."""

    name: str
    tokens: Tokens
    names: ClaimNames


class Authentication:
    """The sources that the settings name, for as long as the service runs."""

    def __init__(self, settings: Settings, key: str) -> None:
        """Args: key: signs sessions.

        Raises:
            ConfigurationError: a source's settings are wrong.
        """
        self.signer = Signer(key)
        self.takes_links = settings.takes_sign_in_links
        self.browser: BrowserSignIn | None = None
        self._known = KnownPeople()
        self._sources: dict[str, Source] = {}
        self._closing = AsyncExitStack()
        if settings.firebase_service_account_json:
            self._take_firebase(settings.firebase_service_account_json.get_secret_value())
        if settings.oidc_issuer and settings.oidc_client_id:
            self._take_oidc(settings, settings.oidc_issuer, settings.oidc_client_id, key)

    def take(self, source: Source) -> None:
        """Let its tokens in."""
        self._sources[source.tokens.issuer] = source

    def people(self, database: Database) -> People:
        return People(UserRepository(database), self._known)

    async def by_key(self, database: Database, key: str) -> Principal:
        """Raises: UnauthenticatedError."""
        return await ApiKeys(ApiKeyRepository(database)).principal(key)

    async def by_bearer(self, database: Database, token: str) -> Principal:
        """Of a token of an identity provider, or of a session for scripts.

        Raises:
            UnauthenticatedError, PermissionDeniedError, UnavailableError: what the source raises.
        """
        issuer = _unverified_issuer(token)
        if issuer is None:
            return await self.by_session(database, token)
        source = self._sources.get(issuer)
        if source is None:
            taken = ", ".join(each.name for each in self._sources.values()) or "none"
            raise UnauthenticatedError(
                f"Tokens of this issuer aren't taken here. Taken are those of: {taken}."
            )
        claims = await source.tokens.claims(token)
        return await self.people(database).principal(claimed(claims, source.names))

    async def by_session(self, database: Database, token: str) -> Principal:
        """Accept a session.

        Raises:
            UnauthenticatedError: forged, too old, ended, or its person was erased.
            PermissionDeniedError: its person was deactivated.
        """
        session = self.signer.session(token)
        if session.by_link and not self.takes_links:
            raise UnauthenticatedError(LINKS_ARE_OFF)
        await self._require_open(database, session)
        return local_principal() if session.by_link else session.principal

    async def signed_in(self, database: Database, claims: Mapping[str, Any]) -> str:
        """A session for who signed in with a browser at the OpenID Connect provider.

        Raises:
            PermissionDeniedError: the claims don't say who that is here.
        """
        source = next(each for each in self._sources.values() if each.name == "oidc")
        who = claimed(claims, source.names)
        principal = await self.people(database).principal(who)
        return self.signer.new_session(principal, by_link=False)

    async def aclose(self) -> None:
        await self._closing.aclose()

    async def _require_open(self, database: Database, session: Session) -> None:
        whose = session.principal
        user_id = UUID(whose.subject.removeprefix("user:"))
        user = await self.people(database).user(whose.organization_id, user_id)
        if user is None or (user.signed_out_at and session.began_at <= user.signed_out_at):
            raise session_over()
        if user.deactivated_at is not None:
            raise PermissionDeniedError(DEACTIVATED)

    def _take_firebase(self, service_account: str) -> None:
        from server.identity.firebase import FirebaseTokens  # noqa: PLC0415  # 0.3 s to import

        tokens = FirebaseTokens(service_account)
        self._closing.callback(tokens.close)
        self.take(Source("firebase", tokens, ClaimNames()))

    def _take_oidc(self, settings: Settings, issuer: str, client_id: str, key: str) -> None:
        http = httpx.AsyncClient(timeout=5)
        self._closing.push_async_callback(http.aclose)
        provider = Provider(issuer, http)
        names = ClaimNames(
            settings.oidc_organization_claim,
            settings.oidc_role_claim,
            settings.oidc_permissions_claim,
        )
        tokens = OidcTokens(provider, settings.oidc_audience or client_id)
        self.take(Source("oidc", tokens, names))
        secret = settings.oidc_client_secret
        self.browser = BrowserSignIn(
            provider, client_id, secret.get_secret_value() if secret else None, key
        )


def _unverified_issuer(token: str) -> str | None:
    """Whose token it claims to be, if it is a JWT: only to choose who checks it."""
    try:
        _header, payload, _signature = token.split(".")
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except ValueError:
        return None
    return str(claims.get("iss")) if isinstance(claims, dict) else None
