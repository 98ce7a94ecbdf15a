"""From a run's events to server-sent events."""

import json
from collections.abc import AsyncIterator

from pydantic import TypeAdapter
from sse_starlette import ServerSentEvent

from core.errors import CopilotError
from graphs.copilot.answer import Answer, Citation
from graphs.copilot.streaming import RunEvent
from server.asking.schemas import AskOut
from server.problems import problem, unexpected

_CITATIONS = TypeAdapter(tuple[Citation, ...])


async def server_sent_events(
    first: RunEvent | Answer, rest: AsyncIterator[RunEvent | Answer]
) -> AsyncIterator[ServerSentEvent]:
    """Each event under its own name; a failure in mid-stream ends it with `error`."""
    try:
        for event in _named(first):
            yield event
        async for item in rest:
            for event in _named(item):
                yield event
    except CopilotError as error:
        yield ServerSentEvent(json.dumps(problem(error)), event="error")
    except Exception as error:  # noqa: BLE001  # the status is out already: tell it in the stream
        yield ServerSentEvent(json.dumps(unexpected(error)), event="error")


def _named(item: RunEvent | Answer) -> list[ServerSentEvent]:
    if not isinstance(item, Answer):
        told = {key: value for key, value in item.items() if key != "type"}
        return [ServerSentEvent(json.dumps(told), event=item["type"])]
    return [
        ServerSentEvent(_CITATIONS.dump_json(item.citations).decode(), event="citations"),
        ServerSentEvent(AskOut.of(item).model_dump_json(), event="end"),
    ]
