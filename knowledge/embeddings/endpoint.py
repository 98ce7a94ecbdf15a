"""The model at HuggingFace's inference service, or at any endpoint that speaks its protocol."""

import httpx
from huggingface_hub import AsyncInferenceClient, InferenceClient
from huggingface_hub.utils import is_numpy_available  # type: ignore[attr-defined]  # exported untold
from langchain_core.embeddings import Embeddings
from langchain_huggingface import HuggingFaceEndpointEmbeddings

from core.errors import UnavailableError
from knowledge.embeddings.model import DIMENSIONS, MODEL

TIMEOUT_SECONDS = 30.0


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


def load_endpoint(url: str | None, token: str | None) -> EndpointEmbeddings:
    """Args: as `choose.endpoint_embeddings` has them."""
    # It takes a repository's name only: a URL goes into its clients.
    embeddings = HuggingFaceEndpointEmbeddings(
        model=MODEL, huggingfacehub_api_token=token or "none"
    )
    model = None if url else MODEL
    timeout = TIMEOUT_SECONDS
    embeddings.client = InferenceClient(model, base_url=url, token=token, timeout=timeout)
    embeddings.async_client = AsyncInferenceClient(
        model, base_url=url, token=token, timeout=timeout
    )
    # While it looks for the first time, it tells other threads that there is no numpy.
    is_numpy_available()
    return EndpointEmbeddings(embeddings)
