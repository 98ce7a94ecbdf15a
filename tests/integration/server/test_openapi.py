"""Every operation, asked with what its document allows and with much that it doesn't, as each role.

`COPILOT_FUZZ_EXAMPLES` says how often each is asked; `make fuzz` asks more.
"""

import os

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.roles import ROLES, Role
from evals.filings.broken import text_pages

PATIENCE_SECONDS = 600
"""For a service on a busy machine: how fast it answers is no question of this test."""
EXAMPLES = int(os.environ.get("COPILOT_FUZZ_EXAMPLES", "3"))
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
pytestmark = pytest.mark.filterwarnings("ignore")  # of the library that makes the requests


@pytest.fixture(scope="module")
def fuzzed(service_type, folder, embedding_endpoint):
    """A service with a document, for nobody else."""
    service = service_type(
        folder / "fuzzed",
        {
            "COPILOT_EMBEDDINGS": "endpoint",
            "COPILOT_EMBEDDINGS_ENDPOINT_URL": embedding_endpoint.url,
            "COPILOT_LIMIT_UPLOADS": "100000/minute",
            "COPILOT_LIMIT_KEY_QUERIES": "100000/minute",
        },
    )
    service.start(patience_seconds=PATIENCE_SECONDS)
    service.upload("note.pdf", text_pages(1))
    _wait_until_indexed(service)
    yield service
    service.stop()


def test_no_answer_is_outside_of_the_document(fuzzed):
    keys = [_key(fuzzed, role) for role in Role]
    schema = schemathesis.openapi.from_url(f"{fuzzed.url}/openapi.json")
    operations = [each.ok() for each in schema.get_all_operations()]
    assert len(operations) > 40
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _ask(operation, mode, keys)
    assert fuzzed.bugs() == []


def _wait_until_indexed(service) -> None:
    """The status is told as it changes, so nothing is timed here."""
    with service.client() as client:
        (document,) = client.get("/documents").json()
        job = document["versions"][0]["version_id"]
        events = client.get(f"/jobs/{job}/events", timeout=PATIENCE_SECONDS).text
        assert "event: end" in events
        (document,) = client.get("/documents").json()
    assert document["versions"][0]["status"] == "current"


def _key(service, role) -> str:
    permissions = [part for each in sorted(ROLES[role]) for part in ("--permission", each)]
    key = service.command("keys", "add", role, *permissions).stdout.strip()
    # A key that opens nothing would be answered as documented too.
    headers = {"x-api-key": key}
    listed = httpx.get(f"{service.url}/documents", headers=headers, timeout=PATIENCE_SECONDS)
    assert listed.status_code == 200
    return key


def _ask(operation, mode, keys) -> None:
    """Each case as each role: making them up takes longer than asking."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=SLOW,
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        for key in keys:
            answer = case.call(headers={"x-api-key": key}, timeout=PATIENCE_SECONDS)
            case.validate_response(answer, checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # it takes nothing that could be wrong
