"""Our vectors against the reference's: a wrong graph runs without any error, it is just wrong."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from knowledge.embeddings.choose import local_embeddings
from knowledge.embeddings.model import DIMENSIONS, model_folder
from knowledge.embeddings.precision import Precision

SENTENCES = [
    "Total net revenue was $48,215 million in fiscal 2022, an increase of 6% on the prior year.",
    "Cash and cash equivalents at the end of the period",
    "What was the operating margin of the second segment in the third quarter of 2021?",
    "We lease offices, stores and data centers under leases that expire through 2041.",
    "Goodwill is tested for impairment each year, or when an event says that it should be.",
    "The effective tax rate fell from 21.4% to 18.9% because of a settlement with an authority.",
    "Basic and diluted net income per share attributable to common shareholders",
    "Who audits the company?",
]
LONG = [
    "Consolidated balance sheets (in thousands)\n" * 40,
    " ".join(SENTENCES),
    " ".join(reversed(SENTENCES * 3)),
    "figure " * 10_000,
]
ODD = ["", " ", "cash", "Ünïcode — 東京 株式会社 €5 🚀", "a" * 400, "[SEP] [PAD] x", "\u200b\x00"]


@pytest.fixture(scope="module")
def texts(seeded=20) -> list[str]:
    random = np.random.default_rng(seeded)
    words = " ".join(SENTENCES).split()
    mixed = [" ".join(random.choice(words, size)) for size in random.integers(1, 300, 31)]
    return SENTENCES + LONG + mixed + ODD


@pytest.fixture(scope="module")
def reference(texts):
    """The reference's vectors: it is loaded once for all tests here."""
    pytest.importorskip("sentence_transformers", reason="the extra `torch` isn't installed")
    from knowledge.embeddings.torch_embeddings import TorchEmbeddings  # noqa: PLC0415

    return np.array(TorchEmbeddings(model_folder()).embed_documents(texts), np.float32)


@pytest.fixture(scope="module")
def fp32(models_folder):
    return local_embeddings(models_folder, Precision.FP32)


def cosines(ours, reference):
    assert ours.shape == reference.shape
    assert np.linalg.norm(ours, axis=1) == pytest.approx(1, abs=1e-4)
    return (ours * reference).sum(axis=1)


def test_fp32_is_the_reference(fp32, texts, reference):
    assert cosines(fp32.embed(texts), reference).min() > 0.9999


def test_int8_is_close_to_the_reference(embeddings, texts, reference):
    found = cosines(embeddings.embed(texts), reference)
    assert found[: -len(ODD)].mean() >= 0.99
    assert found[: -len(ODD)].min() >= 0.98
    assert found.min() >= 0.96  # of a text that says next to nothing


def test_what_int8_ranks_first_is_as_near_by_the_reference(embeddings, reference, texts):
    """Mixed sentences lie close together: which of two equals comes first tells nothing."""
    ours, self_excluded = embeddings.embed(texts), -2 * np.eye(len(texts), dtype=np.float32)
    by_reference = reference @ reference.T + self_excluded
    chosen = np.argmax(ours @ ours.T + self_excluded, axis=1)
    lost = by_reference.max(axis=1) - by_reference[np.arange(len(texts)), chosen]
    assert lost.max() < 0.05


def test_lists_hold_the_same_numbers(fp32):
    assert fp32.embed_documents(SENTENCES) == fp32.embed(SENTENCES).tolist()


def test_a_query_is_embedded_as_a_document_is(fp32):
    assert fp32.embed_query(SENTENCES[0]) == pytest.approx(fp32.embed(SENTENCES)[0], abs=1e-5)


def test_no_texts(embeddings):
    assert embeddings.embed([]).shape == (0, DIMENSIONS)
    assert embeddings.embed_documents([]) == []


def test_order_is_kept(fp32, texts):
    assert fp32.embed(texts[::-1])[::-1] == pytest.approx(fp32.embed(texts), abs=1e-5)


def test_a_long_text_is_cut_at_256_word_pieces(fp32):
    """Two of them are the model's own."""
    cut, whole = fp32.embed(["figure " * 254, "figure " * 10_000])
    shorter = fp32.embed(["figure " * 250])[0]
    assert whole == pytest.approx(cut, abs=1e-5)
    assert np.abs(whole - shorter).max() > 1e-4


def test_a_vector_depends_on_its_text_alone(embeddings):
    """And on no neighbour, which int8 would make it if texts shared a run."""
    alone = [embeddings.embed_query(sentence) for sentence in SENTENCES]
    assert embeddings.embed_documents(SENTENCES) == alone


def test_calls_at_once_give_what_calls_in_turn_give(embeddings):
    questions = [f"{sentence} {at}" for at in range(5) for sentence in SENTENCES]
    in_turn = [embeddings.embed_query(question) for question in questions]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(embeddings.embed_query, questions)) == in_turn
