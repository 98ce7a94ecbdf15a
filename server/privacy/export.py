"""A person's data as a ZIP archive, made while it is sent: memory doesn't grow with it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED

from zipstream import ZipStream

from core.principal import Principal, person
from graphs.runtime import Runtime
from storage.audit_log import AuditLog
from storage.blobs import BlobStore
from storage.data_subjects import Brought, DataSubjectRepository


@dataclass(frozen=True)
class Export:
    """What goes into the archive, but for the files' bytes."""

    parts: dict[str, Any]
    """JSON by its name in the archive."""
    brought: list[Brought]


async def gather(
    runtime: Runtime, organization_id: UUID, user_id: UUID, *, by_themself: bool
) -> Export:
    """What the asker may have of a person's data.

    The person gets everything. Who manages users gets what colleagues see anyhow, and how much else
    there is: private documents and conversations are nobody's but the person's.

    Raises:
        NotFoundError: the organization has no such person.
    """
    whose = Principal(person(user_id), organization_id, frozenset())
    data = DataSubjectRepository(runtime.database)
    profile, brought = await data.profile(whose, user_id), await data.brought(whose)
    entries = await AuditLog(runtime.database).of(organization_id, whose.subject)
    parts: dict[str, Any] = {
        "profile.json": profile,
        "audit.json": [asdict(each) for each in entries],
    }
    own = await _own_parts(runtime, data, whose)
    if by_themself:
        parts |= own
    else:
        shared = [each for each in brought if not each.private]
        parts["left-out.json"] = _left_out(len(brought) - len(shared), own)
        brought = shared
    parts["documents.json"] = [asdict(each) | {"file": _file(each)} for each in brought]
    return Export(parts, brought)


async def _own_parts(
    runtime: Runtime, data: DataSubjectRepository, whose: Principal
) -> dict[str, Any]:
    """What no colleague sees."""
    parts: dict[str, Any] = {
        "feedback.json": await data.feedback(whose),
        "approvals.json": await data.approvals(whose),
    }
    for thread in await data.threads(whose):
        messages = await runtime.threads.messages(whose, thread["id"])
        parts[f"threads/{thread['id']}.json"] = thread | {"messages": messages}
    return parts


def _left_out(private_versions: int, own: dict[str, Any]) -> dict[str, object]:
    return {
        "private_document_versions": private_versions,
        "conversations": sum(name.startswith("threads/") for name in own),
        "feedback": len(own["feedback.json"]),
        "approvals": len(own["approvals.json"]),
        "how_to_get_it": "The person exports it: GET /users/{user_id}/export, signed in.",
    }


def archive(export: Export, blobs: BlobStore, organization_id: UUID) -> Iterator[bytes]:
    """The ZIP's bytes, a part at a time."""
    stream = ZipStream(compress_type=ZIP_DEFLATED)
    for name, part in export.parts.items():
        stream.add(json.dumps(part, default=str, indent=1), name)
        yield from stream.all_files()
    for each in export.brought:
        stream.add(blobs.read(organization_id, each.sha256), _file(each))
        yield from stream.all_files()
    yield from stream.finalize()


def _file(each: Brought) -> str:
    """By ids: a document's name may be anything."""
    return f"files/{each.document_id}/{each.number}.pdf"
