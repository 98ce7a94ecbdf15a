"""The product's search as a LangChain retriever, for chains and agents of others."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation
from typing_extensions import override

from core.principal import Principal
from knowledge.passages import Passage
from knowledge.redaction.masking import masked


class Search(Protocol):
    """What `knowledge.retrieval.Retriever` does."""

    async def search(
        self,
        principal: Principal,
        query: str,
        *,
        limit: int,
        document_ids: tuple[UUID, ...] | None,
        as_of: datetime | None,
    ) -> list[Passage]: ...


class PrincipalRetriever(BaseRetriever):
    """Finds what one principal may read. It can't be asked on behalf of anybody else.

    Asynchronous alone, as the store is: `invoke` raises NotImplementedError.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    store: SkipValidation[Search]
    principal: Principal
    limit: int = 8
    """At most so many documents."""
    document_ids: tuple[UUID, ...] | None = None
    """Search only these documents; None for all."""
    as_of: datetime | None = None
    """Search the versions that were current then; None for now."""

    @override
    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        raise NotImplementedError("This retriever is asynchronous: use ainvoke.")

    @override
    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        passages = await self.store.search(
            self.principal,
            query,
            limit=self.limit,
            document_ids=self.document_ids,
            as_of=self.as_of,
        )
        return [to_document(passage) for passage in passages]


def to_document(passage: Passage) -> Document:
    """The passage as LangChain has it: its text, and its place in the metadata."""
    return Document(
        passage.text,
        id=str(passage.chunk_id),
        metadata={
            "document": masked(passage.document),
            "document_id": str(passage.document_id),
            "version": passage.version,
            "page": passage.page,
            "section": passage.section,
            "chunk_id": str(passage.chunk_id),
            "score": passage.score,
        },
    )
