"""Signing in with a browser: the authorization code flow with PKCE, state and nonce."""

import secrets
from dataclasses import asdict, dataclass
from typing import Any

import httpx
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from itsdangerous import BadSignature, URLSafeTimedSerializer

from core.errors import UnauthenticatedError, UnavailableError
from server.identity.oidc.provider import Provider
from server.identity.oidc.tokens import OidcTokens

PENDING_SECONDS = 600
"""For which somebody may be busy signing in."""
AGAIN = "Begin again at /sign-in/oidc."


@dataclass(frozen=True)
class Pending:
    """A sign-in that has begun, kept by the browser, signed."""

    state: str
    nonce: str
    verifier: str
    """RFC 7636: proves that who brings the code is who asked for it."""
    redirect_uri: str


class BrowserSignIn:
    """Begins and ends sign-ins of one client."""

    def __init__(
        self, provider: Provider, client_id: str, client_secret: str | None, key: str
    ) -> None:
        """Args: key: signs what the browser keeps meanwhile."""
        self._provider = provider
        self._client_id = client_id
        self._client_secret = client_secret
        self._tokens = OidcTokens(provider, client_id)
        self._pending = URLSafeTimedSerializer(key, salt="oidc-sign-in")

    async def begin(self, redirect_uri: str) -> tuple[str, str]:
        """Returns: where to send the browser, and what it is to bring back.

        Raises:
            UnavailableError: the provider can't be reached.
        """
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        pending = Pending(state, nonce, verifier, redirect_uri)
        metadata = await self._provider.metadata()
        async with self._client(pending) as client:
            url, _ = client.create_authorization_url(
                metadata.authorization_endpoint,
                state=pending.state,
                nonce=pending.nonce,
                code_verifier=pending.verifier,
            )
        return url, self._pending.dumps(asdict(pending))

    async def end(self, kept: str | None, state: str, code: str) -> dict[str, Any]:
        """Returns: the claims of who signed in.

        Raises:
            UnauthenticatedError: the sign-in wasn't begun by this browser, or the provider refuses.
            UnavailableError: the provider can't be reached.
        """
        pending = self._begun(kept, state)
        metadata = await self._provider.metadata()
        try:
            async with self._client(pending) as client:
                token = await client.fetch_token(
                    metadata.token_endpoint, code=code, code_verifier=pending.verifier
                )
            return await self._tokens.claims(token["id_token"], nonce=pending.nonce)
        except (OAuthError, KeyError, TypeError, ValueError) as error:
            raise UnauthenticatedError(f"The identity provider refused. {AGAIN}") from error
        except httpx.HTTPError as error:
            raise UnavailableError("The identity provider can't be reached. Try again.") from error

    def _begun(self, kept: str | None, state: str) -> Pending:
        try:
            pending = Pending(**self._pending.loads(kept or "", max_age=PENDING_SECONDS))
        except (BadSignature, TypeError) as error:
            raise UnauthenticatedError(
                f"This sign-in wasn't begun by this browser, or long ago. {AGAIN}"
            ) from error
        if not secrets.compare_digest(pending.state.encode(), state.encode()):
            raise UnauthenticatedError(f"This is the answer to another sign-in. {AGAIN}")
        return pending

    def _client(self, pending: Pending) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._client_id,
            self._client_secret,
            scope="openid email profile",
            redirect_uri=pending.redirect_uri,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if self._client_secret else "none",
            timeout=10,
        )
