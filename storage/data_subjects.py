"""What is stored of a person: who they are, what they brought in, what they asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from core.errors import NotFoundError
from core.principal import Principal
from storage.database import Database


@dataclass(frozen=True)
class Brought:
    """A version that a person uploaded."""

    document_id: UUID
    document: str
    number: int
    private: bool
    status: str
    sha256: str
    size_bytes: int
    created_at: datetime


class DataSubjectRepository:
    """Every call is one transaction, bound to the person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def profile(self, whose: Principal, user_id: UUID) -> dict[str, Any]:
        """Raises: NotFoundError."""
        async with self._database.transaction(whose) as connection:
            rows = await connection.execute(text(_PROFILE), {"id": user_id})
            row = rows.mappings().one_or_none()
        if row is None:
            raise NotFoundError(f"No such user: {user_id}. GET /users lists yours.")
        return dict(row)

    async def brought(self, whose: Principal) -> list[Brought]:
        """The oldest first."""
        async with self._database.transaction(whose) as connection:
            rows = await connection.execute(text(_BROUGHT), {"subject": whose.subject})
            return [Brought(**row) for row in rows.mappings()]

    async def threads(self, whose: Principal) -> list[dict[str, Any]]:
        """The oldest first."""
        return await self._rows(whose, _THREADS)

    async def feedback(self, whose: Principal) -> list[dict[str, Any]]:
        """What the person thinks of answers, the oldest first."""
        return await self._rows(whose, _FEEDBACK)

    async def approvals(self, whose: Principal) -> list[dict[str, Any]]:
        """Side effects that the person asked for or decided on, the oldest first."""
        return await self._rows(whose, _APPROVALS)

    async def _rows(self, whose: Principal, query: str) -> list[dict[str, Any]]:
        async with self._database.transaction(whose) as connection:
            rows = await connection.execute(text(query), {"subject": whose.subject})
            return [dict(row) for row in rows.mappings()]


_PROFILE = """
select id, identity, name, created_at, last_seen_at, signed_out_at from users where id = :id
"""
_BROUGHT = """
select v.document_id, d.name as document, v.number, d.private_to is not null as private, v.status,
       v.sha256, v.size_bytes, v.created_at
from document_versions v join documents d on d.id = v.document_id
where v.uploaded_by = :subject order by v.created_at, v.id
"""
_THREADS = """
select id, name, created_at, last_used_at from threads where subject = :subject
order by created_at, id
"""
_FEEDBACK = """
select run_id, score, comment, given_at from feedback where subject = :subject order by given_at
"""
# Of those that others asked for, nothing of what they were about to send.
_APPROVALS = """
select id, run_id, tool, case when requested_by = :subject then payload end as payload,
       requested_by = :subject as requested, status, decided_by = :subject as decided,
       case when decided_by = :subject then reason end as reason, created_at, decided_at
from approvals where :subject in (requested_by, decided_by) order by created_at, id
"""
