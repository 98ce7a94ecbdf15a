"""Who a token's claims say that somebody is, and for how long that is remembered."""

from uuid import uuid4

import pytest

from core.errors import PermissionDeniedError
from core.principal import Permission
from server.identity.claims import ClaimNames, claimed
from server.identity.people import REMEMBERED_SECONDS, KnownPeople

ACME = uuid4()
JO = {"iss": "https://id.example", "sub": "1", "organization_id": str(ACME), "role": "viewer"}


def test_the_same_name_of_two_issuers_is_two_people():
    names = ClaimNames()
    here, there = claimed(JO, names), claimed(JO | {"iss": "https://other.example"}, names)
    assert here.identity != there.identity
    assert (here.organization_id, here.permissions) == (ACME, {Permission.QUERY_DOCUMENT})


@pytest.mark.parametrize("value", [None, "", "acme", 7, ["x"], {"a": 1}])
def test_an_organization_is_an_id(value):
    with pytest.raises(PermissionDeniedError, match="organization_id"):
        claimed(JO | {"organization_id": value}, ClaimNames())


@pytest.mark.parametrize("value", ["root", ["viewer", "root"], 7, [["admin"]], {"admin": True}])
def test_no_other_role_counts(value):
    with pytest.raises(PermissionDeniedError, match="admin, analyst, viewer"):
        claimed(JO | {"role": value}, ClaimNames())


def test_people_are_remembered_for_a_while_and_forgotten_when_asked():
    now = [0.0]
    known = KnownPeople(lambda: now[0])
    who, user_id = claimed(JO, ClaimNames()), uuid4()
    identity, seen = (who.organization_id, who.identity), (who, user_id)
    known.by_identity[identity] = seen
    now[0] = REMEMBERED_SECONDS - 1
    assert known.by_identity.get(identity) == seen
    known.forget(user_id)
    assert known.by_identity.get(identity) is None
    known.by_identity[identity] = seen
    now[0] += REMEMBERED_SECONDS + 1
    assert known.by_identity.get(identity) is None
