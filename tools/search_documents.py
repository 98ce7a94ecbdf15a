"""Retrieval for the model."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from core.principal import Principal
from knowledge.passages import Passage


class Input(BaseModel):
    """What to look for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: str = Field(
        min_length=1,
        max_length=2000,
        description=(
            "What the passage says, in the filing's words: company, item, period. "
            'Example: "Acme consolidated statements of operations total revenues 2022".'
        ),
    )
    limit: int = Field(8, ge=1, le=20, description="At most so many passages.")


class Output(BaseModel):
    """Passages, best first."""

    model_config = ConfigDict(frozen=True)

    passages: tuple[Passage, ...]


class PassageSearch(Protocol):
    """Where passages come from: knowledge.retrieval.Retriever in the product."""

    async def search(
        self,
        principal: Principal,
        query: str,
        *,
        limit: int,
        document_ids: Sequence[UUID] | None,
        as_of: datetime | None,
    ) -> list[Passage]: ...


async def search_documents(
    arguments: Input,
    *,
    principal: Principal,
    retriever: PassageSearch,
    document_ids: Sequence[UUID] | None,
    as_of: datetime | None,
) -> Output:
    """Search the user's financial filings and return passages, best first.

    Each passage comes with a number to cite as [n], its document and its page. Use it before every
    statement about a company, and again in other words when a figure is missing: name the statement
    ("balance sheet", "statement of cash flows"), the line item and the year. Search once for each
    period or company of a comparison. Do not use it for arithmetic or for general knowledge.
    """
    passages = await retriever.search(
        principal,
        arguments.query,
        limit=arguments.limit,
        document_ids=document_ids,
        as_of=as_of,
    )
    return Output(passages=tuple(passages))
