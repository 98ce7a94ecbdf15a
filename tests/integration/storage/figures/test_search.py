"""Look-up by concept, by words and by id, within what a principal may see."""

from dataclasses import replace
from uuid import uuid4

import pytest

from storage.figures import search


def labels(found):
    return [each.figure.label for each in found]


@pytest.fixture
async def version(admit, principal, figure):
    return await admit(
        principal,
        [
            figure(0, label="Cost of revenue", concept="CostOfRevenue", words=("cost", "revenu")),
            figure(1, label="Revenue", concept="Revenues", statement=None, words=("revenu",)),
            figure(2, label="Total revenue", concept="Revenues", words=("total", "revenu")),
            figure(3, label="Churn", concept=None, words=("churn",)),
        ],
    )


async def test_concepts_find_their_figures_those_of_statements_first(look_up, principal, version):
    found = await look_up(principal, "candidates", [version.id], concepts=["Revenues"], limit=9)
    assert labels(found) == ["Total revenue", "Revenue"]
    assert {each.document for each in found} == {version.name}
    assert {(each.document_id, each.version_id) for each in found} == {
        (version.document_id, version.id)
    }


async def test_all_words_are_required_of_a_candidate(look_up, principal, version):
    found = await look_up(principal, "candidates", [version.id], words=["revenu", "cost"], limit=9)
    assert labels(found) == ["Cost of revenue"]
    nothing = await look_up(
        principal, "candidates", [version.id], words=["revenu", "churn"], limit=9
    )
    assert nothing == []


async def test_words_add_to_concepts_without_repeating_a_figure(look_up, principal, version):
    found = await look_up(
        principal, "candidates", [version.id], concepts=["Revenues"], words=["revenu"], limit=9
    )
    assert labels(found) == ["Total revenue", "Revenue", "Cost of revenue"]


async def test_any_word_ranks_by_how_many_match(look_up, principal, version):
    found = await look_up(principal, "with_any_word", [version.id], ["revenu", "cost"], limit=9)
    assert labels(found) == ["Cost of revenue", "Total revenue", "Revenue"]


async def test_a_repeated_word_counts_once(look_up, principal, version):
    found = await look_up(principal, "candidates", [version.id], words=["churn", "churn"], limit=9)
    assert labels(found) == ["Churn"]


@pytest.mark.parametrize("limit", [1, 2])
async def test_no_more_than_the_limit_is_returned(look_up, principal, version, limit):
    found = await look_up(
        principal, "candidates", [version.id], concepts=["Revenues"], words=["revenu"], limit=limit
    )
    assert labels(found) == ["Total revenue", "Revenue"][:limit]


async def test_without_concepts_and_words_nothing_is_found(look_up, principal, version):
    assert await look_up(principal, "candidates", [version.id], limit=9) == []
    assert await look_up(principal, "with_any_word", [version.id], [], limit=9) == []


async def test_other_versions_are_left_out(look_up, admit, principal, version, figure):
    other = await admit(principal, [figure(concept="Revenues", words=("revenu",))])
    found = await look_up(
        principal, "candidates", [other.id], concepts=["Revenues"], words=["revenu"], limit=9
    )
    assert {each.version_id for each in found} == {other.id}


async def test_ids_give_their_figures_in_order(look_up, principal, version):
    found = await look_up(principal, "candidates", [version.id], words=["revenu"], limit=9)
    ids = [each.id for each in reversed(found)]
    again = await look_up(principal, "by_ids", [*ids, uuid4()])
    assert again == list(reversed(found))


async def test_another_organization_finds_nothing(look_up, principal, stranger, version):
    found = await look_up(principal, "candidates", [version.id], concepts=["Revenues"], limit=9)
    arguments = {"concepts": ["Revenues"], "words": ["revenu"], "limit": 9}
    assert await look_up(stranger, "candidates", [version.id], **arguments) == []
    assert await look_up(stranger, "by_ids", [each.id for each in found]) == []


async def test_a_private_figure_is_found_by_its_owner_alone(look_up, admit, principal, figure):
    version = await admit(principal, [figure()], private=True)
    colleague = replace(principal, subject="colleague")
    arguments = {"concepts": ["InventoryNet"], "limit": 9}
    (own,) = await look_up(principal, "candidates", [version.id], **arguments)
    assert await look_up(colleague, "candidates", [version.id], **arguments) == []
    words = {"words": ["inventori"], "limit": 9}
    assert await look_up(colleague, "candidates", [version.id], **words) == []
    assert await look_up(colleague, "by_ids", [own.id]) == []


async def test_look_ups_use_their_indexes(database, as_owner, admit, principal, stranger, figure):
    """Also where another organization owns nearly all of the table."""

    others = [figure(n, concept=f"Concept{n % 50}", words=(f"word{n % 50}",)) for n in range(3000)]
    for _ in range(3):
        await admit(stranger, others)
    mine = [figure(n, words=(f"mine{n}",)) for n in range(1, 1000)]  # so that its words tell most
    version = await admit(principal, [figure(), *mine])
    as_owner("analyze figures, figure_words")  # as autovacuum does, sooner or later
    values = {"versions": [version.id], "concepts": ["InventoryNet"], "limit": 9}
    values |= {"words": ["inventori"], "least": 1}
    async with database.psycopg_transaction(principal) as connection:
        plans = [
            [
                row["QUERY PLAN"]
                for row in await (
                    await connection.execute("explain " + query, values, prepare=False)
                ).fetchall()
            ]
            for query in (search.OF_CONCEPTS, search.WITH_WORDS)
        ]
    assert any("figures_concept" in line for line in plans[0]), plans[0]
    assert any("figure_words_word" in line for line in plans[1]), plans[1]
    assert not any("Seq Scan on figure" in line for plan in plans for line in plan), plans
