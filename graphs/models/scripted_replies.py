"""What a scripted Groq may be told to reply: answers, refusals, and ways in which answers break."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ScriptedRequest:
    """A chat completion request as it came in."""

    model: str
    messages: list[dict[str, Any]]
    tools: list[dict[str, Any]]
    stream: bool
    headers: dict[str, str]
    """Lower-case names; the key in `authorization` is masked."""
    body: dict[str, Any]

    @property
    def tool_results(self) -> list[str]:
        """Contents of the tool messages so far: what a scripted agent decides its next step by."""
        return [str(m["content"]) for m in self.messages if m["role"] == "tool"]


@dataclass(frozen=True)
class Call:
    """A tool call. `arguments` is a mapping, or the exact string to send, such as a broken one."""

    name: str
    arguments: Mapping[str, Any] | str = field(default_factory=dict)
    id: str | None = None
    """`call_1`, `call_2`, ... when None."""

    def wire(self, index: int) -> dict[str, Any]:
        text = self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments)
        function = {"name": self.name, "arguments": text}
        return {"id": self.id or f"call_{index + 1}", "type": "function", "function": function}


@dataclass(frozen=True)
class Answer:
    """A whole answer. Its chunks, when streamed: reasoning, one per word of text, one per call."""

    text: str = ""
    calls: tuple[Call, ...] = ()
    reasoning: str = ""
    finish_reason: str | None = "by content"
    """`stop` or `tool_calls` by content; None leaves it out, as when Groq ends an answer early."""
    usage: tuple[int, int] = (100, 20)
    """Prompt tokens, completion tokens."""

    @property
    def finish(self) -> str | None:
        if self.finish_reason != "by content":
            return self.finish_reason
        return "tool_calls" if self.calls else "stop"


@dataclass(frozen=True)
class Cut:
    """The socket is closed after `after` chunks (the opening one with the role isn't counted)."""

    answer: Answer
    after: int = 1


@dataclass(frozen=True)
class Stall:
    """Nothing more comes after `after` chunks, but the socket stays open until the server stops."""

    answer: Answer
    after: int = 1


@dataclass(frozen=True)
class Refusal:
    """An HTTP error; with `after`, in a stream, an SSE error event after so many chunks."""

    status: int
    code: str
    message: str
    kind: str = "invalid_request_error"
    retry_after: str | None = None
    """The header's value: seconds or an HTTP date."""
    failed_generation: str | None = None
    answer: Answer = field(default_factory=Answer)
    after: int | None = None

    def wire(self) -> dict[str, Any]:
        error = {"message": self.message, "type": self.kind, "code": self.code}
        if self.failed_generation is not None:
            error["failed_generation"] = self.failed_generation
        return {"error": error}


@dataclass(frozen=True)
class Hang:
    """The request is taken and never answered; the socket is closed when the server stops."""


Outcome = Answer | Cut | Stall | Refusal | Hang
Reply = Outcome | str | Callable[[ScriptedRequest], Outcome | str]
"""A string is an answer's text; a function sees the request, so it can play a small agent."""


def throttled(retry_after: float | str | None = None) -> Refusal:
    """429. Args: retry_after: seconds or an HTTP date."""
    header = None if retry_after is None else str(retry_after)
    message = "Rate limit reached for model in organization on tokens per minute (TPM)"
    return Refusal(429, "rate_limit_exceeded", message, kind="tokens", retry_after=header)


def unavailable(status: int = 503) -> Refusal:
    return Refusal(status, "internal_server_error", "Service Unavailable", kind="server_error")


def unauthorized() -> Refusal:
    return Refusal(401, "invalid_api_key", "Invalid API Key")


def too_large() -> Refusal:
    return Refusal(413, "rate_limit_exceeded", "Request too large for model", kind="tokens")


def tool_use_failed(
    failed_generation: str = "<function=broken", *, after: int | None = None
) -> Refusal:
    """400, or an error event of the stream after `after` chunks."""
    message = "Failed to call a function. Please adjust your prompt. See 'failed_generation'."
    return Refusal(
        400, "tool_use_failed", message, failed_generation=failed_generation, after=after
    )


def unknown(model: str) -> Refusal:
    """404 `model_not_found`."""
    message = f"The model `{model}` does not exist or you do not have access to it."
    return Refusal(404, "model_not_found", message)


def retired(model: str) -> Refusal:
    """400 `model_decommissioned`."""
    message = f"The model `{model}` has been decommissioned and is no longer supported."
    return Refusal(400, "model_decommissioned", message)


def broken_off(text: str, *, after: int = 1) -> Refusal:
    """An SSE error event in mid-answer; a plain 500 when the request doesn't stream."""
    message = "Internal server error"
    return Refusal(
        500, "internal_server_error", message, kind="server_error", answer=Answer(text), after=after
    )
