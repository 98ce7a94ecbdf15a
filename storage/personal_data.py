"""Personal data that was masked, sealed with the installation's key (AES-GCM)."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from core.errors import ConflictError
from core.principal import Principal
from storage.database import Database
from storage.indexing import lock_pending

NONCE_BYTES = 12


@dataclass(frozen=True)
class MaskedRow:
    """What a mask hides: `text` stood at `start` to `end` of a page's text."""

    page: int
    start: int
    end: int
    kind: str
    text: str


class Sealing:
    """Encrypts what only those with a permission are to read."""

    def __init__(self, installation_key: str) -> None:
        kdf = HKDF(SHA256(), 32, salt=None, info=b"personal data")
        self._cipher = AESGCM(kdf.derive(installation_key.encode()))

    def seal(self, text: str, bound_to: str) -> bytes:
        """Args: bound_to: what it is about, without which it doesn't open."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), bound_to.encode())

    def open(self, sealed: bytes, bound_to: str) -> str:
        """Raises: ConflictError: it was sealed with another key."""
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, rest, bound_to.encode()).decode()
        except InvalidTag as error:
            raise ConflictError(
                "This was masked under another key of the installation. Set COPILOT_SECRET_KEY to "
                "the one of that time, or upload the document again."
            ) from error


class PersonalDataRepository:
    """Every call is one transaction, bound to a principal."""

    def __init__(self, database: Database, sealing: Sealing) -> None:
        self._database = database
        self._sealing = sealing

    async def add(
        self,
        principal: Principal,
        version_id: UUID,
        rows: Sequence[MaskedRow],
        attempt: datetime | None = None,
    ) -> None:
        """Keep what was masked; rows that are there already are replaced.

        Raises:
            NotPendingError: the version was cancelled, or another attempt at it has begun.
        """
        if not rows:
            return
        async with self._database.psycopg_transaction(principal) as connection:
            await lock_pending(connection, version_id, attempt)
            await self.store(connection, principal.organization_id, version_id, rows)

    async def store(
        self,
        connection: AsyncConnection[DictRow],
        organization_id: UUID,
        version_id: UUID,
        rows: Sequence[MaskedRow],
    ) -> None:
        """The same within a transaction of somebody who sees the version."""
        values = [
            (
                organization_id,
                version_id,
                row.page,
                row.start,
                row.end,
                row.kind,
                self._sealing.seal(row.text, _place(version_id, row.page, row.start)),
            )
            for row in rows
        ]
        await connection.cursor().executemany(_ADD, values)

    async def of_version(
        self, principal: Principal, version_id: UUID, page: int | None = None
    ) -> list[MaskedRow]:
        """In reading order.

        Raises:
            ConflictError: it was masked under another key.
        """
        async with self._database.psycopg_transaction(principal) as connection:
            rows = await (
                await connection.execute(_READ, {"version": version_id, "page": page})
            ).fetchall()
        return [
            MaskedRow(
                row["page"],
                row["start_offset"],
                row["end_offset"],
                row["kind"],
                self._sealing.open(
                    row["sealed"], _place(version_id, row["page"], row["start_offset"])
                ),
            )
            for row in rows
        ]


def _place(version_id: UUID, page: int, start: int) -> str:
    return f"{version_id}/{page}/{start}"


_ADD = """
insert into personal_data (organization_id, document_version_id, page, start_offset, end_offset,
                           kind, sealed)
values (%s, %s, %s, %s, %s, %s, %s)
on conflict (document_version_id, page, start_offset) do update
    set end_offset = excluded.end_offset, kind = excluded.kind, sealed = excluded.sealed
"""
_READ = """
select page, start_offset, end_offset, kind, sealed from personal_data
where document_version_id = %(version)s
  and (cast(%(page)s as integer) is null or page = %(page)s)
order by page, start_offset
"""
