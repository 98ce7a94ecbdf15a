"""People as they are known here, remembered for a moment: every request asks."""

from collections.abc import Callable
from time import monotonic
from uuid import UUID

from cachetools import TTLCache

from core.principal import Principal, person
from server.identity.claims import Claimed
from storage.users import User, UserRepository

REMEMBERED_SECONDS = 30
"""So much longer another process takes a session that was ended, or a person who was erased."""
REMEMBERED_PEOPLE = 10_000


class KnownPeople:
    """A cache of each process."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.by_claims: TTLCache[Claimed, UUID] = TTLCache(
            REMEMBERED_PEOPLE, REMEMBERED_SECONDS, clock
        )
        self.by_id: TTLCache[UUID, User] = TTLCache(REMEMBERED_PEOPLE, REMEMBERED_SECONDS, clock)

    def forget(self, user_id: UUID) -> None:
        self.by_id.pop(user_id, None)
        for claims in [key for key, found in self.by_claims.items() if found == user_id]:
            self.by_claims.pop(claims, None)


class People:
    """What authentication asks of the table of users."""

    def __init__(self, users: UserRepository, known: KnownPeople) -> None:
        self._users = users
        self._known = known

    async def principal(self, claimed: Claimed) -> Principal:
        """Raises: PermissionDeniedError: the organization isn't known here."""
        user_id = self._known.by_claims.get(claimed)
        if user_id is None:
            user = await self._users.seen(claimed.organization_id, claimed.identity, claimed.name)
            user_id = self._known.by_claims[claimed] = user.id
        return Principal(person(user_id), claimed.organization_id, claimed.permissions)

    async def user(self, organization_id: UUID, user_id: UUID) -> User | None:
        user = self._known.by_id.get(user_id)
        if user is None:
            user = await self._users.get(organization_id, user_id)
            if user is not None:
                self._known.by_id[user_id] = user
        return user

    def forget(self, user_id: UUID) -> None:
        """Ask the table again about somebody who was erased."""
        self._known.forget(user_id)

    async def sign_out(self, organization_id: UUID, user_id: UUID) -> None:
        """End all sessions of a person."""
        await self._users.sign_out(organization_id, user_id)
        self._known.forget(user_id)
