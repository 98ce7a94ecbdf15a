import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.evaluators.answered import answered
from evals.evaluators.cited_page_hit import cited_page_hit
from evals.evaluators.document_hit import document_hit
from evals.evaluators.ndcg import ndcg
from evals.evaluators.page_hit import CUTOFFS, page_hit
from evals.evaluators.reciprocal_rank import reciprocal_rank
from evals.examples import Example, PageRef
from evals.ranking import evidence_ranks

EXAMPLE = Example(
    "q1",
    "What was revenue?",
    "$1",
    "ACME.pdf",
    frozenset({PageRef("ACME.pdf", 3), PageRef("ACME.pdf", 9)}),
)
RANKS = st.lists(st.integers(1, 40), max_size=5)


def test_ranks_are_of_the_document_s_own_pages():
    pages = [PageRef("OTHER.pdf", 3), PageRef("ACME.pdf", 9), PageRef("ACME.pdf", 3)]
    assert evidence_ranks(pages, EXAMPLE) == [2, 3]
    assert evidence_ranks(pages[:1], EXAMPLE) == []


@pytest.mark.parametrize(("ranks", "hits"), [([], 0), ([1, 9], 4), ([3], 3), ([6], 1), ([11], 0)])
def test_page_hit_counts_the_best_rank(ranks, hits):
    assert sum(page_hit(ranks, k) for k in CUTOFFS) == hits


@pytest.mark.parametrize(
    ("ranks", "score"), [([], 0.0), ([1], 1.0), ([4, 2], 0.5), ([10], 0.1), ([11], 0.0)]
)
def test_reciprocal_rank_stops_at_its_cutoff(ranks, score):
    assert reciprocal_rank(ranks) == score


@given(RANKS)
def test_a_larger_cutoff_never_loses_a_hit(ranks):
    hits = [page_hit(ranks, k) for k in range(1, 41)]
    assert hits == sorted(hits)
    assert page_hit(ranks, 1) <= reciprocal_rank(ranks) <= page_hit(ranks, 10)


def test_document_hit_looks_at_the_first_page_alone():
    pages = [PageRef("ACME.pdf", 1), PageRef("OTHER.pdf", 1)]
    assert document_hit(pages, "ACME.pdf") == 1.0
    assert document_hit(pages, "OTHER.pdf") == 0.0
    assert document_hit([], "ACME.pdf") == 0.0


def test_a_cited_page_needs_the_right_document():
    assert cited_page_hit([PageRef("OTHER.pdf", 3), PageRef("ACME.pdf", 9)], EXAMPLE) == 1.0
    assert cited_page_hit([PageRef("OTHER.pdf", 3), PageRef("ACME.pdf", 4)], EXAMPLE) == 0.0


@pytest.mark.parametrize(
    ("status", "n_citations", "score"),
    [("answered", 1, 1.0), ("answered", 0, 0.0), ("stopped", 2, 0.0), ("failed", 0, 0.0)],
)
def test_an_answer_cites(status, n_citations, score):
    assert answered(status, n_citations) == score


@pytest.mark.parametrize(
    ("ranks", "n_evidence", "score"),
    [
        ([1], 1, 1.0),
        ([1, 2], 2, 1.0),
        ([2], 1, 0.6309),  # 1 / log2(3)
        ([1, 3], 2, 0.9197),  # (1 + 1/2) / (1 + 1/log2(3))
        ([1], 2, 0.6131),
        ([11], 1, 0.0),
        ([], 3, 0.0),
        (list(range(1, 11)), 20, 1.0),
    ],
)
def test_ndcg_counts_every_page_by_its_rank(ranks, n_evidence, score):
    assert ndcg(ranks, n_evidence) == pytest.approx(score, abs=1e-4)
