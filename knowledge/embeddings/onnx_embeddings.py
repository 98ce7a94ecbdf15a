"""all-MiniLM-L6-v2 on onnxruntime: a query takes a few milliseconds, and no torch is loaded."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from knowledge.embeddings.model import DIMENSIONS, MAX_WORD_PIECES


class OnnxEmbeddings(Embeddings):
    """May be called from several threads at once: neither sessions nor tokenizer keep state."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        self._session = _session(model)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_WORD_PIECES)
        self._tokenizer.no_padding()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Returns: unit vectors, `(len(texts), 384)`."""
        vectors: list[list[float]] = self.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Returns: a unit vector, `(384,)`."""
        return self.embed_documents([text])[0]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same as an array, `(len(texts), 384)`, which needs a tenth of the memory.

        A text a run, on as many cores as there are: nothing is padding, which makes up for larger
        products from 100 word pieces on. And int8's ranges are a run's: in a batch, a text's vector
        would depend on its neighbours.
        """
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        if len(texts) == 1:  # a query, for which no thread is worth it
            vectors[0] = self._run(encodings[0])
            return vectors
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            for at, vector in enumerate(cores.map(self._run, encodings)):
                vectors[at] = vector
        return vectors

    def _run(self, encoding: Encoding) -> NDArray[np.float32]:
        ids = np.array([encoding.ids], np.int64)
        vectors: NDArray[np.float32] = self._session.run(None, {"ids": ids})[0]
        return vectors.reshape(DIMENSIONS)


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors only: it warns about every machine's CPU
    options.intra_op_num_threads = 1
    # It keeps what the longest texts took for good otherwise.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
