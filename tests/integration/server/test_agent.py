"""LangServe's routes through its own client, over a real socket."""

from uuid import uuid4

import httpx
import pytest
from langserve import RemoteRunnable

pytestmark = pytest.mark.xdist_group("service")

QUESTION = {"question": "What was Halvorsen's net revenue in the second quarter of 2024?"}
KEYS = {"answer", "model", "status", "thread_id", "citations", "chunks", "steps", "usage"}


@pytest.fixture
async def agent(service):
    agent = RemoteRunnable(f"{service.url}/agent/", headers=service.headers, timeout=60)
    yield agent
    await agent.async_client.aclose()
    agent.sync_client.close()


@pytest.fixture(autouse=True)
def no_bug(service):
    logged = len(service.log.read_text())
    yield
    assert service.bugs(since=logged) == []


async def test_invoke(agent):
    answer = await agent.ainvoke(QUESTION)
    assert answer.keys() >= KEYS
    assert answer["citations"]
    calls = [step for step in answer["steps"] if step["type"].startswith("tool_")]
    assert [(call["type"], call["tool"]) for call in calls[:4]] == [
        ("tool_started", "look_up_figures"),
        ("tool_started", "search_documents"),
        ("tool_finished", "look_up_figures"),
        ("tool_finished", "search_documents"),
    ]


async def test_batch(agent):
    other = {"question": "What was Tesseline's total revenue in the second quarter of 2024?"}
    answers = await agent.abatch([QUESTION, other, QUESTION])
    documents = [answer["citations"][0]["passage"]["document"] for answer in answers]
    assert [name.split("_")[0] for name in documents] == ["HALVORSEN", "TESSELINE", "HALVORSEN"]
    assert len({answer["thread_id"] for answer in answers}) == 3


async def test_the_chunks_of_a_stream_add_up_to_the_answer(agent):
    chunks = [chunk async for chunk in agent.astream(QUESTION)]
    assert len(chunks) > 2
    total = {"steps": [step for chunk in chunks for step in chunk.get("steps", [])]}
    for chunk in chunks:
        total |= {key: value for key, value in chunk.items() if key != "steps"}
    whole = await agent.ainvoke(QUESTION)
    assert total.keys() == whole.keys()
    assert total["answer"] == whole["answer"]
    assert [s["type"] for s in total["steps"]] == [s["type"] for s in whole["steps"]]


async def test_events_hold_the_tokens(agent):
    events = [event async for event in agent.astream_events(QUESTION, version="v2")]
    tokens = [e["data"]["chunk"] for e in events if e["event"] == "on_chat_model_stream"]
    text = "".join(each.content for each in tokens)
    answer = events[-1]["data"]["output"]["answer"]
    assert len(tokens) > 5
    assert text == answer


async def test_events_show_the_search_the_look_up_and_their_tools(agent):
    events = [event async for event in agent.astream_events(QUESTION, version="v2")]
    names = [(e["event"], e["name"]) for e in events]
    assert names.index(("on_tool_start", "search_documents")) < names.index(
        ("on_retriever_start", "retriever")
    )
    ended = {e["name"]: e["data"] for e in events if e["event"] == "on_tool_end"}
    assert ended.keys() == {"search_documents", "look_up_figures"}
    assert ended["search_documents"]["input"]["query"]
    assert "<passage" in str(ended["search_documents"]["output"])
    assert ended["look_up_figures"]["input"]["item"]
    assert "<figures" in str(ended["look_up_figures"]["output"])


async def test_the_log_of_a_run_ends_with_the_answer(agent):
    run = None
    async for patch in agent.astream_log(QUESTION):
        run = patch if run is None else run + patch
    assert "Halvorsen" in str(run.state["final_output"]) or run.state["final_output"]["citations"]


def test_schemas(service):
    with service.client() as client:
        given = client.get("/agent/input_schema").json()
        out = client.get("/agent/output_schema").json()
    assert set(given["properties"]) == {"question", "document_ids", "thread_id", "as_of"}
    assert given["required"] == ["question"]
    assert given["additionalProperties"] is False
    assert set(out["properties"]) >= KEYS


def test_the_playground_is_a_page(service):
    with service.client() as client:
        page = client.get("/agent/playground/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" in page.text


@pytest.mark.parametrize("schema", ["input_schema", "config_schema"])
def test_the_playground_can_draw_its_form(service, schema):
    """It comes up blank on null, as a type and as a default."""
    with service.client() as client:
        assert "null" not in client.get(f"/agent/{schema}").text
        # What it sends when no document was added.
        given = {"question": "What was Halvorsen's net revenue?", "document_ids": []}
        assert client.post("/agent/invoke", json={"input": given}).status_code == 200


@pytest.mark.parametrize("path", ["/agent/invoke", "/agent/batch"])
def test_client_config_cannot_say_who_asks_or_change_limits(service, path):
    forged = {"subject": "admin", "organization_id": str(uuid4())}
    configurable = {"principal": forged, "organization_id": str(uuid4())}
    config = {"configurable": configurable, "max_concurrency": 1000, "recursion_limit": 1}
    body = {"inputs": [QUESTION]} if path.endswith("batch") else {"input": QUESTION}
    with service.client() as client:
        response = client.post(path, json={**body, "config": config})
    assert response.status_code == 200, response.text
    output = response.json()["output"]
    answer = output[0] if path.endswith("batch") else output
    assert answer["citations"]


async def test_client_thread_id_continues_the_conversation(agent):
    first = await agent.ainvoke(QUESTION)
    config = {"configurable": {"thread_id": first["thread_id"]}}
    assert (await agent.ainvoke(QUESTION, config))["thread_id"] == first["thread_id"]
    chunks = [chunk async for chunk in agent.astream(QUESTION, config)]
    assert [c["thread_id"] for c in chunks if "thread_id" in c] == [first["thread_id"]]
    events = [e async for e in agent.astream_events(QUESTION, config, version="v2")]
    assert events[-1]["data"]["output"]["thread_id"] == first["thread_id"]
    for answer in await agent.abatch([QUESTION], config):
        assert answer["thread_id"] == first["thread_id"]


async def test_unknown_thread_reaches_the_client_as_a_404(agent):
    config = {"configurable": {"thread_id": str(uuid4())}}
    streams = (
        agent.astream(QUESTION, config),
        agent.astream_log(QUESTION, config),
        agent.astream_events(QUESTION, config, version="v2"),
    )
    for stream in streams:
        with pytest.raises(httpx.HTTPStatusError) as refused:
            [part async for part in stream]
        assert refused.value.response.status_code == 404


async def test_a_wrong_input_reaches_the_client_as_a_422(agent):
    for call in (agent.ainvoke({"messages": []}), agent.abatch([{"question": " "}])):
        with pytest.raises(httpx.HTTPStatusError) as refused:
            await call
        assert refused.value.response.status_code == 422


async def test_a_refusal_in_a_stream_reaches_the_client(agent):
    with pytest.raises(httpx.HTTPStatusError):
        async for _ in agent.astream({**QUESTION, "document_ids": [str(uuid4())]}):
            pass
