"""The model on torch through langchain-huggingface: the reference, and what is fallen back to."""

import threading
from pathlib import Path

from langchain_core.embeddings import Embeddings
from langchain_huggingface import HuggingFaceEmbeddings
from transformers.utils import logging

BATCH_SIZE = 32


class TorchEmbeddings(Embeddings):
    """One call at a time: torch uses all cores for it, and its tokenizer isn't safe to share."""

    def __init__(self, folder: Path) -> None:
        logging.disable_progress_bar()
        self._turn = threading.Lock()
        self._model = HuggingFaceEmbeddings(
            model_name=str(folder),
            model_kwargs={"device": "cpu", "local_files_only": True},
            encode_kwargs={"normalize_embeddings": True, "batch_size": BATCH_SIZE},
        )

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Returns: unit vectors, `(len(texts), 384)`."""
        with self._turn:
            return self._model.embed_documents(texts) if texts else []

    def embed_query(self, text: str) -> list[float]:
        """Returns: a unit vector, `(384,)`."""
        with self._turn:
            return self._model.embed_query(text)
