"""A second look at the best passages by a model that reads question and passage together.

Off by default. The protocol is that of text-embeddings-inference: `POST /rerank` with
`{"query": ..., "texts": [...]}` answers `[{"index": 0, "score": 0.98}, ...]`.
"""

import logging
from collections.abc import Sequence
from typing import Protocol

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

RERANKED = 24
"""So many of the best passages are read again; those below keep their order behind them."""
TIMEOUT_SECONDS = 5.0
MAX_CHARACTERS = 4_000
"""Of a passage: a cross-encoder reads some 512 word pieces."""

logger = logging.getLogger(__name__)


class Reranker(Protocol):
    """Scores passages for a question; the higher, the likelier it answers."""

    async def scores(self, question: str, passages: Sequence[str]) -> list[float] | None:
        """A score a passage, or None where there is none to be had: the order stays then."""
        ...


class _Score(BaseModel):
    index: int
    score: float


_SCORES = TypeAdapter(list[_Score])


class EndpointReranker:
    """A cross-encoder behind HTTP. Search goes on without it while it doesn't answer."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._url = f"{url.rstrip('/')}/rerank"

    async def scores(self, question: str, passages: Sequence[str]) -> list[float] | None:
        texts = [passage[:MAX_CHARACTERS] for passage in passages]
        body = {"query": question, "texts": texts, "truncate": True}
        try:
            response = await self._client.post(self._url, json=body, timeout=TIMEOUT_SECONDS)
            response.raise_for_status()
            found = {each.index: each.score for each in _SCORES.validate_json(response.content)}
            return [found[at] for at in range(len(texts))]
        except (httpx.HTTPError, ValidationError, KeyError) as error:
            logger.warning("search goes on without the re-ranker: %s", type(error).__name__)
            return None
