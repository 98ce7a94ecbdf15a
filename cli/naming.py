"""Documents by the names that people give in a shell."""

from pathlib import Path
from uuid import UUID

from core.errors import NotFoundError
from core.principal import local_principal
from storage.documents import DocumentRepository


async def document_ids(documents: DocumentRepository, names: list[str]) -> tuple[UUID, ...]:
    """In the order of the names, of which the folder doesn't count; an id is as good as a name.

    Raises:
        NotFoundError: says which name no document has.
    """
    versions = await documents.versions(local_principal())
    ids = {str(version.document_id): version.document_id for version in versions}
    ids |= {version.name: version.document_id for version in versions}
    wanted = [Path(name).name for name in names]
    unknown = [name for name in wanted if name not in ids]
    if unknown:
        raise NotFoundError(
            f"No such document: {', '.join(unknown)}. `copilot documents` lists yours."
        )
    return tuple(ids[name] for name in wanted)
