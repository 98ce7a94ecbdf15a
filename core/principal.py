"""The authenticated caller, on whose behalf everything below the faces acts."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.errors import PermissionDeniedError


class Permission(StrEnum):
    """What a principal may do."""

    UPLOAD_DOCUMENT = "upload:document"
    QUERY_DOCUMENT = "query:document"
    DELETE_DOCUMENT = "delete:document"
    EXPORT_REPORT = "export:report"
    APPROVE_ACTION = "approve:action"
    MANAGE_APPROVALS = "manage:approvals"
    MANAGE_WEBHOOKS = "manage:webhooks"
    MANAGE_USERS = "manage:users"
    MANAGE_RETENTION = "manage:retention"
    MANAGE_KEYS = "manage:keys"
    MANAGE_JOBS = "manage:jobs"
    READ_AUDIT = "read:audit"
    READ_PERSONAL = "read:personal"


@dataclass(frozen=True)
class Principal:
    """Made by a face after authentication, never by a model or a request body."""

    subject: str
    """`user:ID` or `key:ID`: an id of ours, never what an identity provider calls somebody."""
    organization_id: UUID
    permissions: frozenset[Permission]
    acts_for: str | None = None
    """The person (`user:ID`) whom an API key acts for; None if the caller is that person."""

    @property
    def person(self) -> str:
        """The person behind the request, whatever credential it was made with."""
        return self.acts_for or self.subject

    @property
    def is_machine(self) -> bool:
        """Whether it has an API key; people have a face."""
        return self.subject.startswith("key:")

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raises: PermissionDeniedError, naming the permission."""
        if not self.may(permission):
            raise PermissionDeniedError(f"This needs the permission {permission}.")


LOCAL_ORGANIZATION_ID = UUID("00000000-0000-7000-8000-000000000001")
"""The organization of a laptop install; the first migration creates its row."""


LOCAL_USER_ID = UUID("00000000-0000-7000-8000-000000000002")


def person(user_id: UUID) -> str:
    """The subject of somebody in the table of users."""
    return f"user:{user_id}"


LOCAL_SUBJECT = person(LOCAL_USER_ID)


def local_principal() -> Principal:
    """The one user of a laptop install: the shell's, and whoever opened the sign-in link."""
    return Principal(LOCAL_SUBJECT, LOCAL_ORGANIZATION_ID, frozenset(Permission))
