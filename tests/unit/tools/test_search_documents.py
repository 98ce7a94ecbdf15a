from datetime import UTC, datetime
from uuid import uuid4

import pytest
from pydantic import ValidationError

from core.principal import Principal
from tools.search_documents import Input, search_documents

PRINCIPAL = Principal("jo", uuid4(), frozenset())


async def test_the_caller_and_its_documents_come_from_outside_the_model():
    asked = {}

    class Retriever:
        async def search(self, principal, query, **options):
            asked.update(principal=principal, query=query, **options)
            return []

    only, then = (uuid4(),), datetime(2024, 3, 1, tzinfo=UTC)
    output = await search_documents(
        Input(query="revenue", limit=3),
        principal=PRINCIPAL,
        retriever=Retriever(),
        document_ids=only,
        as_of=then,
    )
    assert output.passages == ()
    expected = {"principal": PRINCIPAL, "query": "revenue", "limit": 3, "document_ids": only}
    assert asked == expected | {"as_of": then}


@pytest.mark.parametrize(
    "wrong",
    [
        {"query": ""},
        {"query": "x" * 2001},
        {"query": "x", "limit": 0},
        {"query": "x", "limit": 21},
        {"query": "x", "organization_id": str(uuid4())},
        {"query": "x", "document_ids": []},
        {"query": "x", "as_of": "2024-03-01"},
    ],
)
def test_the_model_can_not_ask_for_more(wrong):
    with pytest.raises(ValidationError):
        Input.model_validate(wrong)
