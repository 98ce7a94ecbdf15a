"""A registry's tools as LangChain's: for agents that others build, and for what adapts those."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from langchain_core.messages import ToolCall
from langchain_core.tools import ArgsSchema, BaseTool, ToolException
from pydantic import BaseModel, ConfigDict, SkipValidation
from typing_extensions import override

from tools_registry.binding import carry_out, explain
from tools_registry.evidence import Evidence
from tools_registry.spec import Caller, SideEffect, ToolSpec


class ExportedTool(BaseTool):
    """One tool on behalf of one caller. Asynchronous alone, as the tools are.

    Its result is what the model reads; the tool's own output is the message's `artifact`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    args_schema: SkipValidation[ArgsSchema]
    response_format: Literal["content", "content_and_artifact"] = "content_and_artifact"
    tools: SkipValidation[Mapping[str, ToolSpec]]
    caller: Caller
    evidence: SkipValidation[Evidence]

    @override
    def _run(self, **_arguments: Any) -> Any:
        raise NotImplementedError("This tool is asynchronous: use ainvoke.")

    @override
    async def _arun(self, **arguments: Any) -> tuple[str, BaseModel]:
        call = ToolCall(name=self.name, args=arguments, id=None)
        caller = replace(self.caller, figures=tuple(self.evidence.figures))
        outcome = await carry_out(self.tools, call, caller)
        if outcome.output is None:
            raise ToolException(outcome.error)
        return self.tools[self.name].show(outcome.output, self.evidence), outcome.output


def exported_tools(tools: Mapping[str, ToolSpec], caller: Caller) -> list[BaseTool]:
    """Those that the caller may use and that have no side effect.

    An agent of somebody else's doesn't ask for the approval that a side effect needs, and a tool
    that always refuses would only invite models to call it.
    """
    evidence = Evidence()
    return [
        ExportedTool(
            name=spec.name,
            description=spec.description,
            args_schema=spec.input,
            tools=tools,
            caller=caller,
            evidence=evidence,
            handle_tool_error=True,
            handle_validation_error=explain,
        )
        for spec in tools.values()
        if caller.principal.may(spec.permission) and spec.side_effect is SideEffect.NONE
    ]
