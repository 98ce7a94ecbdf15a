"""Limits as annotated types: a handler's signature states what its requests count as.

Counted after the permission, so that a refused request costs nothing, and before any work.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant

from core.errors import TooManyRequestsError
from core.principal import Permission, Principal
from server.identity.cross_site import READING
from server.identity.dependencies import Holding, SignedIn
from server.limits.limits import Limits

Take = Callable[[Limits, Request, Principal], Awaitable[None]]
"""Takes a request's share, or raises."""


class FileQuota:
    """Counts the files of an upload once it is known how many there are.

    The first is counted before the body is read, as the request.
    """

    def __init__(self, limits: Limits, request: Request, principal: Principal) -> None:
        self._limits = limits
        self._request = request
        self._principal = principal

    async def take(self, files: int) -> tuple[int, TooManyRequestsError | None]:
        """Returns: how many of them may be taken in, and why the others may not.

        Raises:
            UnavailableError: they can't be counted.
        """
        if files <= 1:
            return files, None
        more, standing = await self._limits.more_files(self._request, self._principal, files - 1)
        if more == files - 1:
            return files, None
        wait = standing.seconds_until(files)
        refusal = TooManyRequestsError(
            f"You may upload {standing.rate}, and each file of an archive counts. "
            f"Send the rest in {wait} seconds.",
            retry_after_seconds=wait,
        )
        return 1 + more, refusal


def limits_of(request: Request) -> Limits:
    made: Limits = request.app.state.limits
    return made


_COUNTED: set[Callable[..., object]] = set()
"""Dependencies that count a request themselves."""


def _counted(holding: Holding, take: Take) -> Callable[..., Awaitable[Principal]]:
    async def counted(
        request: Request, principal: Annotated[Principal, Depends(holding)]
    ) -> Principal:
        await take(limits_of(request), request, principal)
        return principal

    _COUNTED.add(counted)
    return counted


Asker = Annotated[Principal, Depends(_counted(Holding(Permission.QUERY_DOCUMENT), Limits.run))]
Resumer = Annotated[Principal, Depends(_counted(Holding(Permission.APPROVE_ACTION), Limits.run))]
PdfUploader = Annotated[
    Principal, Depends(_counted(Holding(Permission.UPLOAD_DOCUMENT), Limits.upload))
]


def _file_quota(request: Request, principal: PdfUploader) -> FileQuota:
    return FileQuota(limits_of(request), request, principal)


UploadQuota = Annotated[FileQuota, Depends(_file_quota)]


async def count_write(request: Request, principal: SignedIn) -> None:
    """For a whole router: count what changes something and isn't counted as anything else.

    Raises:
        TooManyRequestsError, UnavailableError: nothing may be changed.
    """
    if request.method not in READING and not _is_counted(request.scope["route"].dependant):
        await count_call(request, principal)


async def count_call(request: Request, principal: SignedIn) -> None:
    """For one route that costs as much as a change.

    Raises:
        TooManyRequestsError, UnavailableError: it may not be called.
    """
    await limits_of(request).write(request, principal)


def _is_counted(dependant: Dependant) -> bool:
    return dependant.call in _COUNTED or any(map(_is_counted, dependant.dependencies))
