"""Runs over HTTP."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Response
from sse_starlette import EventSourceResponse

from graphs.copilot.question import Question
from knowledge.redaction.masking import masked
from server.asking.schemas import QuestionInThread
from server.dependencies import RuntimeDep
from server.identity.dependencies import Reader
from server.limits.dependencies import Asker
from server.runs.events import run_events
from server.runs.schemas import FeedbackIn, RunOut
from storage.feedback import Feedback

router = APIRouter(tags=["runs"])
LastEventId = Annotated[
    int, Header(alias="last-event-id", ge=0, le=2**31 - 1, description="Only what came after it.")
]


@router.post("/threads/{thread_id}/runs", status_code=202)
async def start_run(
    runtime: RuntimeDep,
    principal: Asker,
    response: Response,
    thread_id: UUID,
    asked: QuestionInThread,
) -> RunOut:
    """Ask in a conversation. After 202 the answer comes, whoever listens and whatever dies.

    One run of a thread goes on at a time: the next one is queued.
    """
    question = Question(**asked.model_dump(), thread_id=thread_id)
    run = await runtime.copilot.start(principal, question)
    response.headers["location"] = f"/runs/{run.id}"
    return RunOut.of(run)


@router.get("/threads/{thread_id}/runs")
async def list_runs(runtime: RuntimeDep, principal: Reader, thread_id: UUID) -> list[RunOut]:
    """A conversation's runs, oldest first."""
    runs = await runtime.copilot.runs.of_thread(principal, thread_id)
    return [RunOut.of(run) for run in runs]


@router.get("/runs/{run_id}")
async def show_run(runtime: RuntimeDep, principal: Reader, run_id: UUID) -> RunOut:
    """One run."""
    return RunOut.of(await runtime.copilot.runs.get(principal, run_id))


@router.get("/runs/{run_id}/events", response_class=EventSourceResponse)
async def listen_to_run(
    runtime: RuntimeDep, principal: Reader, run_id: UUID, last_event_id: LastEventId = 0
) -> EventSourceResponse:
    """What a run tells, as `/ask/stream` does, until it ends or pauses.

    Each event has an id: whoever lost the connection sends it as `Last-Event-ID`, to any process of
    the service, and gets every event once.
    """
    run = await runtime.copilot.runs.get(principal, run_id)
    events = run_events(runtime.copilot, principal, run, last_event_id)
    return EventSourceResponse(events, ping=15)


@router.post("/runs/{run_id}/cancel")
async def cancel_run(runtime: RuntimeDep, principal: Reader, run_id: UUID) -> RunOut:
    """End a run that is queued or goes on; its question leaves the conversation."""
    await runtime.copilot.cancel(principal, run_id)
    return RunOut.of(await runtime.copilot.runs.get(principal, run_id))


@router.put("/runs/{run_id}/feedback", status_code=204)
async def give_feedback(
    runtime: RuntimeDep, principal: Reader, run_id: UUID, feedback: FeedbackIn
) -> None:
    """Say what you think of an answer, in the place of what you said before."""
    comment = await asyncio.to_thread(masked, feedback.comment)
    await runtime.feedback.give(principal, run_id, Feedback(feedback.score, comment))
