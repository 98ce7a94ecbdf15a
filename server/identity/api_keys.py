"""API keys: how they are written, made, rotated and checked."""

import base64
import hashlib
import re
import secrets
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from core.errors import PermissionDeniedError, UnauthenticatedError
from core.principal import Permission, Principal
from storage.api_keys import ApiKey, ApiKeyRepository, KeyState, NewApiKey

SHOWN = 12
"""Characters by which a key is known again."""
HOW_TO_GET_ONE = "Make one with `copilot keys add` or POST /keys."
_KEY = re.compile(r"cpk_(?P<ids>[\w-]{43})_[\w-]{43}", re.ASCII)


@dataclass(frozen=True)
class WrittenKey:
    """`cpk_`, the ids of key and organization, `_` and a secret.

    The organization stands in the key, so that the row is looked for within it alone: no query
    here reads across organizations.
    """

    key_id: UUID
    organization_id: UUID
    text: str

    @classmethod
    def new(cls, organization_id: UUID) -> "WrittenKey":
        key_id = uuid4()
        ids = base64.urlsafe_b64encode(key_id.bytes + organization_id.bytes).decode().rstrip("=")
        return cls(key_id, organization_id, f"cpk_{ids}_{secrets.token_urlsafe(32)}")

    @classmethod
    def parse(cls, text: str) -> "WrittenKey":
        """Raises: UnauthenticatedError: it isn't written like a key."""
        found = _KEY.fullmatch(text)
        if found is None:
            raise _invalid()
        ids = base64.urlsafe_b64decode(f"{found['ids']}=")
        return cls(UUID(bytes=ids[:16]), UUID(bytes=ids[16:]), text)

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.text.encode()).digest()

    @property
    def prefix(self) -> str:
        return self.text[:SHOWN]


@dataclass(frozen=True)
class Grant:
    """What a key is to be."""

    name: str
    permissions: frozenset[Permission]
    lasts: timedelta


class ApiKeys:
    """What handlers do with keys."""

    def __init__(self, keys: ApiKeyRepository) -> None:
        self._keys = keys

    async def make(self, principal: Principal, grant: Grant) -> tuple[ApiKey, str]:
        """Make a key that acts for the person behind the request.

        Returns: the key and its text, which can't be had again.

        Raises:
            PermissionDeniedError: the principal lacks a permission that it would give.
        """
        principal.require(Permission.MANAGE_KEYS)
        _refuse_more(principal, grant.permissions)
        written = WrittenKey.new(principal.organization_id)
        new = NewApiKey(
            written.key_id,
            grant.name,
            written.prefix,
            written.digest,
            grant.permissions,
            principal.subject,
            principal.person,
            grant.lasts,
        )
        return await self._keys.add(principal.organization_id, new), written.text

    async def rotate(
        self, principal: Principal, key_id: UUID, overlap: timedelta, lasts: timedelta
    ) -> tuple[ApiKey, str]:
        """Make a key in another's place, which works on for a while.

        The new key acts for whoever rotates.

        Raises:
            NotFoundError: there is none.
            PermissionDeniedError: the principal lacks a permission that the key has.
        """
        principal.require(Permission.MANAGE_KEYS)
        old = await self._keys.get(principal.organization_id, key_id)
        made = await self.make(principal, Grant(old.name, old.permissions, lasts))
        await self._keys.end(principal.organization_id, key_id, overlap)
        return made

    async def principal(self, text: str) -> Principal:
        """Raises: UnauthenticatedError: unknown, expired or revoked."""
        written = WrittenKey.parse(text)
        found = await self._keys.matching(written.organization_id, written.key_id, written.digest)
        if found is None:
            raise _invalid()
        key = found.key
        if key.state is not KeyState.ACTIVE:
            raise UnauthenticatedError(f"This API key is {key.state}. {HOW_TO_GET_ONE}")
        return Principal(
            f"key:{key.id}", written.organization_id, found.effective_permissions, key.acts_for
        )


def _refuse_more(principal: Principal, permissions: AbstractSet[Permission]) -> None:
    lacking = sorted(permissions - principal.permissions)
    if lacking:
        raise PermissionDeniedError(
            f"A key has at most the permissions of who makes it. You lack {', '.join(lacking)}."
        )


def _invalid() -> UnauthenticatedError:
    return UnauthenticatedError(f"This API key is not valid. {HOW_TO_GET_ONE}")
