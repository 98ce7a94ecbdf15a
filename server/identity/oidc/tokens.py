"""Tokens of an OpenID Connect provider."""

import json
from typing import Any

from joserfc import jwt
from joserfc.errors import DecodeError, ExpiredTokenError, JoseError
from joserfc.jws import extract_compact
from joserfc.jwt import JWTClaimsRegistry

from core.errors import UnauthenticatedError
from server.identity.oidc.provider import Provider

ALGORITHMS = ("RS256", "ES256")
LEEWAY_SECONDS = 10
MUST = {"essential": True}


class OidcTokens:
    """Checks signature, issuer, audience and times (OpenID Connect Core 1.0, section 3.1.3.7)."""

    def __init__(self, provider: Provider, audience: str) -> None:
        self._provider = provider
        self._audience = audience

    @property
    def issuer(self) -> str:
        return self._provider.issuer

    async def claims(self, token: str, *, nonce: str | None = None) -> dict[str, Any]:
        """Of a token that holds.

        Args:
            token: as it was sent.
            nonce: of the sign-in that it belongs to; None for access tokens.

        Raises:
            UnauthenticatedError: it doesn't hold.
            UnavailableError: the provider's keys can't be had.
        """
        try:
            keys = await self._provider.keys(_key_id(token))
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            self._registry(nonce).validate(claims)
        except ExpiredTokenError as error:
            raise UnauthenticatedError("This token has expired: sign in again.") from error
        except (JoseError, ValueError, TypeError) as error:
            raise UnauthenticatedError(
                "This token is not valid here: send one that your identity provider made for this "
                "service."
            ) from error
        return claims

    def _registry(self, nonce: str | None) -> JWTClaimsRegistry:
        claims: dict[str, Any] = {
            "iss": MUST | {"value": self.issuer},
            "aud": MUST | {"value": self._audience},
            "sub": MUST,
            "exp": MUST,
        }
        if nonce is not None:
            claims["nonce"] = MUST | {"value": nonce}
        return JWTClaimsRegistry(leeway=LEEWAY_SECONDS, **claims)


def _key_id(token: str) -> str | None:
    try:
        key_id = extract_compact(token.encode()).headers().get("kid")
    except (DecodeError, json.JSONDecodeError) as error:
        raise ValueError("no JWS") from error
    return key_id if isinstance(key_id, str) else None
