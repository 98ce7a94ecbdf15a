"""What is done in a shell stands in the audit log too."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.errors import CopilotError
from core.principal import local_principal
from storage.audit_log import AuditLog, NewEntry
from storage.database import Database


@asynccontextmanager
async def recorded(database: Database, command: str, target: object = "") -> AsyncIterator[None]:
    """Write an entry once a command has ended, however it did.

    Args:
        database: of the installation.
        command: as it was called, without its arguments: they may say anything.
        target: ids of what it was about.
    """
    principal, outcome = local_principal(), "broken off"
    try:
        yield
        outcome = "done"
    except CopilotError as error:
        outcome = error.type
        raise
    finally:
        entry = NewEntry(
            principal.subject, f"copilot {command}", str(target), outcome, "shell", "-"
        )
        await AuditLog(database).append(principal.organization_id, entry)
