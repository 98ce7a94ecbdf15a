"""The API keys of an organization's machines: hashes, never the keys themselves.

A key acts for a person, and never has a permission that this person lacks.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import NotFoundError
from core.principal import Permission
from storage.database import Database

NO_DIGEST = bytes(32)


class KeyState(StrEnum):
    """Whether a key opens anything, by the database's clock."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class ApiKey:
    """A key as it can be shown again."""

    id: UUID
    name: str
    prefix: str
    """How the key begins, so that its owner knows it again."""
    permissions: frozenset[Permission]
    """As granted; what a request may do is also limited to what the person has."""
    created_by: str
    acts_for: str
    """The person (`user:ID`) at the root: a key made with a key acts for the same person."""
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    """Within a minute."""
    state: KeyState


@dataclass(frozen=True)
class NewApiKey:
    """A key to be."""

    id: UUID
    name: str
    prefix: str
    digest: bytes = field(repr=False)
    """SHA-256 of the whole key, which is random enough to need no slower hash."""
    permissions: frozenset[Permission]
    created_by: str
    acts_for: str
    lasts: timedelta


@dataclass(frozen=True)
class PresentedKey:
    """A key that a request was made with."""

    key: ApiKey
    effective_permissions: frozenset[Permission]
    """Of the granted ones, those that the person had when last seen."""


class ApiKeyRepository:
    """Every call is one transaction, bound to one organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, organization_id: UUID, key: NewApiKey) -> ApiKey:
        """Returns: as stored."""
        async with self._database.transaction(organization_id) as connection:
            await connection.execute(
                text(_ADD),
                {
                    "organization_id": organization_id,
                    "id": key.id,
                    "name": key.name,
                    "prefix": key.prefix,
                    "digest": key.digest,
                    "permissions": sorted(key.permissions),
                    "created_by": key.created_by,
                    "acts_for": key.acts_for,
                    "lasts": key.lasts,
                },
            )
            row = (await connection.execute(text(_READ), {"id": key.id})).mappings().one()
        return _key(row)

    async def all(self, organization_id: UUID) -> list[ApiKey]:
        """The newest first."""
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(text(_READ), {"id": None})
            return [_key(row) for row in rows.mappings()]

    async def get(self, organization_id: UUID, key_id: UUID) -> ApiKey:
        """Raises: NotFoundError."""
        async with self._database.transaction(organization_id) as connection:
            row = (await connection.execute(text(_READ), {"id": key_id})).mappings().one_or_none()
        if row is None:
            raise _unknown(key_id)
        return _key(row)

    async def matching(
        self, organization_id: UUID, key_id: UUID, digest: bytes
    ) -> PresentedKey | None:
        """Find the key with this id and hash and note its use, in constant time for guesses."""
        async with self._database.glance(organization_id) as connection:
            row = await (await connection.execute(_CHECK, (key_id,))).fetchone()
            stored = NO_DIGEST if row is None else row["digest"]
            if not hmac.compare_digest(stored, digest) or row is None:
                return None
            if row["is_news"]:
                await connection.execute(_USED, (key_id,))
        return PresentedKey(_key(row), frozenset(map(Permission, row["effective_permissions"])))

    async def end(self, organization_id: UUID, key_id: UUID, after: timedelta) -> None:
        """Let a key expire after a while, unless it does so earlier.

        Raises:
            NotFoundError: there is none.
        """
        async with self._database.transaction(organization_id) as connection:
            ended = await connection.execute(text(_END), {"id": key_id, "after": after})
        if ended.rowcount == 0:
            raise _unknown(key_id)

    async def revoke(self, organization_id: UUID, key_id: UUID) -> None:
        """From the next request on. A second time changes nothing.

        Raises:
            NotFoundError: there is none.
        """
        async with self._database.transaction(organization_id) as connection:
            revoked = await connection.execute(text(_REVOKE), {"id": key_id})
        if revoked.rowcount == 0:
            raise _unknown(key_id)


async def revoke_keys_of(connection: AsyncConnection, person: str) -> None:
    """Revoke every key that acts for a person, within the transaction that ends their access."""
    await connection.execute(text(_REVOKE_KEYS_OF), {"acts_for": person})


def _key(row: Mapping[Any, Any]) -> ApiKey:
    columns = {name: row[name] for name in ApiKey.__dataclass_fields__}
    permissions = frozenset(map(Permission, row["permissions"]))
    return ApiKey(**columns | {"permissions": permissions, "state": KeyState(row["state"])})


def _unknown(key_id: UUID) -> NotFoundError:
    return NotFoundError(f"No such key: {key_id}. GET /keys lists yours.")


_ADD = """
insert into api_keys
    (id, organization_id, name, prefix, digest, permissions, created_by, acts_for, expires_at)
values (:id, :organization_id, :name, :prefix, :digest, :permissions, :created_by, :acts_for,
        now() + :lasts)
"""
_READ = """
select id, name, prefix, digest, permissions, created_by, acts_for, created_at, expires_at,
       revoked_at, last_used_at,
       case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired'
            else 'active' end as state
from api_keys where cast(:id as uuid) is null or id = :id
order by created_at desc, id
"""
_CHECK = """
select k.id, k.name, k.prefix, k.digest, k.permissions, k.created_by, k.acts_for, k.created_at,
       k.expires_at, k.revoked_at, k.last_used_at,
       case when k.revoked_at is not null or u.id is null or u.deactivated_at is not null
            then 'revoked' when k.expires_at <= now() then 'expired' else 'active' end as state,
       k.last_used_at is null or k.last_used_at < now() - interval '1 minute' as is_news,
       case when u.permissions is null then k.permissions
            else array(select unnest(k.permissions) intersect select unnest(u.permissions))
       end as effective_permissions
from api_keys k left join users u on u.id = k.user_id
where k.id = %s
"""
_USED = "update api_keys set last_used_at = now() where id = %s"
_END = "update api_keys set expires_at = least(expires_at, now() + :after) where id = :id"
_REVOKE_KEYS_OF = """
update api_keys set revoked_at = now() where acts_for = :acts_for and revoked_at is null
"""
_REVOKE = "update api_keys set revoked_at = coalesce(revoked_at, now()) where id = :id"
