"""A chat model that plays a script: no test below asks a real one."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from hypothesis import settings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import Field

from core.clock import ManualClock
from graphs.models.breaker import CircuitBreaker
from graphs.models.chain import ModelChain
from graphs.models.chained_model import ChainedModel
from graphs.models.retry import RetryPolicy

# A property holds or doesn't; how long an example takes on a busy machine says nothing.
settings.register_profile("suite", settings.default, deadline=None)
settings.load_profile("suite")


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    """What was imported stays: looking for garbage in it takes a tenth of the unit suite's time."""
    gc.freeze()
    gc.enable()


Line = str | list[tuple[str, dict[str, Any]]] | Exception
"""A text answers, a list of (tool, arguments) calls them, an exception is raised."""


@dataclass
class Script:
    """What is played, and what the model was shown each time."""

    lines: list[Line]
    seen: list[list[BaseMessage]] = field(default_factory=list)
    offered: list[list[str]] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))
    tokens: int = 10
    """Of each answer."""

    @property
    def chain(self) -> ModelChain:
        clock = ManualClock()
        member = ChainedModel("scripted", ScriptedChatModel(script=self), CircuitBreaker(clock))
        return ModelChain([member], retry=RetryPolicy(attempts=1), clock=clock)

    def next(self, messages: list[BaseMessage], tools: list[dict[str, Any]]) -> AIMessage:
        self.seen.append(messages)
        self.offered.append([tool["function"]["name"] for tool in tools])
        line = self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]
        if isinstance(line, Exception):
            raise line
        calls = [] if isinstance(line, str) else line
        return AIMessage(
            line if isinstance(line, str) else "",
            tool_calls=[
                {"name": name, "args": arguments, "id": f"call_{next(self.numbers)}"}
                for name, arguments in calls
            ],
            response_metadata={"finish_reason": "tool_calls" if calls else "stop"},
            usage_metadata={
                "input_tokens": 0,
                "output_tokens": self.tokens,
                "total_tokens": self.tokens,
            },
        )


class ScriptedChatModel(BaseChatModel):
    script: Any = Field(repr=False)  # tracers are sent a model's repr

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools, **kwargs):
        return self.bind(tools=[convert_to_openai_tool(each) for each in tools])

    def _generate(self, messages, stop=None, run_manager=None, **kwargs):
        message = self.script.next(messages, kwargs.get("tools", []))
        return ChatResult(generations=[ChatGeneration(message=message)])


@pytest.fixture
def script() -> Callable[..., Script]:
    """Makes a model of these lines; the last one repeats."""
    return lambda *lines, tokens=10: Script(list(lines), tokens=tokens)
