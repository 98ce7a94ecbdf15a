"""From a run's stored events to server-sent events. The number of each is its id."""

import json
from collections.abc import AsyncIterator

from sse_starlette import ServerSentEvent

from core.principal import Principal
from graphs.copilot.answer import Answer
from graphs.copilot.events import raised
from graphs.copilot.service import Copilot
from server.asking.schemas import AskOut
from server.problems import problem_of
from storage.run_events import StoredEvent
from storage.runs import Run


async def run_events(
    copilot: Copilot, principal: Principal, run: Run, after: int = 0
) -> AsyncIterator[ServerSentEvent]:
    """What the run is, then what it told after a number and tells until it ends or pauses."""
    named = {"run_id": str(run.id), "thread_id": str(run.thread_id)}
    yield ServerSentEvent(json.dumps(named), event="run")
    try:
        async for told in copilot.follow(principal, run.id, after):
            yield ServerSentEvent(_data(told), event=told.event, id=str(told.number))
    except Exception as error:  # noqa: BLE001  # the status is out already: tell it in the stream
        yield ServerSentEvent(json.dumps(problem_of(error)), event="error")


def _data(told: StoredEvent) -> str:
    if told.event == "end":
        return AskOut.of(Answer.model_validate_json(told.data)).model_dump_json()
    if told.event == "error":
        return json.dumps(problem_of(raised(json.loads(told.data))))
    return told.data
