"""From a verified token's claims to who somebody is here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.errors import PermissionDeniedError
from core.principal import Permission
from core.roles import ROLES, Role

MAX_NAME_CHARACTERS = 200


@dataclass(frozen=True)
class ClaimNames:
    """How an identity provider calls what we ask for."""

    organization: str = "organization_id"
    role: str = "role"
    permissions: str = "permissions"


@dataclass(frozen=True)
class Claimed:
    """Somebody, as an identity provider vouches for."""

    organization_id: UUID
    identity: str
    """The issuer, `#` and what it calls somebody: another issuer may call somebody else so."""
    name: str | None
    permissions: frozenset[Permission]


def claimed(claims: Mapping[str, Any], names: ClaimNames) -> Claimed:
    """Read verified claims.

    Args:
        claims: of a token.
        names: of the claims.

    Raises:
        PermissionDeniedError: says which claim to set, and how.
    """
    name = claims.get("email") or claims.get("name")
    return Claimed(
        _organization(claims.get(names.organization), names.organization),
        f"{claims['iss']}#{claims['sub']}",
        name[:MAX_NAME_CHARACTERS] if isinstance(name, str) else None,
        _of_roles(claims.get(names.role), names.role)
        | _listed(claims.get(names.permissions), names.permissions),
    )


def _organization(value: object, name: str) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise PermissionDeniedError(
            f"The token's claim {name!r} must hold the id of your organization, which "
            "`copilot organizations list` shows: ask who manages your identity provider."
        ) from error


def _of_roles(value: object, name: str) -> frozenset[Permission]:
    """A role, or a list of them, as Entra has it."""
    roles = _texts(value)
    unknown = sorted(role for role in roles if role not in set(Role))
    if unknown:
        raise PermissionDeniedError(
            f"The token's claim {name!r} names a role that isn't one of {', '.join(Role)}."
        )
    return frozenset[Permission]().union(*(ROLES[Role(role)] for role in roles))


def _listed(value: object, name: str) -> frozenset[Permission]:
    listed = _texts(value)
    if not set(listed) <= set(Permission):
        raise PermissionDeniedError(
            f"The token's claim {name!r} names a permission that isn't one of "
            f"{', '.join(Permission)}."
        )
    return frozenset(map(Permission, listed))


def _texts(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return value.split()
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
