"""Embeddings that are there already: what is left to measure is the search."""

from itertools import cycle

from langchain_core.embeddings import Embeddings

from bench.invented import unit_vectors

SEED = 3


class PrecomputedEmbeddings(Embeddings):
    """Hands out one vector after the other, whatever is asked; two of them do so in step."""

    def __init__(self, count: int) -> None:
        self._vectors = cycle(unit_vectors(count, SEED).tolist())

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:  # noqa: ARG002  # as the interface has it
        return next(self._vectors)

    async def aembed_query(self, text: str) -> list[float]:
        """No thread in between, for either side."""
        return self.embed_query(text)
