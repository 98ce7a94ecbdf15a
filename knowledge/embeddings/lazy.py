"""An embedding model that is loaded at first use: no start should wait for it."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from knowledge.embeddings.model import DIMENSIONS

Vectors = NDArray[np.float32]


@runtime_checkable
class ArrayEmbeddings(Protocol):
    """A model that gives an array without a detour through lists."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Returns: unit vectors, `(len(texts), 384)`."""


class LazyEmbeddings(Embeddings):
    """May be called from several threads at once, as its model may; the model is loaded once."""

    def __init__(self, load: Callable[[], Embeddings]) -> None:
        self._load = load
        self._model: Embeddings | None = None
        self._loading = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Returns: unit vectors, `(len(texts), 384)`."""
        return self._loaded().embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """Returns: a unit vector, `(384,)`."""
        return self._loaded().embed_query(text)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The same as `embed_documents` in a tenth of the memory: float32, `(len(texts), 384)`."""
        model = self._loaded()
        if isinstance(model, ArrayEmbeddings):
            return model.embed(texts)
        vectors = model.embed_documents(list(texts)) if texts else []
        return np.array(vectors, np.float32).reshape(-1, DIMENSIONS)

    @property
    def loaded(self) -> bool:
        return self._model is not None

    async def warm_up(self) -> None:
        """Load the model off the event loop, so that the first question needn't."""
        await asyncio.to_thread(self.embed_query, "warm up")

    def _loaded(self) -> Embeddings:
        with self._loading:
            if self._model is None:
                self._model = self._load()
            return self._model
