"""Managing API keys over HTTP."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from server.dependencies import RuntimeDep
from server.identity.api_keys import ApiKeys
from server.identity.dependencies import KeyManager, api_keys
from server.keys.schemas import CreatedKey, KeyOut, NewKey, Rotation
from storage.api_keys import ApiKeyRepository

router = APIRouter(prefix="/keys", tags=["keys"])
ApiKeysDep = Annotated[ApiKeys, Depends(api_keys)]


@router.post("", status_code=201)
async def make_key(keys: ApiKeysDep, principal: KeyManager, new: NewKey) -> CreatedKey:
    """Make a key for a machine. It is shown this once: only its hash is kept.

    The key acts for you: it never has a permission that you lack, it can't approve what you asked
    for where somebody else has to, and it is revoked when your access ends.
    """
    return CreatedKey.shown(await keys.make(principal, new.as_grant()))


@router.get("")
async def list_keys(runtime: RuntimeDep, principal: KeyManager) -> list[KeyOut]:
    """Your organization's keys, the newest first, with their last use."""
    keys = await ApiKeyRepository(runtime.database).all(principal.organization_id)
    return [KeyOut.model_validate(key) for key in keys]


@router.post("/{key_id}/rotate", status_code=201)
async def rotate_key(
    keys: ApiKeysDep, principal: KeyManager, key_id: UUID, rotation: Rotation
) -> CreatedKey:
    """Make a key in another's place; the old one works on for the overlap."""
    overlap, lasts = timedelta(hours=rotation.overlap_hours), timedelta(days=rotation.days)
    return CreatedKey.shown(await keys.rotate(principal, key_id, overlap, lasts))


@router.delete("/{key_id}", status_code=204)
async def revoke_key(runtime: RuntimeDep, principal: KeyManager, key_id: UUID) -> None:
    """Revoke a key at once."""
    await ApiKeyRepository(runtime.database).revoke(principal.organization_id, key_id)
