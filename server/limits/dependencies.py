"""Limits as annotated types: a handler's signature states what its requests count as.

Counted after the permission, so that a refused request costs nothing, and before any work.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from core.principal import Permission, Principal
from server.identity.dependencies import Holding
from server.limits.limits import Limits

Counted = Callable[..., Awaitable[Principal]]


def limits_of(request: Request) -> Limits:
    made: Limits = request.app.state.limits
    return made


def _counted_as_run(holding: Holding) -> Counted:
    async def counted(
        request: Request, principal: Annotated[Principal, Depends(holding)]
    ) -> Principal:
        await limits_of(request).run(request, principal)
        return principal

    return counted


def _counted_as_upload(holding: Holding) -> Counted:
    async def counted(
        request: Request, principal: Annotated[Principal, Depends(holding)]
    ) -> Principal:
        await limits_of(request).upload(request, principal)
        return principal

    return counted


Asker = Annotated[Principal, Depends(_counted_as_run(Holding(Permission.QUERY_DOCUMENT)))]
Resumer = Annotated[Principal, Depends(_counted_as_run(Holding(Permission.APPROVE_ACTION)))]
PdfUploader = Annotated[Principal, Depends(_counted_as_upload(Holding(Permission.UPLOAD_DOCUMENT)))]
