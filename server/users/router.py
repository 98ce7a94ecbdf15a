"""People over HTTP."""

from fastapi import APIRouter

from server.dependencies import RuntimeDep
from server.identity.dependencies import UserManager
from server.users.schemas import UserOut
from storage.users import UserRepository

router = APIRouter(prefix="/users", tags=["users"])


@router.get("")
async def list_users(runtime: RuntimeDep, principal: UserManager) -> list[UserOut]:
    """Your organization's people, who was here last first. Roles come with their tokens."""
    users = await UserRepository(runtime.database).all(principal.organization_id)
    return [UserOut.model_validate(user) for user in users]
