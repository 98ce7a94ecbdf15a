"""The copilot as LangGraph's server runs it: its input, its events, LangChain's approvals."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.types import Command
from pydantic import ValidationError

from graphs.checkpointer import STORED_TYPES
from graphs.copilot.graph import build_studio_graph
from graphs.copilot.nodes.call_tools import REFUSED, SAME_ID

CONFIG = {"configurable": {"thread_id": "t1"}, "recursion_limit": 60}
QUESTION = {"question": "What was revenue?"}
APPROVE = {"type": "approve"}
REJECT = {"type": "reject"}


@pytest.fixture
def studio(rig, script):
    def studio(*lines, numbers=None):
        model = script(*lines)
        if numbers:
            model.numbers = iter(numbers)
        saver = InMemorySaver(serde=JsonPlusSerializer(allowed_msgpack_modules=STORED_TYPES))
        graph = build_studio_graph(model.chain, rig.registry, rig.principal, checkpointer=saver)
        return graph, model

    return studio


def pending(state):
    (interrupt,) = state["__interrupt__"]
    return interrupt.value


def resume(graph, *decisions):
    return graph.ainvoke(Command(resume={"decisions": [*decisions]}), CONFIG)


def payloads(rig):
    return [json.loads(request.content)["data"] for request in rig.sent]


def outcomes(state):
    return [m.text for m in state["messages"] if m.type == "tool" and m.name == "send_webhook"]


@pytest.mark.parametrize(
    "given", [QUESTION, {"messages": [{"role": "user", "content": "What was revenue?"}]}]
)
async def test_question_and_messages_are_both_input(studio, given):
    graph, model = studio("12.")
    state = await graph.ainvoke(given, CONFIG)
    assert [m.text for m in state["messages"]] == ["What was revenue?", "12."]
    assert model.seen[0][-1].text == "What was revenue?"


async def test_second_question_continues_the_thread(studio):
    graph, _ = studio("12.", "13.")
    await graph.ainvoke(QUESTION, CONFIG)
    follow_up = {"messages": [{"role": "user", "content": "And before?"}]}
    state = await graph.ainvoke(follow_up, CONFIG)
    expected = ["What was revenue?", "12.", "And before?", "13."]
    assert [m.text for m in state["messages"]] == expected


async def test_scope_of_the_input_holds_for_its_turn_alone(studio, rig):
    documents, as_ofs = [], []

    async def search(principal, query, *, limit, document_ids, as_of):
        documents.append(document_ids)
        as_ofs.append(as_of)
        return []

    rig.search = search
    call = ("search_documents", {"query": "revenue"})
    graph, _ = studio([call], "12.", [call], "13.")
    document_id = uuid4()
    scope = {"document_ids": [str(document_id)], "as_of": "2024-03-01T00:00:00Z"}
    await graph.ainvoke({**QUESTION, **scope}, CONFIG)
    await graph.ainvoke(QUESTION, CONFIG)
    assert documents == [(document_id,), None]
    assert as_ofs == [datetime(2024, 3, 1, tzinfo=UTC), None]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, '{"question": "..."}'),
        ({"messages": []}, '{"question": "..."}'),
        ({"messages": [{"role": "assistant", "content": "12."}]}, '{"question": "..."}'),
        ({"question": " "}, "question: String should have at least 1 character"),
        ({**QUESTION, "document_ids": ["x"]}, "document_ids: Input should be a valid UUID"),
        ({**QUESTION, "as_of": "2024-03-01T00:00:00"}, "as_of: Value error, "),
    ],
)
async def test_input_without_a_valid_question_is_a_clear_error(studio, given, told):
    graph, _ = studio("12.")
    with pytest.raises(ValueError, match=r"Send|valid") as refused:
        await graph.ainvoke(given, CONFIG)
    assert told in str(refused.value)


async def test_personal_data_in_the_input_is_masked(studio):
    graph, model = studio("12.", "13.")
    await graph.ainvoke({"question": "Mail jo@desk.example about revenue"}, CONFIG)
    asked = {"role": "user", "content": "Mail jo@desk.example about revenue"}
    await graph.ainvoke({"messages": [asked]}, CONFIG)
    assert not any("jo@desk.example" in m.text for seen in model.seen for m in seen)


def test_input_schema_shows_only_what_can_be_sent(studio):
    graph, _ = studio("12.")
    schema = graph.get_input_jsonschema()
    assert set(schema["properties"]) == {"question", "document_ids", "as_of", "messages"}
    assert "required" not in schema


async def test_custom_stream_mode_has_tools_and_tokens(studio):
    graph, _ = studio([("search_documents", {"query": "revenue"})], "Revenue was 12.")
    events = [event async for event in graph.astream(QUESTION, CONFIG, stream_mode="custom")]
    kinds = [event["type"] for event in events]
    assert kinds[:2] == ["tool_started", "tool_finished"]
    tokens = [event["text"] for event in events if event["type"] == "token"]
    assert "".join(tokens) == "Revenue was 12."


async def test_interrupt_is_a_request_in_langchain_s_format(studio, webhook, rig):
    graph, _ = studio([webhook({"n": 1})], "sent")
    request = pending(await graph.ainvoke(QUESTION, CONFIG))
    (action,) = request["action_requests"]
    assert action["name"] == "send_webhook"
    assert action["args"] == {"endpoint": "ops", "event_type": "a.b", "payload": {"n": 1}}
    allowed = ["approve", "edit", "reject"]
    review = {"action_name": "send_webhook", "allowed_decisions": allowed}
    assert request["review_configs"] == [review]
    await resume(graph, APPROVE)
    (sent,) = rig.sent
    assert sent.content.decode() in action["description"]  # what was shown is what was sent


async def test_decisions_are_taken_one_for_each_action_in_order(studio, webhook, rig):
    calls = [webhook({"n": 1}), webhook({"n": 2}), webhook({"n": 3})]
    graph, _ = studio(calls, "done")
    await graph.ainvoke(QUESTION, CONFIG)
    edited = {"endpoint": "ops", "event_type": "a.b", "payload": {"n": 9}}
    edit = {"type": "edit", "edited_action": {"name": "send_webhook", "args": edited}}
    state = await resume(graph, {"type": "reject", "message": "wrong desk"}, edit, APPROVE)
    assert payloads(rig) == [{"n": 9}, {"n": 3}]
    assert outcomes(state)[0] == f"{REFUSED} The reason: wrong desk"


async def test_reject_without_message_refuses(studio, webhook, rig):
    graph, _ = studio([webhook()], "not sent")
    await graph.ainvoke(QUESTION, CONFIG)
    state = await resume(graph, REJECT)
    assert (rig.sent, outcomes(state)) == ([], [REFUSED])


async def test_rejection_of_the_first_of_two_calls_with_one_id_holds(studio, webhook, rig):
    graph, _ = studio([webhook({"n": 1}), webhook({"n": 2})], "done", numbers=[1, 1])
    await graph.ainvoke(QUESTION, CONFIG)
    state = await resume(graph, REJECT, APPROVE)
    assert rig.sent == []
    assert outcomes(state) == [REFUSED, SAME_ID]


EDIT = {"type": "edit"}
MALFORMED = [
    {"call_1": True},
    True,
    "yes",
    {"decisions": []},
    {"decisions": [APPROVE, APPROVE]},
    {"decisions": [{"type": "maybe"}]},
    {"decisions": [{"type": "respond", "message": "done"}]},
    {"decisions": [{**APPROVE, "args": {"payload": {"n": 999}}}]},
    {"decisions": [EDIT]},
    {"decisions": [{**EDIT, "edited_action": {"name": "calculate", "args": {}}}]},
    {"decisions": [{**EDIT, "edited_action": {"name": "send_webhook", "args": {"url": "x"}}}]},
]


@pytest.mark.parametrize("answer", MALFORMED)
async def test_malformed_answer_is_an_error_and_can_be_sent_again(studio, webhook, rig, answer):
    graph, _ = studio([webhook({"n": 1})], "sent")
    await graph.ainvoke(QUESTION, CONFIG)
    with pytest.raises(ValidationError):
        await graph.ainvoke(Command(resume=answer), CONFIG)
    assert rig.sent == []
    assert (await graph.aget_state(CONFIG)).interrupts
    state = await resume(graph, APPROVE)
    assert payloads(rig) == [{"n": 1}]
    assert state["messages"][-1].text == "sent"
