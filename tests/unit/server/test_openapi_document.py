"""What generated clients and /docs need of the OpenAPI document."""

import json
from collections import Counter

import pytest
from pydantic import TypeAdapter

from core.settings import Settings
from graphs.copilot.question import Question
from server.agent.inputs import Batch, One
from server.agent.runnable import AgentOut
from server.app import create_app
from server.approvals.schemas import DecisionIn
from server.asking.schemas import AskOut, QuestionInThread
from server.documents.schemas import UploadOut
from server.openapi.examples import REQUESTS, RESPONSES
from server.openapi.streams import AGENT, JOB, RUN, STREAMS

OPEN = {
    "/health", "/ready", "/sign-in", "/sign-in/oidc", "/sign-in/oidc/callback",
    "/.well-known/jwks.json", "/webhooks/analysis-complete",
}  # fmt: skip


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    data_dir = tmp_path_factory.mktemp("data")
    app = create_app(Settings(_env_file=None, data_dir=data_dir, groq_api_key=None))
    return app.openapi()


def operations(document):
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def test_operation_ids_are_names_that_a_client_can_use(document):
    ids = Counter(operation["operationId"] for _, operation in operations(document))
    assert {name for name, count in ids.items() if count > 1} == set()
    assert all(name.isidentifier() and name.islower() for name in ids)
    assert ids.keys() >= {"ask", "ask_streaming", "upload_pdf", "agent_invoke", "agent_stream"}


def test_every_operation_names_its_security_schemes(document):
    schemes = document["components"]["securitySchemes"]
    assert {name: each["type"] for name, each in schemes.items()} == {
        "bearer": "http", "apiKey": "apiKey", "session": "apiKey",  # pragma: allowlist secret
    }  # fmt: skip
    assert (schemes["apiKey"]["in"], schemes["apiKey"]["name"]) == ("header", "X-API-Key")
    assert (schemes["session"]["in"], schemes["session"]["name"]) == ("cookie", "copilot_session")
    for path, operation in operations(document):
        expected = [] if path in OPEN else [{"bearer": []}, {"apiKey": []}, {"session": []}]
        assert operation.get("security", []) == expected, path


def test_streams_are_described_by_the_events_that_they_send(document):
    for path, (name, events) in STREAMS.items():
        (operation,) = document["paths"][path].values()
        content = operation["responses"]["200"]["content"]
        assert list(content) == ["text/event-stream"]
        schema = content["text/event-stream"]["schema"]
        assert schema["anyOf"][0] == {"$ref": f"#/components/schemas/{name}"}
        described = document["components"]["schemas"][name]["oneOf"]
        assert {each["properties"]["event"]["const"] for each in described} == set(events)
        for each in described:
            assert each["properties"]["data"]["contentSchema"]


def test_agent_tag_says_how_to_continue_and_where_to_decide(document):
    (agent,) = [tag for tag in document["tags"] if tag["name"] == "agent"]
    assert "thread_id" in agent["description"]
    assert "`approvals`" in agent["description"]


def test_every_reference_has_its_schema(document):
    text = json.dumps(document)
    named = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert named <= document["components"]["schemas"].keys()


def test_examples_are_valid(document):
    models = {
        "ask": Question, "ask_streaming": Question, "start_run": QuestionInThread,
        "decide_approval": DecisionIn, "agent_batch": Batch,
    }  # fmt: skip
    for name, examples in REQUESTS.items():
        for example in examples.values():
            models.get(name, One).model_validate(example)
    answers = {name: example for name, (_, example) in RESPONSES.items()}
    AskOut.model_validate(answers["ask"])
    UploadOut.model_validate(answers["upload_pdf"])
    TypeAdapter(AgentOut).validate_python(answers["agent_invoke"]["output"])
    ids = {operation["operationId"] for _, operation in operations(document)}
    assert ids >= REQUESTS.keys() | RESPONSES.keys()


def test_kinds_of_events_are_those_that_the_service_sends():
    assert set(RUN) == {
        "run", "token", "tool_started", "tool_finished", "restart", "citations", "end",
        "cancelled", "error",
    }  # fmt: skip
    assert set(JOB) == {"progress", "end", "error"}
    assert set(AGENT) == {"metadata", "data", "error"}
