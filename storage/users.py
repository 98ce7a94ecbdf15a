"""People of an organization, by an id of ours and by what their identity provider calls them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.errors import PermissionDeniedError
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


class UserRepository:
    """Every call is one transaction, bound to one organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(self, organization_id: UUID, identity: str, name: str | None) -> User:
        """Note that somebody was here, for the first time or again.

        Raises:
            PermissionDeniedError: there is no such organization.
        """
        values = {"organization_id": organization_id, "identity": identity, "name": name}
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


_COLUMNS = "id, name, created_at, last_seen_at, signed_out_at"
_READ = f"select {_COLUMNS} from users"  # noqa: S608  # our own words
_SEEN = f"""
insert into users (organization_id, identity, name) values (:organization_id, :identity, :name)
on conflict (organization_id, identity) do update set last_seen_at = now(), name = excluded.name
returning {_COLUMNS}
"""  # noqa: S608
_SIGN_OUT = "update users set signed_out_at = now() where id = :id"
