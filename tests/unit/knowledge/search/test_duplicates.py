"""Which of two passages that say the same is shown first, and what is never held for the same."""

from uuid import UUID

from knowledge.search.duplicates import SAME_SIMILARITY, duplicates_last
from knowledge.search.ranking import Scored
from storage.chunk_search import Candidate

LAST_YEAR, THIS_YEAR = UUID(int=1), UUID(int=2)


def scored(version, ordinal, **differs):
    values = {"section": "Item 1 > Risks", "is_table": False, "similarity": 0.5, "phrases": []}
    found = Candidate(
        version_id=version,
        ordinal=ordinal,
        page=1,
        statement=None,
        passage_start=0,
        passage_end=9,
        **(values | differs),
    )
    return Scored(found, {"dense": found.similarity})


def test_a_repeated_paragraph_goes_last_and_nothing_is_lost():
    best, again = scored(THIS_YEAR, 0), scored(LAST_YEAR, 7, similarity=0.5 - SAME_SIMILARITY / 2)
    other = scored(THIS_YEAR, 1, similarity=0.3)
    assert duplicates_last([best, again, other]) == [best, other, again]


def test_what_differs_in_words_in_heading_or_in_nearness_stays():
    best = scored(THIS_YEAR, 0, phrases=[1])
    others = [
        scored(LAST_YEAR, 1, phrases=[2]),
        scored(LAST_YEAR, 2, phrases=[1], section="Item 1 > Strategy"),
        scored(LAST_YEAR, 3, phrases=[1], similarity=0.5 - 2 * SAME_SIMILARITY),
        scored(THIS_YEAR, 4, phrases=[1]),
    ]
    assert duplicates_last([best, *others]) == [best, *others]


def test_tables_of_two_years_are_both_kept_in_place():
    both = [scored(THIS_YEAR, 0, is_table=True), scored(LAST_YEAR, 0, is_table=True)]
    assert duplicates_last(both) == both
