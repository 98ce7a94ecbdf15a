"""What an OpenID Connect provider says of itself: where to sign in, and its keys, which change."""

import asyncio
import json
from typing import Any

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from core.clock import Clock, SystemClock
from core.errors import UnavailableError

FRESH_SECONDS = 600
"""After which keys are fetched again, so that one that was withdrawn works no longer than that."""
STALE_SECONDS = 3600
"""For so long old keys count while the provider can't be reached."""
TRY_AGAIN_SECONDS = 10
"""At most so often tokens make us ask: anybody can send one with an unknown key, and while nobody
answers each would wait for that."""
WELL_KNOWN = "/.well-known/openid-configuration"


class Metadata(BaseModel):
    """The part of the discovery document that we use (OpenID Connect Discovery 1.0, section 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class Provider:
    """Asked once in a while; one at a time asks."""

    def __init__(self, issuer: str, http: httpx.AsyncClient, clock: Clock | None = None) -> None:
        self.issuer = issuer
        self._http = http
        self._clock = clock or SystemClock()
        self._lock = asyncio.Lock()
        self._metadata: Metadata | None = None
        self._keys: KeySet | None = None
        self._fetched_at = self._tried_at = float("-inf")

    async def metadata(self) -> Metadata:
        """Raises: UnavailableError: the provider can't be reached, or says what it mustn't."""
        async with self._lock:
            return await self._discover()

    async def keys(self, key_id: str | None) -> KeySet:
        """The provider's keys, fetched again if they are old or this one isn't among them.

        Raises:
            UnavailableError: there are none, and the provider can't be reached.
        """
        async with self._lock:
            if self._are_due(key_id):
                await self._refresh()
            if self._keys is None:
                raise self._out_of_reach()
            return self._keys

    def _are_due(self, key_id: str | None) -> bool:
        now = self._clock.now()
        if now - self._tried_at < TRY_AGAIN_SECONDS:
            return False
        is_known = any(key.kid == key_id for key in self._keys or ())
        return now - self._fetched_at > FRESH_SECONDS or not is_known

    async def _refresh(self) -> None:
        """A provider that can't be reached leaves the old keys, for a while."""
        self._tried_at = self._clock.now()
        try:
            metadata = await self._discover()
            self._keys = KeySet.import_key_set(await self._json(metadata.jwks_uri))
            self._fetched_at = self._clock.now()
        except (UnavailableError, JoseError, ValueError, KeyError, TypeError) as error:
            self._metadata = None  # it may have moved
            if self._clock.now() - self._fetched_at > STALE_SECONDS:
                self._keys = None
                raise self._out_of_reach() from error

    async def _discover(self) -> Metadata:
        if self._metadata is None:
            told = await self._json(self.issuer.rstrip("/") + WELL_KNOWN)
            try:
                metadata = Metadata.model_validate(told)
            except ValidationError as error:
                raise self._out_of_reach() from error
            if metadata.issuer != self.issuer:  # section 4.3: it would speak for somebody else
                raise UnavailableError(
                    "The identity provider calls itself otherwise than COPILOT_OIDC_ISSUER does."
                )
            self._metadata = metadata
        return self._metadata

    async def _json(self, url: str) -> Any:  # noqa: ANN401  # somebody else's JSON, checked by who asked
        try:
            response = await self._http.get(url)
            response.raise_for_status()
            return response.json()
        except (httpx.HTTPError, json.JSONDecodeError) as error:
            raise self._out_of_reach() from error

    def _out_of_reach(self) -> UnavailableError:
        return UnavailableError("The identity provider can't be reached. Try again soon.")
