"""From the streams of an upload to accepted versions."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from starlette.datastructures import UploadFile

from core.errors import NotFoundError, TooManyRequestsError
from core.principal import Principal
from graphs.runtime import Runtime
from knowledge.errors import BusyError
from knowledge.sources.archives import archive_source, is_archive
from knowledge.sources.files import file_item
from knowledge.sources.item import Source
from knowledge.sources.taking_in import Accepted, Refused, take_in
from server.documents.form import UploadForm
from server.documents.schemas import DocumentOut, group
from storage.disk_space import disk_full_is_told
from storage.documents import DocumentVersion, VersionStatus
from storage.filings import unknown_document

POLL_SECONDS = 0.2


@dataclass(frozen=True)
class Taken:
    """What became of an upload."""

    versions: Sequence[DocumentVersion]
    refused: Sequence[Refused]
    is_new: bool
    """Whether anything is."""
    is_one: bool
    """Whether it was a PDF by itself."""


RETRYABLE = (BusyError, TooManyRequestsError)
"""Refusals of uploads that are taken in if they are sent again later."""


async def take_upload(
    runtime: Runtime, principal: Principal, form: UploadForm, *, private: bool
) -> Taken:
    """Take in PDFs, and what archives among them hold.

    Raises:
        UnreadableArchiveError, TooLargeError: of an archive, before anything is taken in.
        CopilotError: why the only file was refused, or why all are to be sent again later.
    """
    with runtime.ingestion.temporary.new_folder() as folder:
        paths = [folder / str(number) for number in range(len(form.files))]
        source, is_one = await asyncio.to_thread(
            _source, form.files, paths, runtime.ingestion.limits.max_bytes
        )
        granted, refusal = await form.quota.take(len(source.items))
        source, beyond = source.split(granted)
        outcomes = [
            each async for each in take_in(runtime.ingestion, principal, source, private=private)
        ]
    if refusal:
        outcomes += [Refused(each.name, refusal) for each in beyond]
    accepted = [each for each in outcomes if isinstance(each, Accepted)]
    refused = [each for each in outcomes if isinstance(each, Refused)]
    if refused and not accepted and (is_one or isinstance(refused[0].error, RETRYABLE)):
        raise refused[0].error
    versions = [each.version for each in accepted]
    return Taken(versions, refused, any(each.is_new for each in accepted), is_one)


async def wait_until_indexed(
    runtime: Runtime, principal: Principal, versions: Sequence[DocumentVersion], seconds: float
) -> list[DocumentVersion]:
    """The versions once their indexing has ended, or as they stand after `seconds`.

    Raises:
        NotFoundError: all were deleted meanwhile.
    """
    deadline = asyncio.get_running_loop().time() + seconds
    while any(each.status is VersionStatus.PENDING for each in versions):
        if asyncio.get_running_loop().time() >= deadline:
            break
        await asyncio.sleep(POLL_SECONDS)
        versions = await runtime.documents.reread(principal, versions)
        if not versions:
            raise NotFoundError("What you uploaded has been deleted since.")
    return list(versions)


async def listed(runtime: Runtime, principal: Principal) -> list[DocumentOut]:
    """All documents with their histories."""
    periods = await runtime.history.periods(principal)
    return group(await runtime.documents.versions(principal), periods)


async def one(runtime: Runtime, principal: Principal, document_id: UUID) -> DocumentOut:
    """Raises: NotFoundError."""
    periods = await runtime.history.periods(principal, document_id)
    found = group(await runtime.documents.versions(principal, document_id), periods)
    if not found:
        raise unknown_document(document_id)
    return found[0]


def _source(
    files: Sequence[UploadFile], paths: Sequence[Path], max_bytes: int
) -> tuple[Source, bool]:
    """Returns: the source, and whether it is one PDF by itself."""
    source, has_archive = Source([]), False
    for file, path in zip(files, paths, strict=True):
        with disk_full_is_told(), path.open("wb") as target:
            shutil.copyfileobj(file.file, target)
        if is_archive(path):
            source, has_archive = source + archive_source(path, max_bytes), True
        else:
            source += Source([file_item(file.filename or "", path)])
    return source, len(files) == 1 and not has_archive
