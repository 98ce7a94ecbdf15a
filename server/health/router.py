"""For load balancers and supervisors; asks for no identity and tells nothing of the content."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from core.errors import UnavailableError
from server.dependencies import RuntimeDep
from server.problems import RETRY_SECONDS, no_database

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Questions can be answered now."""

    status: Literal["ready"] = "ready"
    models: tuple[str, ...]


@router.get("/health")
async def health() -> Health:
    """Whether the process lives."""
    return Health()


@router.get("/ready")
async def ready(runtime: RuntimeDep) -> Readiness:
    """Whether database, document store and embedding model can be used; 503 until then."""
    try:
        await runtime.database.ping()
    except SQLAlchemyError as error:
        raise no_database() from error
    await runtime.blobs.check()
    if not runtime.embeddings.loaded:
        raise UnavailableError(
            "The embedding model is still loading. Ask again in a few seconds.",
            retry_after_seconds=RETRY_SECONDS,
        )
    return Readiness(models=runtime.models.names)
