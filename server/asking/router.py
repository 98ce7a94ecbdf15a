"""Questions over HTTP."""

from uuid import UUID

from fastapi import APIRouter
from sse_starlette import EventSourceResponse

from graphs.copilot.question import Question
from server.asking.schemas import AskOut, Resume
from server.dependencies import RuntimeDep
from server.limits.dependencies import Asker, Resumer
from server.runs.events import run_events

router = APIRouter(tags=["asking"])


@router.post("/ask")
async def ask(runtime: RuntimeDep, principal: Asker, question: Question) -> AskOut:
    """Answer a question from your documents, each statement with its document, page and passage."""
    return AskOut.of(await runtime.copilot.ask(principal, question))


@router.post("/ask/stream", response_class=EventSourceResponse)
async def ask_streaming(
    runtime: RuntimeDep, principal: Asker, question: Question
) -> EventSourceResponse:
    """The same as server-sent events.

    `run` {run_id, thread_id}: a connection that is lost is taken up at `/runs/{run_id}/events`;
    `token` {text}; `tool_started` and `tool_finished`; `restart` {failed, next, reason}: forget the
    tokens since the last tool step, another model begins; `citations`; `end` with the whole answer;
    or `error` with a problem document.
    """
    run = await runtime.copilot.start(principal, question)
    # The first event is awaited here, so that a refusal is a status code and not a 200.
    await runtime.copilot.begun(principal, run)
    return EventSourceResponse(run_events(runtime.copilot, principal, run), ping=15)


@router.post("/threads/{thread_id}/resume")
async def resume_thread(
    runtime: RuntimeDep, principal: Resumer, thread_id: UUID, body: Resume
) -> AskOut:
    """Answer what a run waits for: approved calls run exactly as they were shown, others don't."""
    return AskOut.of(await runtime.copilot.resume(principal, thread_id, body.approvals))
