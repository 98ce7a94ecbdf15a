"""People over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from core.errors import ConflictError
from core.principal import person
from server.dependencies import RuntimeDep
from server.identity.dependencies import AuthenticationDep, UserManager
from server.users.schemas import UserOut
from storage.users import UserRepository

router = APIRouter(prefix="/users", tags=["users"])


@router.get("")
async def list_users(runtime: RuntimeDep, principal: UserManager) -> list[UserOut]:
    """Your organization's people, who was here last first. Roles come with their tokens."""
    users = await UserRepository(runtime.database).all(principal.organization_id)
    return [UserOut.model_validate(user) for user in users]


@router.post("/{user_id}/deactivate")
async def deactivate_user(
    runtime: RuntimeDep, principal: UserManager, authentication: AuthenticationDep, user_id: UUID
) -> UserOut:
    """End a person's access at once, whatever their identity provider says.

    Their sessions end and the API keys that act for them are revoked for good. What they brought in
    stays: `DELETE /users/{user_id}/data` erases it. Other processes follow within 30 seconds.
    """
    if principal.person == person(user_id):
        raise ConflictError("You can't deactivate yourself. Ask another administrator.")
    user = await UserRepository(runtime.database).deactivate(principal.organization_id, user_id)
    authentication.people(runtime.database).forget(user_id)
    return UserOut.model_validate(user)


@router.post("/{user_id}/reactivate")
async def reactivate_user(
    runtime: RuntimeDep, principal: UserManager, authentication: AuthenticationDep, user_id: UUID
) -> UserOut:
    """Let a person in again. Their API keys stay revoked: make new ones."""
    user = await UserRepository(runtime.database).reactivate(principal.organization_id, user_id)
    authentication.people(runtime.database).forget(user_id)
    return UserOut.model_validate(user)
