"""The chain where LangChain expects a chat model."""

import pytest
from langchain.agents import create_agent
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.tools import tool

from core.clock import ManualClock
from core.errors import UnavailableError
from graphs.models.breaker import CircuitBreaker
from graphs.models.chain import ModelChain
from graphs.models.chain_model import ChainChatModel
from graphs.models.chained_model import ChainedModel
from graphs.models.retry import RetryPolicy


@tool
async def look_up(name: str) -> str:
    """Look a figure up."""
    return f"{name} was 5."


@pytest.fixture
def chain_of():
    """A chain of scripted models, named a, b, c."""

    def chain_of(*scripts) -> ChainChatModel:
        clock = ManualClock()
        members = [
            ChainedModel(name, next(iter(each.chain._models)).model, CircuitBreaker(clock))
            for name, each in zip("abc", scripts, strict=False)
        ]
        return ChainChatModel(chain=ModelChain(members, retry=RetryPolicy(attempts=1), clock=clock))

    return chain_of


async def test_chain_model_answers_with_the_first_model_that_can(chain_of, script):
    model = chain_of(script(OSError("down")), script("Revenue was 5."))
    answer = await model.ainvoke("What was revenue?")
    assert answer.text == "Revenue was 5."
    assert answer.response_metadata["model"] == "b"


async def test_chain_model_fits_into_a_pipeline(chain_of, script):
    prompt = ChatPromptTemplate.from_messages([("human", "What was {item}?")])
    played = script("It was 5.")
    answer = await (prompt | chain_of(played)).ainvoke({"item": "revenue"})
    assert answer.text == "It was 5."
    assert played.seen == [[HumanMessage("What was revenue?")]]


async def test_chain_model_streams_its_answer_in_one_piece(chain_of, script):
    pieces = [piece async for piece in chain_of(script("Revenue was 5.")).astream("What?")]
    assert [piece.text for piece in pieces if piece.text] == ["Revenue was 5."]


async def test_create_agent_with_the_chain_calls_tools_and_falls_back(chain_of, script):
    backup = script([("look_up", {"name": "Revenue"})], "It was 5.")
    agent = create_agent(chain_of(script(OSError("down")), backup), [look_up])
    state = await agent.ainvoke({"messages": [HumanMessage("What was revenue?")]})
    assert [message.type for message in state["messages"]] == ["human", "ai", "tool", "ai"]
    assert state["messages"][2].text == "Revenue was 5."
    assert isinstance(state["messages"][-1], AIMessage)
    assert state["messages"][-1].text == "It was 5."


async def test_chain_model_fails_when_no_model_can_answer(chain_of, script):
    with pytest.raises(UnavailableError, match="a: no connection"):
        await chain_of(script(OSError("down"))).ainvoke("What was revenue?")


async def test_chain_model_refuses_options_that_it_could_not_keep(chain_of, script):
    with pytest.raises(ValueError, match="stop"):
        await chain_of(script("x")).ainvoke("What?", stop=["."])
