"""Who may do what: the one table of roles and their permissions."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from core.principal import Permission


class Role(StrEnum):
    """What a person is in an organization."""

    ADMIN = "admin"
    ANALYST = "analyst"
    VIEWER = "viewer"


ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.ANALYST: frozenset(
        {
            Permission.UPLOAD_DOCUMENT,
            Permission.QUERY_DOCUMENT,
            Permission.DELETE_DOCUMENT,
            Permission.EXPORT_REPORT,
            Permission.APPROVE_ACTION,
        }
    ),
    Role.VIEWER: frozenset({Permission.QUERY_DOCUMENT}),
}


def as_markdown() -> Iterator[str]:
    """The lines of the table as `docs/permissions.md` shows it."""
    yield f"| permission | {' | '.join(Role)} |"
    yield "|---" * (len(Role) + 1) + "|"
    for permission in Permission:
        held = ("yes" if permission in ROLES[role] else "" for role in Role)
        yield f"| `{permission}` | {' | '.join(held)} |"
