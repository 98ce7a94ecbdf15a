"""The table of tools. To add one: write `tools/<name>.py`, then a row here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from langchain_core.tools import BaseTool

from core.principal import Permission, Principal
from tools import calculate, look_up_figures, search_documents, send_webhook
from tools.arithmetic.operand import Operand
from tools_registry.exported_tool import exported_tools
from tools_registry.spec import Approval, Caller, Execution, SideEffect, ToolSpec
from tools_registry.tracing import TracedSearch


@dataclass(frozen=True)
class Ports:
    """What the tools reach the world through."""

    retriever: search_documents.PassageSearch
    outbox: send_webhook.MessageOutbox
    figures: look_up_figures.FigureSource


class Registry(Mapping[str, ToolSpec]):
    """name -> ToolSpec, in the order in which the model sees them."""

    def __init__(self, specs: tuple[ToolSpec, ...]) -> None:
        self._specs = {spec.name: spec for spec in specs}
        if len(self._specs) != len(specs):
            raise ValueError("two tools have the same name")

    def __getitem__(self, name: str) -> ToolSpec:
        return self._specs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._specs)

    def __len__(self) -> int:
        return len(self._specs)

    def definitions_for(self, principal: Principal) -> list[dict[str, Any]]:
        """The tools that the principal may use, as a chat model takes them."""
        return [spec.definition() for spec in self.values() if principal.may(spec.permission)]

    def as_langchain_tools(self, principal: Principal) -> list[BaseTool]:
        """The tools for an agent of somebody else's, such as `create_agent`'s.

        Make them anew for each conversation: their citation numbers count through it. Tools with a
        side effect are left out. They need a person's approval of exactly what they would send,
        which only the copilot's graph asks for.
        """
        return exported_tools(self, Caller(principal))


def build_registry(ports: Ports) -> Registry:
    """The product's tools, bound to their ports."""
    retriever = TracedSearch(ports.retriever)

    async def search(
        arguments: Any,  # noqa: ANN401  # validated as search_documents.Input
        caller: Caller,
        _execution: Execution,
    ) -> search_documents.Output:
        return await search_documents.search_documents(
            arguments,
            principal=caller.principal,
            retriever=retriever,
            document_ids=caller.document_ids,
            as_of=caller.as_of,
        )

    async def look_up(
        arguments: Any,  # noqa: ANN401  # validated as look_up_figures.Input
        caller: Caller,
        _execution: Execution,
    ) -> look_up_figures.Output:
        return await look_up_figures.look_up_figures(
            arguments,
            principal=caller.principal,
            figures=ports.figures,
            document_ids=caller.document_ids,
            as_of=caller.as_of,
        )

    async def compute(arguments: Any, caller: Caller, _execution: Execution) -> calculate.Output:  # noqa: ANN401  # validated as calculate.Input
        shown = enumerate(caller.figures, start=1)
        operands = {f"F{number}": Operand.of(figure) for number, figure in shown}
        return await calculate.calculate(arguments, figures=operands)

    async def send(arguments: Any, caller: Caller, execution: Execution) -> send_webhook.Output:  # noqa: ANN401  # validated as send_webhook.Input
        return await send_webhook.send_webhook(
            arguments,
            message_id=execution.key,
            body=execution.payload,
            principal=caller.principal,
            outbox=ports.outbox,
        )

    async def check_endpoint(arguments: Any, caller: Caller) -> None:  # noqa: ANN401  # as above
        await send_webhook.require_endpoint(arguments, caller.principal, ports.outbox)

    return Registry(
        (
            ToolSpec(
                name="search_documents",
                input=search_documents.Input,
                describe=search_documents.search_documents,
                run=search,
                permission=Permission.QUERY_DOCUMENT,
                side_effect=SideEffect.NONE,
                approval=Approval.NEVER,
                timeout_seconds=30.0,
                show=lambda output, evidence: evidence.show(output.passages),
            ),
            ToolSpec(
                name="look_up_figures",
                input=look_up_figures.Input,
                describe=look_up_figures.look_up_figures,
                run=look_up,
                permission=Permission.QUERY_DOCUMENT,
                side_effect=SideEffect.NONE,
                approval=Approval.NEVER,
                timeout_seconds=30.0,
                show=lambda output, evidence: evidence.show_figures(output),
            ),
            ToolSpec(
                name="calculate",
                input=calculate.Input,
                describe=calculate.calculate,
                run=compute,
                permission=Permission.QUERY_DOCUMENT,
                side_effect=SideEffect.NONE,
                approval=Approval.NEVER,
                timeout_seconds=5.0,
            ),
            ToolSpec(
                name="send_webhook",
                input=send_webhook.Input,
                describe=send_webhook.send_webhook,
                run=send,
                permission=Permission.QUERY_DOCUMENT,
                side_effect=SideEffect.EXTERNAL,
                approval=Approval.ALWAYS,
                timeout_seconds=15.0,
                prepare=send_webhook.prepare,
                check=check_endpoint,
            ),
        )
    )
