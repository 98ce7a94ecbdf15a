"""Takes a PDF in: accept it durably at once, make it searchable in a job."""

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from uuid import UUID

from core.errors import InvalidInputError
from core.principal import Permission, Principal
from knowledge.chunking.chunker import Chunker
from knowledge.errors import TooLargeError, UnreadableError
from knowledge.index import ChunkIndex
from knowledge.indexing import Indexing, Progress, Reading
from knowledge.pdf import process as pdf_process
from knowledge.pdf.envelope import check_envelope
from knowledge.pdf.gate import InspectionGate
from knowledge.pdf.inspection import Inspection
from storage.blobs import BlobStore
from storage.documents import DocumentRepository, DocumentVersion, NewVersion, VersionStatus
from storage.indexing import NotPendingError
from storage.jobs import Priority
from storage.personal_data import PersonalDataRepository
from storage.temporary import TemporaryFiles

MAX_NAME_CHARACTERS = 200


@dataclass(frozen=True)
class Limits:
    """What an upload may amount to."""

    max_bytes: int
    max_pages: int


class Ingestion:
    """The journey of a document from bytes to searchable chunks."""

    def __init__(  # noqa: PLR0913  # its ports
        self,
        documents: DocumentRepository,
        blobs: BlobStore,
        index: ChunkIndex,
        chunker: Chunker,
        limits: Limits,
        *,
        personal: PersonalDataRepository,
        temporary: TemporaryFiles,
        inspections: InspectionGate,
        reads_scans: bool = False,
    ) -> None:
        self._documents = documents
        self._blobs = blobs
        self.limits = limits
        self.temporary = temporary
        self._inspections = inspections
        self._reads_scans = reads_scans
        reading = Reading(temporary, limits.max_pages, ocr=reads_scans)
        self.indexing = Indexing(blobs, index, chunker, personal, reading)

    async def accept(
        self,
        principal: Principal,
        name: str,
        source: Path,
        *,
        private: bool = False,
        priority: Priority = Priority.NORMAL,
    ) -> tuple[DocumentVersion, bool]:
        """Check and keep a PDF, and queue its indexing. After this nothing can lose it.

        Args:
            principal: who uploads.
            name: the document's name; new bytes under a known name are a new version of it.
            source: the file.
            private: whether only the principal will see the document. The names of private
                documents are apart from the organization's.
            priority: of its indexing.

        Returns:
            The version, and False if the same bytes were there already.

        Raises:
            PermissionDeniedError: without `upload:document`.
            UnreadableError, TooLargeError, InvalidInputError, BusyError: nothing was stored.
        """
        principal.require(Permission.UPLOAD_DOCUMENT)
        name = document_name(name)
        size = source.stat().st_size
        if size > self.limits.max_bytes:
            raise too_large(self.limits.max_bytes)
        inspection = await self._inspect(principal, source)
        sha256 = await asyncio.to_thread(_sha256, source)
        blob = (principal.organization_id, sha256, source)
        await self._blobs.put(*blob)
        seen = (inspection.page_count, inspection.image_only_pages)
        new = NewVersion(name, sha256, size, *seen, private, priority)
        # Again while nobody can delete them: the document that had them may just have gone.
        return await self._documents.accept(principal, new, lambda: self._blobs.ensure(*blob))

    async def _inspect(self, principal: Principal, source: Path) -> Inspection:
        check_envelope(source)  # what is no PDF at all costs no process
        async with self._inspections.entered(principal.organization_id):
            return await pdf_process.inspect(
                source, max_pages=self.limits.max_pages, ocr=self._reads_scans
            )

    async def index(
        self, principal: Principal, version_id: UUID, progress: Progress = lambda _done, _all: None
    ) -> None:
        """Make a pending version searchable, on behalf of somebody who sees it.

        Safe to run again after it was killed anywhere: it goes on after the last finished batch.
        """
        version = await self._documents.version(principal, version_id)
        if version.status is not VersionStatus.PENDING:
            return
        try:
            outcome = await self.indexing.run(principal, version, progress)
        except UnreadableError as error:
            await self._documents.fail(principal, version_id, error.detail)
        except NotPendingError:
            return  # somebody cancelled it, and has cleared away what was made of it
        else:
            await self._documents.publish(
                principal,
                version_id,
                outcome.empty,
                outcome.facts,
                outcome.attempt,
                notes=outcome.notes,
            )


def document_name(name: str) -> str:
    """A file's name without its folders, in either system's notation.

    Raises:
        InvalidInputError: nothing printable is left, or it is too long.
    """
    base = PureWindowsPath(PurePosixPath(name).name).name
    printable = "".join(character for character in base if character.isprintable()).strip()
    if not printable or len(printable) > MAX_NAME_CHARACTERS:
        raise InvalidInputError(
            f"A document's name needs 1 to {MAX_NAME_CHARACTERS} printable characters: rename it."
        )
    return printable


def too_large(max_bytes: int) -> TooLargeError:
    """The error for an upload over the limit."""
    return TooLargeError(
        f"At most {max_bytes // 2**20} MB are taken. Split it, or export it with smaller images."
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
