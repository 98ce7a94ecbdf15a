import pytest
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import tool

from graphs.models.extractive import ExtractiveChatModel

QUESTION = HumanMessage("What were Quarztek's total revenues in 2022?")


@tool
def search_documents(query: str, limit: int = 8) -> str:
    """Find passages."""
    return ""


@tool
def look_up_figures(item: str, company: str | None = None, periods: tuple[str, ...] = ()) -> str:
    """Look figures up."""
    return ""


def bound():
    return ExtractiveChatModel().bind_tools([search_documents, look_up_figures])


@pytest.fixture
def finished(ask):
    """A turn whose calls all have their results."""
    messages = ask(QUESTION.content).messages[:-1]
    assert isinstance(messages[-1], ToolMessage)
    return messages


def test_look_up_and_search_come_first_in_the_protocol():
    reply = bound().invoke([SystemMessage("s"), QUESTION])
    assert reply.content == ""
    look_up, search = reply.tool_calls
    assert (look_up["name"], look_up["args"]["periods"]) == ("look_up_figures", ["2022"])
    assert (search["name"], search["args"]) == ("search_documents", {"query": QUESTION.content})
    assert reply.response_metadata["finish_reason"] == "tool_calls"
    assert reply.response_metadata["model_name"] == "extractive"
    assert reply.usage_metadata["total_tokens"] > 0


def test_the_same_messages_give_the_same_calls():
    assert bound().invoke([QUESTION]).tool_calls == bound().invoke([QUESTION]).tool_calls


async def test_every_way_to_call_gives_the_same_text(finished):
    text = bound().invoke(finished).content
    assert text.startswith("Total revenues, FY2022: USD 12,500 million [1]")
    assert (await bound().ainvoke(finished)).content == text
    assert "".join(str(c.text) for c in bound().stream(finished)) == text
    assert "".join([str(c.text) async for c in bound().astream(finished)]) == text


async def test_the_stream_ends_with_reason_and_usage(finished):
    chunks = [chunk async for chunk in bound().astream(finished)]
    assert len(chunks) > 10
    assert all("finish_reason" not in chunk.response_metadata for chunk in chunks[:-1])
    assert chunks[-1].response_metadata["finish_reason"] == "stop"
    assert chunks[-1].usage_metadata["output_tokens"] > 10


def test_tool_calls_stream_as_chunks():
    whole = AIMessageChunk("")
    for chunk in bound().stream([QUESTION]):
        whole += chunk
    assert whole.tool_call_chunks
    assert whole.tool_calls == bound().invoke([QUESTION]).tool_calls
    assert whole.response_metadata["finish_reason"] == "tool_calls"


def test_call_ids_never_come_twice_in_a_thread(finished):
    messages = [*finished, bound().invoke(finished), QUESTION]
    again = bound().invoke(messages)
    calls = [call for each in (*messages, again) for call in getattr(each, "tool_calls", ())]
    ids = [call["id"] for call in calls]
    assert len(ids) == len(set(ids)) == 4


def test_without_tools_it_answers_at_once():
    reply = ExtractiveChatModel().invoke([QUESTION])
    assert not reply.tool_calls
    assert "do not answer this question" in reply.content
    none = ExtractiveChatModel().bind_tools([search_documents], tool_choice="none")
    assert not none.invoke([QUESTION]).tool_calls


def test_no_question_at_all_is_no_error():
    assert ExtractiveChatModel().invoke([SystemMessage("s")]).content


def test_content_blocks_are_read_like_text():
    blocks = HumanMessage([{"type": "text", "text": "Total revenues of Quarztek in 2022?"}])
    assert bound().invoke([blocks]).tool_calls[1]["args"]["query"].startswith("Total revenues")
