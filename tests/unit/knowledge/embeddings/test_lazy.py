"""A model that is loaded at first use, once."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from knowledge.embeddings.lazy import LazyEmbeddings
from knowledge.embeddings.model import DIMENSIONS


class Lengths(Embeddings):
    """As langchain has it: lists only."""

    def embed_documents(self, texts):
        return [[float(len(text))] * DIMENSIONS for text in texts]

    def embed_query(self, text):
        return self.embed_documents([text])[0]


@pytest.fixture
def loads():
    return []


@pytest.fixture
def lazy(loads):
    def load():
        time.sleep(0.02)
        loads.append(1)
        return Lengths()

    return LazyEmbeddings(load)


def test_nothing_is_loaded_before_it_is_needed(lazy, loads):
    assert (lazy.loaded, loads) == (False, [])


async def test_warming_up_loads(lazy):
    await lazy.warm_up()
    assert lazy.loaded


def test_it_is_loaded_once(lazy, loads):
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lazy.embed_query, ["a", "bb"] * 8))
    assert loads == [1]
    assert [vector[0] for vector in found] == [1.0, 2.0] * 8


def test_a_failed_load_is_tried_again():
    outcomes = iter([OSError("not yet"), Lengths()])

    def load():
        if isinstance(outcome := next(outcomes), OSError):
            raise outcome
        return outcome

    lazy = LazyEmbeddings(load)
    with pytest.raises(OSError, match="not yet"):
        lazy.embed_query("a")
    assert lazy.embed_query("a")[0] == 1.0


@pytest.mark.parametrize("texts", [[], ["a", "bb"]])
def test_a_model_of_lists_gives_an_array_too(lazy, texts):
    vectors = lazy.embed(texts)
    assert (vectors.shape, vectors.dtype) == ((len(texts), DIMENSIONS), np.float32)
    assert vectors[:, 0].tolist() == [float(len(text)) for text in texts]
