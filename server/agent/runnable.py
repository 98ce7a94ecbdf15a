"""The copilot as one Runnable: a narrow question in, an answer out, asked by whom we say."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, cast
from uuid import UUID

from langchain_core.runnables import Runnable, RunnableConfig, RunnableGenerator
from langchain_core.runnables.utils import AddableDict, ConfigurableFieldSpec
from pydantic import BaseModel, Field, create_model
from typing_extensions import TypedDict  # pydantic reads it

from core.errors import InvalidInputError
from core.principal import Principal
from graphs.copilot.answer import Answer
from graphs.copilot.question import Question, without_default
from graphs.copilot.service import Copilot
from graphs.copilot.streaming import RunEvent
from server.agent.event_log import WithReadableLog
from server.agent.inputs import THREADS_DIFFER
from server.asking.schemas import AskOut

PRINCIPAL_KEY = "principal"
THREAD_KEY = "thread_id"
RUNS_AT_ONCE = 4
"""Of one batch."""


class Step(TypedDict):
    """A tool step as it went."""

    type: str
    tool: str


class AgentOut(AskOut):
    """The answer, with the tool steps that led to it."""

    steps: list[Step]


class _InThread(WithReadableLog):  # type: ignore[no-redef]  # its field `kwargs`
    """Declares the one thing that a client's config may hold; LangServe drops the rest."""

    @property
    def config_specs(self) -> list[ConfigurableFieldSpec]:
        return [
            ConfigurableFieldSpec(
                id=THREAD_KEY,
                annotation=str,
                name="Thread",
                description="Continue this conversation of yours (a UUID); empty for a new one.",
                default="",
            )
        ]

    def config_schema(self, *, include: Sequence[str] | None = None) -> type[BaseModel]:
        """As LangChain makes it, without the default null that blanks LangServe's playground."""
        model = super().config_schema(include=include)
        kind: Any = model.model_fields["configurable"].annotation
        optional = Field(None, json_schema_extra=without_default)
        return create_model(model.__name__, configurable=(kind, optional))


def agent_runnable(copilot: Callable[[], Copilot]) -> Runnable[Question, dict[str, Any]]:
    """Chunks of a stream add up to the answer: tool steps as they happen, then all of the rest.

    Tokens aren't among them: after a restart they couldn't be taken back. `/ask/stream` and
    `stream_events` have them.

    Args:
        copilot: looked up at each call, since routes are made before the service has started.
    """

    async def answer(
        questions: AsyncIterator[Any], config: RunnableConfig
    ) -> AsyncIterator[AddableDict]:
        principal: Principal = config["configurable"][PRINCIPAL_KEY]
        async for given in questions:
            question = _in_thread(Question.model_validate(given), config)
            yield AddableDict(steps=[])
            async for event in copilot().stream(principal, question):
                for chunk in _chunks(event):
                    yield chunk

    # It takes (input, config) too, which its annotation doesn't say.
    generator: Runnable[Any, Any] = RunnableGenerator(cast("Any", answer), name="copilot")
    typed = _InThread(bound=generator).with_types(input_type=Question, output_type=AgentOut)
    return typed.with_config(max_concurrency=RUNS_AT_ONCE)


def _in_thread(question: Question, config: RunnableConfig) -> Question:
    """The body's config was checked before; that of LangServe's share links comes here unchecked.

    Raises:
        InvalidInputError: the config's thread_id is no UUID, or another one than the input's.
    """
    thread_id = config["configurable"].get(THREAD_KEY)
    if not thread_id:
        return question
    try:
        given = UUID(thread_id)
    except ValueError as error:
        raise InvalidInputError("config.configurable.thread_id isn't a UUID") from error
    if question.thread_id not in (None, given):
        raise InvalidInputError(THREADS_DIFFER)
    return question.model_copy(update={"thread_id": given})


def _chunks(event: RunEvent | Answer) -> list[AddableDict]:
    if isinstance(event, Answer):
        return [AddableDict(AskOut.of(event).model_dump(mode="json"))]
    if event["type"] in ("tool_started", "tool_finished"):
        return [AddableDict(steps=[dict(event)])]
    return []
