"""Documents as the API shows them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from storage.documents import DocumentVersion, VersionStatus


class VersionOut(BaseModel):
    """One upload of a document."""

    model_config = ConfigDict(from_attributes=True)

    version_id: UUID
    version: int
    status: VersionStatus
    failure: str | None
    """What to change, if the status is `failed`."""
    sha256: str
    size_bytes: int
    page_count: int
    image_only_pages: tuple[int, ...]
    """Pages that hold no text, from 1: nothing can be found on them."""
    created_at: datetime
    indexed_at: datetime | None

    @classmethod
    def of(cls, version: DocumentVersion) -> "VersionOut":
        return cls(
            version_id=version.id,
            version=version.number,
            **{
                name: getattr(version, name)
                for name in cls.model_fields
                if name not in ("version_id", "version")
            },
        )


class DocumentOut(BaseModel):
    """A document with its versions, newest first."""

    document_id: UUID
    name: str
    versions: tuple[VersionOut, ...]


class UploadOut(VersionOut):
    """What became of an upload. Watch `GET /documents/{document_id}` until it is `current`."""

    document_id: UUID
    name: str

    @classmethod
    def of(cls, version: DocumentVersion) -> "UploadOut":
        return cls(
            document_id=version.document_id,
            name=version.name,
            **VersionOut.of(version).model_dump(),
        )


def group(versions: list[DocumentVersion]) -> list[DocumentOut]:
    """Versions, already in order, gathered under their documents."""
    grouped: dict[UUID, list[DocumentVersion]] = {}
    for version in versions:
        grouped.setdefault(version.document_id, []).append(version)
    return [
        DocumentOut(
            document_id=document_id,
            name=members[0].name,
            versions=tuple(VersionOut.of(member) for member in members),
        )
        for document_id, members in grouped.items()
    ]
