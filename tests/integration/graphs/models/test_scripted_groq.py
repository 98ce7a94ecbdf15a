"""The wire shape of the scripted server, seen by a client that knows nothing of LangChain."""

import json
import socket
import threading

import httpx
import pytest

from graphs.models.scripted_groq import PATH, ScriptedGroq
from graphs.models.scripted_replies import (
    Answer,
    Call,
    Cut,
    Hang,
    ScriptedRequest,
    Stall,
    broken_off,
    retired,
    throttled,
    too_large,
    tool_use_failed,
    unauthorized,
    unavailable,
)

BODY = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}


def post(groq: ScriptedGroq, *, patience: float = 60, **fields: object) -> httpx.Response:
    headers = {"authorization": "Bearer gsk_secret"}
    return httpx.post(groq.url + PATH, json=BODY | fields, headers=headers, timeout=patience)


def events(response: httpx.Response) -> list[dict]:
    lines = [line[6:] for line in response.text.splitlines() if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


def test_an_answer() -> None:
    with ScriptedGroq({"m": Answer("hello", reasoning="hm", usage=(7, 3))}) as groq:
        body = post(groq).json()
    assert body["object"] == "chat.completion"
    assert body["model"] == "m"
    message = {"role": "assistant", "content": "hello", "reasoning": "hm"}
    assert body["choices"] == [
        {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    ]
    assert body["usage"]["prompt_tokens"] == 7
    assert body["usage"]["total_tokens"] == 10


def test_tool_calls_have_ids_and_arguments_as_a_string() -> None:
    calls = (Call("search", {"query": "revenue"}), Call("add", '{"broken', id="mine"))
    with ScriptedGroq({"m": Answer(calls=calls)}) as groq:
        choice = post(groq).json()["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["tool_calls"] == [
        {
            "id": "call_1",
            "type": "function",
            "function": {"name": "search", "arguments": '{"query": "revenue"}'},
        },
        {"id": "mine", "type": "function", "function": {"name": "add", "arguments": '{"broken'}},
    ]


def test_a_stream_opens_with_the_role_and_closes_with_usage() -> None:
    with ScriptedGroq({"m": Answer("two words", calls=(Call("f"),))}) as groq:
        response = post(groq, stream=True, stream_options={"include_usage": True})
    assert response.headers["content-type"] == "text/event-stream"
    assert response.text.endswith("data: [DONE]\n\n")
    chunks = events(response)
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks[:-1]]
    assert deltas[:3] == [
        {"role": "assistant", "content": ""},
        {"content": "two"},
        {"content": " words"},
    ]
    assert deltas[3]["tool_calls"][0]["index"] == 0
    assert chunks[-2]["choices"][0]["finish_reason"] == "tool_calls"
    assert chunks[-2]["x_groq"]["usage"]["total_tokens"] == 120
    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"]["total_tokens"] == 120


@pytest.mark.parametrize(
    ("reply", "status", "code"),
    [
        (throttled(), 429, "rate_limit_exceeded"),
        (unavailable(500), 500, "internal_server_error"),
        (unavailable(), 503, "internal_server_error"),
        (unauthorized(), 401, "invalid_api_key"),
        (too_large(), 413, "rate_limit_exceeded"),
        (tool_use_failed("<f>"), 400, "tool_use_failed"),
        (retired("m"), 400, "model_decommissioned"),
        (broken_off("half"), 500, "internal_server_error"),
    ],
)
def test_refusals(reply, status, code) -> None:
    with ScriptedGroq({"m": reply}) as groq:
        response = post(groq)
    assert response.status_code == status
    assert response.json()["error"]["code"] == code
    assert ("failed_generation" in response.json()["error"]) == (code == "tool_use_failed")
    assert "retry-after" not in response.headers


def test_retry_after() -> None:
    with ScriptedGroq({"m": throttled(2)}) as groq:
        assert post(groq).headers["retry-after"] == "2"


def test_an_error_event_in_mid_stream() -> None:
    with ScriptedGroq({"m": broken_off("one two three", after=2)}) as groq:
        response = post(groq, stream=True)
    assert response.status_code == 200
    assert "event: error\n" in response.text
    assert len(events(response)) == 4
    assert events(response)[-1]["error"]["code"] == "internal_server_error"


@pytest.mark.parametrize("stream", [False, True])
def test_a_cut_answer_ends_the_connection_early(stream) -> None:
    with (
        ScriptedGroq({"m": Cut(Answer("one two"))}) as groq,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        post(groq, stream=stream)


@pytest.mark.parametrize("reply", [Hang(), Stall(Answer("one two"))])
@pytest.mark.parametrize("stream", [False, True])
def test_silence_ends_when_the_server_stops(reply, stream) -> None:
    before = set(threading.enumerate())
    with ScriptedGroq({"m": reply}) as groq, pytest.raises(httpx.ReadTimeout):
        post(groq, patience=0.3, stream=stream)
    left = set(threading.enumerate()) - before
    assert not any(thread.name == "scripted-groq" for thread in left)


def test_a_missing_finish_reason_still_ends_cleanly() -> None:
    with ScriptedGroq({"m": Answer("half", finish_reason=None)}) as groq:
        chunks = events(post(groq, stream=True))
        whole = post(groq).json()
    assert all(chunk["choices"][0]["finish_reason"] is None for chunk in chunks)
    assert whole["choices"][0]["finish_reason"] is None


def test_replies_go_in_order_and_the_last_repeats() -> None:
    with ScriptedGroq({"m": ["one", "two"], "*": "any"}) as groq:
        texts = [post(groq).json()["choices"][0]["message"]["content"] for _ in range(3)]
        other = post(groq, model="other").json()["choices"][0]["message"]["content"]
        assert (groq.asked("m"), groq.asked("other")) == (3, 1)
    assert (texts, other) == (["one", "two", "two"], "any")


def test_an_unknown_model_or_address_is_a_404() -> None:
    with ScriptedGroq({"m": "x"}) as groq:
        assert post(groq, model="n").json()["error"]["code"] == "model_not_found"
        assert httpx.get(groq.url + "/openai/v1/models").status_code == 404


def test_requests_are_recorded_with_the_key_masked() -> None:
    with ScriptedGroq({"m": "x"}) as groq:
        post(groq, tools=[{"type": "function"}])
    (request,) = groq.requests
    assert (request.model, request.stream) == ("m", False)
    assert request.messages == BODY["messages"]
    assert request.tools == [{"type": "function"}]
    assert "gsk_secret" not in str(request)


def test_a_function_plays_an_agent() -> None:
    def agent(request: ScriptedRequest) -> Answer | str:
        if not request.tool_results:
            return Answer(calls=(Call("search"),))
        return f"Found {request.tool_results[-1]}"

    with ScriptedGroq({"m": agent}) as groq:
        assert post(groq).json()["choices"][0]["finish_reason"] == "tool_calls"
        found = [*BODY["messages"], {"role": "tool", "content": "5", "tool_call_id": "call_1"}]
        assert post(groq, messages=found).json()["choices"][0]["message"]["content"] == "Found 5"


def test_a_broken_script_is_a_500_and_logged(caplog) -> None:
    with ScriptedGroq({"m": lambda request: str(1 // 0)}) as groq:
        assert post(groq).status_code == 500
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("raw", [b"nonsense\r\n\r\n", b"POST / HTTP/1.1\r\n\r\n{", b""])
def test_it_survives_clients_that_talk_nonsense(raw) -> None:
    with ScriptedGroq({"m": "x"}) as groq:
        port = int(groq.url.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
            client.sendall(raw)
        assert post(groq).status_code == 200


async def test_async_with() -> None:
    async with ScriptedGroq({"m": "x"}) as groq, httpx.AsyncClient() as client:
        assert (await client.post(groq.url + PATH, json=BODY)).status_code == 200
