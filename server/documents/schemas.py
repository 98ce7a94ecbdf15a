"""Documents as the API shows them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from core.errors import InvalidInputError
from knowledge.sources.taking_in import Refused
from server.openapi.problems import Problem
from server.problems import problem
from storage.documents import DocumentVersion, VersionStatus
from storage.publications import Period


class ReadingNoteOut(BaseModel):
    """A page that may have been misread."""

    model_config = ConfigDict(from_attributes=True)

    page: int
    note: str
    """Why, in words."""


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
    reading_notes: tuple[ReadingNoteOut, ...] = ()
    """Pages that may have been misread: check what is cited from them."""
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


class ListedVersion(VersionOut):
    """A version in its document's history."""

    current: tuple[Period, ...]
    """While questions were answered from it, oldest first; none if it never was the current one."""


class DocumentOut(BaseModel):
    """A document with its versions, newest first."""

    document_id: UUID
    name: str
    private: bool
    """Whether only you see it."""
    versions: tuple[ListedVersion, ...]


class PersonalDataOut(BaseModel):
    """What a mask hides."""

    model_config = ConfigDict(from_attributes=True)

    page: int
    start: int
    """In the page's text, as citations have it."""
    end: int
    kind: str
    text: str


class UploadOptions(BaseModel):
    """How an upload is taken in."""

    model_config = ConfigDict(extra="forbid")

    wait: float = Field(0, ge=0, le=300, description="Seconds to wait for the indexing to end.")
    private: bool = Field(default=False, description="Whether only you will see the document.")


class Sharing(BaseModel):
    """Who sees a document."""

    model_config = ConfigDict(extra="forbid")

    private: bool = Field(description="True for you alone, false for your organization.")


class UploadOut(VersionOut):
    """What became of an upload. `GET /jobs/{job_id}` tells how far its indexing is."""

    document_id: UUID
    job_id: UUID
    name: str
    private: bool

    @classmethod
    def of(cls, version: DocumentVersion) -> "UploadOut":
        return cls(
            document_id=version.document_id,
            job_id=version.id,
            name=version.name,
            private=version.is_private,
            **VersionOut.of(version).model_dump(),
        )


class RefusedOut(Problem):
    """A file of which nothing was stored, and what to change."""

    name: str


class UploadsOut(BaseModel):
    """What became of several files."""

    uploads: tuple[UploadOut, ...]
    refused: tuple[RefusedOut, ...]

    @classmethod
    def of(cls, versions: Sequence[DocumentVersion], refused: Sequence[Refused]) -> "UploadsOut":
        """Raises: InvalidInputError: all were refused."""
        problems = [{"name": each.name, **problem(each.error)} for each in refused]
        if not versions:
            raise InvalidInputError(
                "None of the files was taken in: `refused` says of each what to change.",
                refused=problems,
            )
        return cls(
            uploads=tuple(UploadOut.of(version) for version in versions),
            refused=tuple(RefusedOut.model_validate(each) for each in problems),
        )


def group(
    versions: list[DocumentVersion], periods: Mapping[UUID, tuple[Period, ...]]
) -> list[DocumentOut]:
    """Versions, already in order, gathered under their documents."""
    grouped: dict[UUID, list[DocumentVersion]] = {}
    for version in versions:
        grouped.setdefault(version.document_id, []).append(version)
    return [
        DocumentOut(
            document_id=document_id,
            name=members[0].name,
            private=members[0].is_private,
            versions=tuple(_listed(member, periods.get(member.id, ())) for member in members),
        )
        for document_id, members in grouped.items()
    ]


def _listed(version: DocumentVersion, current: tuple[Period, ...]) -> ListedVersion:
    return ListedVersion(current=current, **dict(VersionOut.of(version)))
