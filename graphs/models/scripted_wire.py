"""Groq's wire format: bodies of chat completions and of their server-sent events.

https://console.groq.com/docs/api-reference#chat-create; names and places of fields as
langchain-groq 1.1.3 and the groq SDK 0.37 read them.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from graphs.models.scripted_replies import Answer, ScriptedRequest

CREATED = 1_764_000_000
"""Unix seconds; fixed, so that a script gives the same bytes every time."""


def completion(answer: Answer, request: ScriptedRequest) -> dict[str, Any]:
    """The body of an answer that isn't streamed."""
    message: dict[str, Any] = {"role": "assistant", "content": answer.text or None}
    if answer.reasoning:
        message["reasoning"] = answer.reasoning
    if answer.calls:
        message["tool_calls"] = [call.wire(index) for index, call in enumerate(answer.calls)]
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": answer.finish}
    return {
        **_envelope(request, "chat.completion"),
        "choices": [choice],
        "usage": usage(answer),
        "x_groq": {"id": "req_scripted"},
        "service_tier": "on_demand",
    }


def opening(request: ScriptedRequest) -> dict[str, Any]:
    """The first chunk: the role and the request's id."""
    chunk = _chunk(request, {"role": "assistant", "content": ""})
    return {**chunk, "x_groq": {"id": "req_scripted"}}


def chunks(answer: Answer, request: ScriptedRequest) -> Iterator[dict[str, Any]]:
    """The chunks between the first and the closing ones."""
    if answer.reasoning:
        yield _chunk(request, {"reasoning": answer.reasoning})
    for word in re.findall(r"(?:(?<!\s)\s++)?\S++(?:\s++\Z)?", answer.text):
        yield _chunk(request, {"content": word})
    for index, call in enumerate(answer.calls):
        yield _chunk(request, {"tool_calls": [{"index": index, **call.wire(index)}]})


def closing(answer: Answer, request: ScriptedRequest) -> Iterator[dict[str, Any]]:
    """The chunk with finish_reason and usage, and the one with usage alone if it was asked for."""
    if answer.finish is not None:
        chunk = _chunk(request, {}, finish_reason=answer.finish)
        yield {**chunk, "x_groq": {"id": "req_scripted", "usage": usage(answer)}}
    if (request.body.get("stream_options") or {}).get("include_usage"):
        yield {**_chunk(request, {}), "choices": [], "usage": usage(answer)}


def event(data: dict[str, Any] | str, *, name: str | None = None) -> bytes:
    """A server-sent event."""
    text = data if isinstance(data, str) else json.dumps(data)
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {text}\n\n".encode()


def usage(answer: Answer) -> dict[str, Any]:
    prompt, written = answer.usage
    return {
        "queue_time": 0.001,
        "prompt_tokens": prompt,
        "prompt_time": 0.002,
        "completion_tokens": written,
        "completion_time": 0.003,
        "total_tokens": prompt + written,
        "total_time": 0.005,
    }


def _chunk(
    request: ScriptedRequest, delta: dict[str, Any], *, finish_reason: str | None = None
) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
    return {**_envelope(request, "chat.completion.chunk"), "choices": [choice]}


def _envelope(request: ScriptedRequest, kind: str) -> dict[str, Any]:
    return {
        "id": "chatcmpl-scripted",
        "object": kind,
        "created": CREATED,
        "model": request.model,
        "system_fingerprint": "fp_scripted",
    }
