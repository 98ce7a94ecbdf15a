"""Server-sent events in the OpenAPI document: what can come, and the data of each.

OpenAPI 3.1 has no word for a sequence of events. The schema is that of one event, whose `data` is
JSON in a string, or plain text: generated clients that don't read events return the whole stream.
"""

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter

from graphs.copilot.answer import Citation
from server.agent.runnable import AgentOut
from server.asking.schemas import AskOut
from server.jobs.schemas import JobOut
from server.openapi.problems import Problem


class RunName(BaseModel):
    """Which run answers, and in which conversation."""

    run_id: UUID
    thread_id: UUID


class TokenText(BaseModel):
    """More text of the answer."""

    text: str


class ToolCallStarted(BaseModel):
    """A tool call begins."""

    call_id: str
    tool: str
    arguments: dict[str, Any]


class ToolCallFinished(BaseModel):
    """A tool call has ended."""

    call_id: str
    tool: str
    status: Literal["success", "error"]


class AnswerRestart(BaseModel):
    """All tokens since the last tool step are void: another attempt begins."""

    failed: str
    next: str
    reason: str


class RunCancelled(BaseModel):
    """Somebody cancelled the run; nothing more comes."""


class AgentRunName(BaseModel):
    """LangServe's id of the request."""

    run_id: UUID


class AgentLogPatch(BaseModel):
    """JSON patch operations that turn the log of the run so far into the next one."""

    ops: list[dict[str, Any]]


class AgentChunk(BaseModel):
    """Part of the answer: the chunks of a stream add up to it. Its fields are AgentOut's."""

    steps: list[dict[str, Any]] = []
    answer: str | None = None
    status: str | None = None
    thread_id: UUID | None = None
    run_id: UUID | None = None


class AgentStreamEvent(BaseModel):
    """An event as LangChain's `astream_events` (version 2) makes it."""

    event: str = Field(examples=["on_chat_model_stream"])
    name: str
    run_id: UUID
    tags: list[str] = []
    metadata: dict[str, Any] = {}
    data: dict[str, Any] = Field(description=f"The last has {AgentOut.__name__} as `output`.")


class AgentProblem(Problem):
    """What went wrong, as LangServe's clients read it, with the problem document's fields."""

    status_code: int
    message: str


RUN = {
    "run": RunName,
    "token": TokenText,
    "tool_started": ToolCallStarted,
    "tool_finished": ToolCallFinished,
    "restart": AnswerRestart,
    "citations": list[Citation],
    "end": AskOut,
    "cancelled": RunCancelled,
    "error": Problem,
}
JOB = {"progress": JobOut, "end": JobOut, "error": Problem}
AGENT = {"data": AgentChunk, "metadata": AgentRunName, "error": AgentProblem}
STREAMS: dict[str, tuple[str, dict[str, Any]]] = {
    "/ask/stream": ("RunEvent", RUN),
    "/runs/{run_id}/events": ("RunEvent", RUN),
    "/jobs/{job_id}/events": ("JobEvent", JOB),
    "/agent/stream": ("AgentEvent", AGENT),
    "/agent/stream_events": ("AgentStreamed", AGENT | {"data": AgentStreamEvent}),
    "/agent/stream_log": ("AgentLogged", AGENT | {"data": AgentLogPatch}),
}
"""By path: the name of the schema of one event, and the data of each kind of event."""
REF = "#/components/schemas/{model}"


def add_streams(document: dict[str, Any]) -> None:
    """Describe the events of every route that streams them."""
    schemas = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        plain = path.replace("/c/{config_hash}", "")
        if plain not in STREAMS:
            continue
        name, events = STREAMS[plain]
        schemas[name] = {
            "oneOf": [_event(name, event, data, schemas) for event, data in events.items()]
        }
        for operation in operations.values():
            operation["responses"]["200"]["content"] = {
                "text/event-stream": {
                    "schema": {"anyOf": [{"$ref": REF.format(model=name)}, {"type": "string"}]}
                }
            }


def _event(
    stream: str,
    event: str,
    data: Any,  # noqa: ANN401  # a type
    schemas: dict[str, Any],
) -> dict[str, Any]:
    schema = TypeAdapter(data).json_schema(mode="serialization", ref_template=REF)
    for name, definition in schema.pop("$defs", {}).items():
        schemas.setdefault(name, definition)
    if isinstance(data, type) and issubclass(data, BaseModel):
        schemas.setdefault(data.__name__, schema)
        schema = {"$ref": REF.format(model=data.__name__)}
    return {
        "type": "object",
        # Generators name a class after it, so no two streams may share one.
        "title": stream + event.title().replace("_", ""),
        "required": ["event", "data"],
        "properties": {
            "id": {"type": "string", "description": "Send it as Last-Event-ID to continue there."},
            "event": {"type": "string", "const": event},
            "data": {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": schema,
            },
        },
    }
