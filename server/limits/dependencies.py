"""Limits as annotated types: a handler's signature states what its requests count as.

Counted after the permission, so that a refused request costs nothing, and before any work.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from core.principal import Permission, Principal
from server.identity.dependencies import Holding
from server.limits.limits import Limits

Take = Callable[[Limits, Request, Principal], Awaitable[None]]
"""Takes a request's share, or raises."""


def limits_of(request: Request) -> Limits:
    made: Limits = request.app.state.limits
    return made


def _counted(holding: Holding, take: Take) -> Callable[..., Awaitable[Principal]]:
    async def counted(
        request: Request, principal: Annotated[Principal, Depends(holding)]
    ) -> Principal:
        await take(limits_of(request), request, principal)
        return principal

    return counted


Asker = Annotated[Principal, Depends(_counted(Holding(Permission.QUERY_DOCUMENT), Limits.run))]
Resumer = Annotated[Principal, Depends(_counted(Holding(Permission.APPROVE_ACTION), Limits.run))]
PdfUploader = Annotated[
    Principal, Depends(_counted(Holding(Permission.UPLOAD_DOCUMENT), Limits.upload))
]
