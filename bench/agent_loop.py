"""What a turn of three tool steps costs the CPU, against LangChain's ready-made agent.

Both sides: the same model that takes no time, the same calculator behind the same argument schema,
the same system prompt, no checkpointer. Ours runs with its model chain (breaker, retries,
deadline), per-tool time-outs and limits, and is called as graphs.copilot.service calls it, with
LangGraph's leaner `version="v2"`; the ready-made agent is called as its manual does.

Measured twice: with a model that binds tools as a provider's class does, which create_agent asks of
it in each step and we ask once, which is what a user pays; and with one whose binding is free,
which leaves the bare loops and is the harder of the two.

And once with a callback handler that does nothing, on both sides: what being traced costs before a
tracer does its work.
"""

from langchain.agents import create_agent
from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.messages import AnyMessage, HumanMessage
from langchain_core.runnables import RunnableConfig
from langchain_core.tools import StructuredTool

from bench.measure import Comparison, Effort, Run, cpu, interleave, timed
from bench.scripted_graph import CONTEXT, QUESTION, scripted_graph, turn
from bench.scripted_model import ScriptedModel
from graphs.copilot.prompt import system_prompt
from tools import calculate

TOOL_STEPS = 3
ROUNDS, TURNS_A_SAMPLE = 50, 10
GOAL = 0.65


async def measure(effort: Effort) -> dict[str, Comparison]:
    return {
        "turn": await _compare(ScriptedModel(tool_steps=TOOL_STEPS), effort),
        "turn, binding tools is free": await _compare(
            ScriptedModel(tool_steps=TOOL_STEPS, binds=False), effort
        ),
        "turn, with a callback handler": await _compare(
            ScriptedModel(tool_steps=TOOL_STEPS),
            effort,
            config={"callbacks": [AsyncCallbackHandler()]},
            goal=None,
        ),
    }


async def _compare(
    model: ScriptedModel,
    effort: Effort,
    *,
    config: RunnableConfig | None = None,
    goal: float | None = GOAL,
) -> Comparison:
    rounds = effort.rounds(ROUNDS)
    runs = (_plain(model, config), _ours(model, config))
    arms = [timed(run, cpu, times=TURNS_A_SAMPLE) for run in runs]
    baseline, ours = await interleave(arms, rounds)
    return Comparison(baseline, ours, "ms CPU", rounds * TURNS_A_SAMPLE, goal)


def _plain(model: ScriptedModel, config: RunnableConfig | None) -> Run:
    agent = create_agent(model, [_calculator()], system_prompt=system_prompt().text)

    async def run() -> None:
        state = await agent.ainvoke({"messages": [HumanMessage(QUESTION)]}, config)
        _expect_whole(state["messages"])

    return run


def _ours(model: ScriptedModel, config: RunnableConfig | None) -> Run:
    graph = scripted_graph(model)

    async def run() -> None:
        output = await graph.ainvoke(turn(), config, context=CONTEXT, version="v2")
        _expect_whole(output.value["messages"])

    return run


def _calculator() -> StructuredTool:
    async def compute(expression: str) -> str:
        output = await calculate.calculate(calculate.Input(expression=expression))
        return output.model_dump_json()

    return StructuredTool.from_function(
        coroutine=compute,
        name="calculate",
        description=calculate.calculate.__doc__,
        args_schema=calculate.Input,
    )


def _expect_whole(messages: list[AnyMessage]) -> None:
    results = [message for message in messages if message.type == "tool"]
    assert len(results) == TOOL_STEPS
    assert all('"6.94 %"' in result.text for result in results)
