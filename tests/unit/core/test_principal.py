from uuid import uuid4

import pytest

from core.errors import PermissionDeniedError
from core.principal import LOCAL_ORGANIZATION_ID, Permission, Principal, local_principal


@pytest.mark.parametrize("permission", Permission)
def test_a_missing_permission_is_named(permission):
    others = frozenset(Permission) - {permission}
    principal = Principal("jo", uuid4(), others)
    assert not principal.may(permission)
    with pytest.raises(PermissionDeniedError, match=permission.value):
        principal.require(permission)
    for other in others:
        principal.require(other)


def test_a_principal_can_not_be_changed():
    principal = Principal("jo", uuid4(), frozenset())
    with pytest.raises(AttributeError):
        principal.permissions = frozenset(Permission)  # type: ignore[misc]  # frozen: that is the test


def test_the_laptop_user_may_do_everything_in_the_local_organization():
    principal = local_principal()
    assert principal.organization_id == LOCAL_ORGANIZATION_ID
    assert principal.permissions == frozenset(Permission)
