"""People as they are known here, remembered for a moment: every request asks."""

from collections.abc import Callable
from time import monotonic
from uuid import UUID

from cachetools import TTLCache

from core.errors import PermissionDeniedError
from core.principal import Principal, person
from server.identity.claims import Claimed
from storage.users import User, UserRepository

REMEMBERED_SECONDS = 30
"""So much longer another process takes a session that was ended, or a person who was erased."""
REMEMBERED_PEOPLE = 10_000
DEACTIVATED = "Your access was deactivated. Ask an administrator of your organization."


class KnownPeople:
    """A cache of each process."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.by_identity: TTLCache[tuple[UUID, str], tuple[Claimed, UUID]] = TTLCache(
            REMEMBERED_PEOPLE, REMEMBERED_SECONDS, clock
        )
        """With the last claims alone: other ones say what the person may do now."""
        self.by_id: TTLCache[UUID, User] = TTLCache(REMEMBERED_PEOPLE, REMEMBERED_SECONDS, clock)

    def forget(self, user_id: UUID) -> None:
        self.by_id.pop(user_id, None)
        for identity in [key for key, (_, found) in self.by_identity.items() if found == user_id]:
            self.by_identity.pop(identity, None)


class People:
    """What authentication asks of the table of users."""

    def __init__(self, users: UserRepository, known: KnownPeople) -> None:
        self._users = users
        self._known = known

    async def principal(self, claimed: Claimed) -> Principal:
        """Raises: PermissionDeniedError: an unknown organization, or a deactivated person."""
        identity = (claimed.organization_id, claimed.identity)
        last_claims, user_id = self._known.by_identity.get(identity, (None, None))
        if user_id is None or last_claims != claimed:
            user = await self._users.seen(
                claimed.organization_id, claimed.identity, claimed.name, claimed.permissions
            )
            if user.deactivated_at is not None:
                raise PermissionDeniedError(DEACTIVATED)
            user_id = user.id
            self._known.by_identity[identity] = (claimed, user_id)
        return Principal(person(user_id), claimed.organization_id, claimed.permissions)

    async def user(self, organization_id: UUID, user_id: UUID) -> User | None:
        user = self._known.by_id.get(user_id)
        if user is None:
            user = await self._users.get(organization_id, user_id)
            if user is not None:
                self._known.by_id[user_id] = user
        return user

    def forget(self, user_id: UUID) -> None:
        """Ask the table again about somebody who was erased, deactivated or reactivated."""
        self._known.forget(user_id)

    async def sign_out(self, organization_id: UUID, user_id: UUID) -> None:
        """End all sessions of a person."""
        await self._users.sign_out(organization_id, user_id)
        self._known.forget(user_id)
