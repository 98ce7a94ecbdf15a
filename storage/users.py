"""People of an organization, by an id of ours and by what their identity provider calls them."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.errors import NotFoundError, PermissionDeniedError
from core.principal import Permission, person
from storage.api_keys import revoke_keys_of
from storage.database import Database


@dataclass(frozen=True)
class User:
    """A person."""

    id: UUID
    name: str | None
    created_at: datetime
    last_seen_at: datetime
    signed_out_at: datetime | None
    """Sessions from before are over."""
    deactivated_at: datetime | None
    """Since then neither tokens nor sessions nor keys of the person are accepted."""


class UserRepository:
    """Every call is one transaction, bound to one organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(
        self,
        organization_id: UUID,
        identity: str,
        name: str | None,
        permissions: AbstractSet[Permission],
    ) -> User:
        """Note that somebody was here and what they may do, which limits their API keys too.

        Raises:
            PermissionDeniedError: there is no such organization.
        """
        values = {
            "organization_id": organization_id,
            "identity": identity,
            "name": name,
            "permissions": sorted(permissions),
        }
        try:
            async with self._database.transaction(organization_id) as connection:
                row = (await connection.execute(text(_SEEN), values)).mappings().one()
        except IntegrityError as error:
            raise PermissionDeniedError(
                f"Organization {organization_id} isn't known here: an operator adds it with "
                "`copilot organizations add`."
            ) from error
        return User(**row)

    async def get(self, organization_id: UUID, user_id: UUID) -> User | None:
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(text(f"{_READ} where id = :id"), {"id": user_id})
            row = rows.mappings().one_or_none()
        return User(**row) if row else None

    async def all(self, organization_id: UUID) -> list[User]:
        """By when they were seen last, the newest first."""
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(text(f"{_READ} order by last_seen_at desc, id"))
            return [User(**row) for row in rows.mappings()]

    async def sign_out(self, organization_id: UUID, user_id: UUID) -> None:
        """End the sessions that the person has."""
        async with self._database.transaction(organization_id) as connection:
            await connection.execute(text(_SIGN_OUT), {"id": user_id})

    async def deactivate(self, organization_id: UUID, user_id: UUID) -> User:
        """Refuse a person from now on: end their sessions and revoke the keys that act for them.

        Raises:
            NotFoundError: the organization has no such person.
        """
        return await self._set_access(organization_id, user_id, _DEACTIVATE)

    async def reactivate(self, organization_id: UUID, user_id: UUID) -> User:
        """Let a person sign in again. Their keys stay revoked.

        Raises:
            NotFoundError: the organization has no such person.
        """
        return await self._set_access(organization_id, user_id, _REACTIVATE)

    async def _set_access(self, organization_id: UUID, user_id: UUID, statement: str) -> User:
        async with self._database.transaction(organization_id) as connection:
            # A key that is being made waits for this lock, and for the statement after it.
            locked = await connection.execute(text(_LOCK), {"id": user_id})
            if locked.first() is None:
                raise NotFoundError(f"No such user: {user_id}. GET /users lists yours.")
            await revoke_keys_of(connection, person(user_id))
            await connection.execute(text(statement), {"id": user_id})
            rows = await connection.execute(text(f"{_READ} where id = :id"), {"id": user_id})
            return User(**rows.mappings().one())


_COLUMNS = "id, name, created_at, last_seen_at, signed_out_at, deactivated_at"
_READ = f"select {_COLUMNS} from users"  # noqa: S608  # our own words
_SEEN = f"""
insert into users (organization_id, identity, name, permissions)
values (:organization_id, :identity, :name, cast(:permissions as text[]))
on conflict (organization_id, identity) do update
    set last_seen_at = now(), name = excluded.name, permissions = excluded.permissions
returning {_COLUMNS}
"""  # noqa: S608
_LOCK = "select 1 from users where id = :id for update"
_DEACTIVATE = """
update users set deactivated_at = coalesce(deactivated_at, now()), signed_out_at = now()
where id = :id
"""
_REACTIVATE = "update users set deactivated_at = null where id = :id"
_SIGN_OUT = "update users set signed_out_at = now() where id = :id"
