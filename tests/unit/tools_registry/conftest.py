from uuid import uuid4

import pytest

from core.principal import Permission, Principal
from knowledge.passages import Passage
from tools_registry.registry import Ports, Registry, build_registry
from tools_registry.spec import Caller


@pytest.fixture
def passage():
    def make(text: str, document: str = "ACME.pdf") -> Passage:
        return Passage(
            chunk_id=uuid4(),
            document_id=uuid4(),
            document_version_id=uuid4(),
            document=document,
            version=1,
            page=2,
            start=0,
            end=len(text),
            match_start=0,
            match_end=len(text),
            text=text,
            score=0.5,
        )

    return make


@pytest.fixture
def registry() -> Registry:
    """The product's, over ports that nothing may reach."""
    return build_registry(Ports(retriever=None, outbox=None, figures=None))


@pytest.fixture
def caller() -> Caller:
    return Caller(Principal("jo", uuid4(), frozenset(Permission)))
