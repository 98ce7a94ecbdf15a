"""Models in order of preference: each is retried by one policy, then the next one is asked."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.tools import BaseTool

from core.clock import Clock
from core.errors import UnavailableError
from graphs.models.attempt import ask, stream
from graphs.models.chained_model import ChainedModel, Model
from graphs.models.failures import (
    Failure,
    Skipped,
    Throttled,
    ToolUseFailed,
    Unexpected,
)
from graphs.models.listener import AnswerListener, Draft
from graphs.models.retry import RetryPolicy
from graphs.models.time_limits import Deadline

Tool = dict[str, Any] | type | Callable[..., Any] | BaseTool
"""Whatever LangChain's `bind_tools` takes."""
logger = logging.getLogger(__name__)

LONGEST_REST_SECONDS = 300.0
"""However long a provider's retry-after is: somebody may have raised the limit meanwhile."""


class ModelChain:
    """Answers with the first model that can. Safe for concurrent tasks of one event loop."""

    def __init__(self, models: Sequence[ChainedModel], *, retry: RetryPolicy, clock: Clock) -> None:
        self._models = tuple(models)
        self._retry = retry
        self._clock = clock

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(member.name for member in self._models)

    def with_tools(
        self,
        tools: Sequence[Tool],
        **options: Any,  # noqa: ANN401  # as LangChain's `bind_tools` takes them
    ) -> "ModelChain":
        """The same chain, breakers included, whose models may call `tools`. Bind once, reuse it.

        Args:
            tools: as LangChain's `bind_tools` takes them.
            options: for each model's `bind_tools`, such as `tool_choice`.

        Raises:
            TypeError: a model is bound already.
        """
        bound = [
            replace(member, model=_bind(member.model, tools, options)) for member in self._models
        ]
        return ModelChain(bound, retry=self._retry, clock=self._clock)

    async def answer(
        self, messages: Sequence[BaseMessage], *, listener: AnswerListener | None = None
    ) -> AIMessage:
        """The first whole answer; `response_metadata["model"]` is the name of who wrote it.

        With a listener the answer is streamed to it. Two attempts are never spliced: when one broke
        off, `listener.restart` comes before the next.

        Raises:
            UnavailableError: no model could answer; the detail gives each one's reason.
        """
        draft = None if listener is None else Draft(listener)
        deadline = Deadline(self._clock, self._retry.deadline)
        failures: dict[str, Failure] = {}
        for member in self._models:
            outcome = await self._turn(member, messages, draft, deadline)
            if isinstance(outcome, AIMessage):
                return outcome
            failures[member.name] = outcome
        raise _unavailable(failures)

    async def _turn(
        self,
        member: ChainedModel,
        messages: Sequence[BaseMessage],
        draft: Draft | None,
        deadline: Deadline,
    ) -> AIMessage | Failure:
        """One model's answer after as many attempts as the policy grants, or its last failure."""
        attempt, repaired, last = 0, False, None
        while True:
            outcome = await self._attempt(member, messages, draft, deadline)
            if isinstance(outcome, AIMessage):
                return outcome
            if isinstance(outcome, Skipped):
                return last or outcome
            last = outcome
            if isinstance(outcome, ToolUseFailed) and not repaired:
                repaired, messages = True, [*messages, outcome.repair()]
                continue
            attempt += 1
            wait = self._retry.wait_after(outcome, attempt=attempt)
            if wait is None or not deadline.allows(wait):
                return outcome
            await self._clock.sleep(wait)

    async def _attempt(
        self,
        member: ChainedModel,
        messages: Sequence[BaseMessage],
        draft: Draft | None,
        deadline: Deadline,
    ) -> AIMessage | Failure:
        breaker = member.breaker
        ticket = breaker.admit()
        if ticket is None:
            return Skipped(
                f"not asked: it failed before, left alone for {breaker.seconds_left:.0f} s"
            )
        try:
            outcome = await self._request(member, messages, draft, deadline)
        except BaseException:
            # Cancelled, or the listener broke: that says nothing of the model, but frees a probe.
            breaker.released(ticket)
            raise
        if isinstance(outcome, AIMessage):
            breaker.succeeded(ticket)
            outcome.response_metadata["model"] = member.name
            return outcome
        self._note(member, ticket, outcome, draft)
        return outcome

    async def _request(
        self,
        member: ChainedModel,
        messages: Sequence[BaseMessage],
        draft: Draft | None,
        deadline: Deadline,
    ) -> AIMessage | Failure:
        """Streamed also when nobody listens, if time limits need to see that it makes progress."""
        if draft is None and member.limits is None:
            return await ask(member, messages)
        if draft is not None:
            draft.begin(member.name)
        return await stream(
            member,
            messages,
            clock=self._clock,
            token=draft.token if draft else None,
            progressed=deadline.renew,
        )

    def _note(
        self, member: ChainedModel, ticket: int, failure: Failure, draft: Draft | None
    ) -> None:
        trace = failure.error if isinstance(failure, Unexpected) else None
        logger.warning("%s failed: %s", member.name, failure.reason, exc_info=trace)
        if draft is not None:
            draft.fail(member.name, failure)
        if failure.blames_model:
            member.breaker.failed(ticket, rest_seconds=self._rest(failure))
        else:
            member.breaker.released(ticket)

    def _rest(self, failure: Failure) -> float | None:
        """Seconds for which asking again is known to be of no use."""
        if not isinstance(failure, Throttled) or failure.retry_after is None:
            return None
        if failure.retry_after <= self._retry.retry_after_cap:
            return None
        return min(failure.retry_after, LONGEST_REST_SECONDS)


def _bind(model: Model, tools: Sequence[Tool], options: Mapping[str, Any]) -> Model:
    if not isinstance(model, BaseChatModel):
        raise TypeError(f"{type(model).__name__} has its tools already")
    return model.bind_tools(tools, **options)


def _unavailable(failures: dict[str, Failure]) -> UnavailableError:
    reasons = "; ".join(f"{name}: {failure.reason}" for name, failure in failures.items())
    error = UnavailableError(f"No model could answer. {reasons}")
    error.__cause__ = next((f.error for f in reversed(failures.values()) if f.error), None)
    return error
