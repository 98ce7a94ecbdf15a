"""What puts one passage above another."""

from dataclasses import fields, replace
from uuid import UUID

import pytest

from knowledge.query.analysis import analyse
from knowledge.search.ranking import Weights, rank
from knowledge.statements import Statement
from storage.chunk_search import Candidate

VERSION, OLDER = UUID(int=1), UUID(int=2)
PLAIN = analyse("What is cyclicality?")
NOTHING = Weights(**dict.fromkeys((field.name for field in fields(Weights)), 0))


def candidate(ordinal, *, page=None, version=VERSION, similarity=0.1, **more):
    values = {"section": "", "statement": None, "is_table": False, "phrases": []} | more
    return Candidate(
        version_id=version,
        ordinal=ordinal,
        page=page or ordinal + 1,
        passage_start=0,
        passage_end=9,
        similarity=similarity,
        **values,
    )


def order(query, candidates, *, weights=NOTHING, wordiest=(), fits=None):
    scored = rank(query, candidates, list(wordiest), fits or {}, weights)
    return [each.candidate.ordinal for each in scored]


def test_the_nearest_comes_first():
    found = [candidate(0, similarity=0.2), candidate(1, similarity=0.9)]
    assert order(PLAIN, found, weights=replace(NOTHING, dense=1)) == [1, 0]


def test_the_wordiest_comes_first():
    found = [candidate(0), candidate(1)]
    weights = replace(NOTHING, words=1)
    assert order(PLAIN, found, weights=weights, wordiest=[(VERSION, 1), (VERSION, 0)]) == [1, 0]


def test_a_rare_phrase_is_worth_more_than_a_common_one():
    asked = analyse("backlog cyclicality")
    texts = [phrase.text for phrase in asked.phrases]
    common, rare = texts.index("backlog") + 1, texts.index("cyclicality") + 1
    found = [candidate(n, phrases=[common]) for n in range(5)] + [candidate(9, phrases=[rare])]
    assert order(asked, found, weights=replace(NOTHING, phrases=1))[0] == 9


def test_the_statement_that_is_asked_for_comes_first_and_its_first_print_above_later_ones():
    asked = analyse("What were total current assets?")
    found = [
        candidate(0, page=40),
        candidate(1, page=90, statement=Statement.BALANCE.value),
        candidate(2, page=50, statement=Statement.BALANCE.value),
        candidate(3, page=30, statement=Statement.CASH.value),
    ]
    assert order(asked, found, weights=replace(NOTHING, statement=1))[:2] == [2, 1]


def test_a_summary_in_the_discussion_is_no_primary_statement():
    asked = analyse("What were total current assets?")
    discussed = candidate(
        0,
        page=20,
        statement=Statement.BALANCE.value,
        section="Item 7. Management's Discussion and Analysis",
    )
    found = [discussed, candidate(1, page=50, statement=Statement.BALANCE.value)]
    assert order(asked, found, weights=replace(NOTHING, statement=1)) == [1, 0]


def test_the_filing_that_fits_comes_first():
    found = [candidate(0, version=OLDER), candidate(1)]
    fits = {VERSION: 1.0, OLDER: 0.3}
    assert order(PLAIN, found, weights=replace(NOTHING, route=1), fits=fits) == [1, 0]


WHY, HOW_MUCH = "What drove the change in gross margin?", "What was the gross margin?"


@pytest.mark.parametrize(("question", "first"), [(WHY, 0), (HOW_MUCH, 1)])
def test_reasons_are_looked_for_below_the_heading_of_what_changed(question, first):
    asked = analyse(question)
    held = [at for at, each in enumerate(asked.phrases, 1) if "margin" in each.text]
    prose = candidate(0, phrases=held, section="Item 7 > Gross margin")
    table = candidate(1, phrases=held, section="Item 7 > Results", is_table=True)
    assert order(asked, [prose, table], weights=Weights())[0] == first


def test_a_page_that_answers_twice_comes_before_one_that_answers_once():
    found = [
        candidate(0, page=1, similarity=0.9),
        candidate(1, page=2, similarity=0.9),
        candidate(2, page=2, similarity=0.8),
    ]
    assert order(PLAIN, found, weights=replace(NOTHING, dense=1, page=0.5))[0] == 1


def test_a_score_is_the_sum_of_its_parts():
    (only,) = rank(PLAIN, [candidate(0)], [], {VERSION: 1.0}, Weights())
    assert abs(only.score - sum(only.why.values())) < 1e-9
