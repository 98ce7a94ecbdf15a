"""A tool loop around the model: canned passages, the real calculator, a recording webhook."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from core.errors import ToolError
from graphs.models.extractive import ExtractiveChatModel
from tools.calculate import Input, calculate

INCOME = """Consolidated Statements of Operations
(Dollars in millions, except per share data)
Years ended December 31, 2022 2021 2020
Total revenues $12,500 $10,000 $8,000
Cost of sales (7,500) (6,500) (5,600)
Gross profit 5,000 3,500 2,400
Operating income 1,250 800 -
Income before income taxes 1,000 600 100
Income tax expense (Note 7) 250 120 (20)
Net income $750 $480 $120
Diluted earnings per share $1.50 $0.96 $0.24
"""
CASH = """Consolidated Statements of Cash Flows
($ in millions)
 For the Years Ended December 31,
 2022  2021  2020
Net cash provided by operating activities 1,400.5  900  700
Purchases of property, plant and equipment (400.2) (300) (250)
"""
BALANCE = """Consolidated Balance Sheets
(In millions)
December 31,
2022
2021
Inventories
$
1,000
$
500
Total current assets
6,000
5,000
Total current liabilities
4,000
4,000
Property, plant and equipment, net
2,600
2,400
"""
RISKS = """Risk Factors
Our smelters depend on a single supplier of bauxite. A strike at the supplier's
mine would halt production for weeks. We lease our head office.
"""


def passage(number: int, text: str, document: str = "QUARZTEK_2022_10K.pdf", page: int = 1) -> str:
    return f'<passage id="{number}" document="{document}" page="{page}">\n{text}\n</passage>'


STATEMENTS = "\n".join(
    passage(at, text, page=50 + at) for at, text in enumerate((INCOME, CASH, BALANCE, RISKS), 1)
)


def tool(name: str) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "description": name, "parameters": {}}}


@dataclass
class Conversation:
    """What was said and called until the model answered."""

    messages: list[BaseMessage]
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def answer(self) -> str:
        return str(self.messages[-1].text)

    def of(self, name: str) -> list[dict[str, Any]]:
        return [args for called, args in self.calls if called == name]


def calculated(expression: str) -> tuple[str, str]:
    try:
        return asyncio.run(calculate(Input(expression=expression))).model_dump_json(), "success"
    except ToolError as error:
        return error.detail, "error"


@pytest.fixture
def ask() -> Callable[..., Conversation]:
    """`ask(question, passages, tools=..., before=..., fail=...)` runs the loop to its answer."""

    def run(
        question: str,
        passages: str = STATEMENTS,
        *,
        tools: tuple[str, ...] = ("search_documents", "calculate", "send_webhook"),
        before: tuple[BaseMessage, ...] = (),
        fail: tuple[str, ...] = (),
    ) -> Conversation:
        model = ExtractiveChatModel().bind_tools([tool(name) for name in tools])
        talk = Conversation([SystemMessage("Be exact."), *before, HumanMessage(question)])
        for _ in range(12):
            reply = model.invoke(talk.messages)
            assert isinstance(reply, AIMessage)
            talk.messages.append(reply)
            if not reply.tool_calls:
                return talk
            for call in reply.tool_calls:
                assert call["name"] in tools
                talk.calls.append((call["name"], call["args"]))
                text, status = passages, "success"
                if call["name"] == "calculate":
                    text, status = calculated(call["args"]["expression"])
                elif call["name"] == "send_webhook":
                    text = '{"status": "delivered"}'
                if call["name"] in fail:
                    text, status = "It is out of order.", "error"
                talk.messages.append(ToolMessage(text, tool_call_id=call["id"], status=status))
        raise AssertionError("the model never answered")

    return run


@pytest.fixture
def statements() -> str:
    return STATEMENTS


@pytest.fixture
def as_passage() -> Callable[..., str]:
    return passage
