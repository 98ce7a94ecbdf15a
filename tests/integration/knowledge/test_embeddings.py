"""all-MiniLM-L6-v2 on this machine, the very weights that it is named for."""

import hashlib
import math

import pytest
from langchain_huggingface import HuggingFaceEmbeddings

from knowledge.embeddings import DIMENSIONS, LazyEmbeddings, model_folder

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEXTS = [
    "Total net revenue was $48,215 million in fiscal 2022.",
    "Cash and cash equivalents at the end of the period",
    "Consolidated balance sheets (in thousands)\n" * 40,
]


def test_the_weights_are_the_pinned_ones():
    with (model_folder() / "model.safetensors").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == SHA256


def test_vectors_are_the_reference_s(embeddings):
    reference = HuggingFaceEmbeddings(
        model_name=str(model_folder()), encode_kwargs={"normalize_embeddings": True}
    )
    ours = embeddings.embed_documents(TEXTS)
    for vector, expected in zip(ours, reference.embed_documents(TEXTS), strict=True):
        assert len(vector) == DIMENSIONS
        assert math.hypot(*vector) == pytest.approx(1, abs=1e-5)
        assert vector == pytest.approx(expected, abs=1e-5)


def test_a_query_is_embedded_as_a_document_is(embeddings):
    assert embeddings.embed_query(TEXTS[0]) == pytest.approx(
        embeddings.embed_documents([TEXTS[0]])[0], abs=1e-5
    )


def test_nothing_is_loaded_before_it_is_needed():
    loads = []
    lazy = LazyEmbeddings(lambda: loads.append(1))
    assert (lazy.loaded, loads) == (False, [])
