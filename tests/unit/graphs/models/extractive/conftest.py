"""A tool loop around the model: figures of invented reports, the real tools, no webhook."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolCall,
    ToolMessage,
)
from unit.ledger import JO, Ledger, Report

from core.principal import Principal
from graphs.models.extractive import ExtractiveChatModel
from knowledge.passages import Passage
from tools_registry.binding import carry_out
from tools_registry.evidence import Evidence
from tools_registry.figure_lines import read_figure_lines
from tools_registry.registry import Ports, build_registry
from tools_registry.spec import Caller

INCOME = """
                        Consolidated Statements of Operations
                   (Dollars in millions, except per share data)
                                                   Years ended December 31,
                                              2022          2021          2020
Total revenues                             $12,500       $10,000        $8,000
Cost of sales                               (7,500)       (6,500)       (5,600)
Gross profit                                 5,000         3,500         2,400
Operating income                             1,250           800             -
Income before income taxes                   1,000           600           100
Income tax expense (Note 7)                    250           120           (20)
Net income                                    $750          $480          $120
Diluted earnings per share                   $1.50         $0.96         $0.24
"""
CASH = """
                        Consolidated Statements of Cash Flows
                                   ($ in millions)
                                               For the Years Ended December 31,
                                              2022          2021          2020
Net income                                     750           480           120
Depreciation                                   310           290           270
Increase in inventories                       (500)          (40)          (20)
Net cash provided by operating activities  1,400.5           900           700
Investing activities:
Purchases of property, plant and equipment  (400.2)         (300)         (250)
Financing activities:
Dividends paid                                (150)         (120)         (110)
Cash at end of year                            700           600           550
"""
BALANCE = """
                            Consolidated Balance Sheets
                                   (In millions)
                                                      December 31,
                                                      2022          2021
Cash and cash equivalents                             $700          $600
Inventories                                          1,000           500
Total current assets                                 6,000         5,000
Property, plant and equipment, net                   2,600         2,400
Total assets                                         9,000         8,000
Total current liabilities                            4,000         4,000
Total liabilities                                    6,500         6,000
Total equity                                         2,500         2,000
"""
RISKS = """
Risk Factors

Our smelters depend on a single supplier of bauxite. A strike at the supplier's
mine would halt production for weeks. We lease our head office.
"""
QUARZTEK = Report("QUARZTEK_2022_10K.pdf", (INCOME, CASH, BALANCE, RISKS))
TOOLS = ("look_up_figures", "search_documents", "calculate", "send_webhook")
MOST_STEPS = 12
_ID = re.compile(r"\babs\((?P<size>F\d+)\)|\bF\d+\b")


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

    @property
    def first_line(self) -> str:
        return self.answer.split("\n")[0]

    @property
    def expressions(self) -> list[str]:
        """What was computed, with the printed values in place of the ids of figures."""
        shown = "\n".join(str(each.text) for each in self.messages if isinstance(each, ToolMessage))
        values = {line.id: f"{line.value:f}" for line in read_figure_lines(shown)}

        def value(found: re.Match[str]) -> str:
            return values[found["size"]].lstrip("-") if found["size"] else values[found[0]]

        return [_ID.sub(value, args["expression"]) for args in self.of("calculate")]

    def of(self, name: str) -> list[dict[str, Any]]:
        return [args for called, args in self.calls if called == name]


class Product:
    """The product's tools over a ledger; a search finds every page, a webhook is delivered."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._registry = build_registry(Ports(retriever=self, outbox=None, figures=ledger))
        self._evidence = Evidence()

    async def search(self, _principal: Principal, _query: str, **_options: Any) -> list[Passage]:
        return self._ledger.passages

    def call(self, call: ToolCall) -> ToolMessage:
        if call["name"] == "send_webhook":
            return ToolMessage('{"status": "delivered"}', tool_call_id=call["id"])
        caller = Caller(JO, figures=tuple(self._evidence.figures))
        outcome = asyncio.run(carry_out(self._registry, call, caller))
        return outcome.message(self._evidence)


@pytest.fixture
def ask() -> Callable[..., Conversation]:
    """`ask(question, *reports, tools=..., before=..., fail=...)` runs the loop to its answer."""

    def run(
        question: str,
        *reports: Report,
        tools: tuple[str, ...] = TOOLS,
        before: tuple[BaseMessage, ...] = (),
        fail: tuple[str, ...] = (),
    ) -> Conversation:
        model = ExtractiveChatModel().bind_tools([tool(name) for name in tools])
        product = Product(Ledger(*(reports or (QUARZTEK,))))
        talk = Conversation([SystemMessage("Be exact."), *before, HumanMessage(question)])
        for _ in range(MOST_STEPS):
            reply = model.invoke(talk.messages)
            assert isinstance(reply, AIMessage)
            talk.messages.append(reply)
            if not reply.tool_calls:
                return talk
            for call in reply.tool_calls:
                assert call["name"] in tools
                talk.calls.append((call["name"], call["args"]))
                failed = call["name"] in fail
                talk.messages.append(_out_of_order(call) if failed else product.call(call))
        raise AssertionError("the model never answered")

    return run


def _out_of_order(call: ToolCall) -> ToolMessage:
    return ToolMessage("It is out of order.", tool_call_id=call["id"], status="error")
