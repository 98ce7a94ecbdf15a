from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import tool

from graphs.models.extractive import ExtractiveChatModel

QUESTION = HumanMessage("What were Quarztek's total revenues in 2022?")


@tool
def search_documents(query: str, limit: int = 8) -> str:
    """Find passages."""
    return ""


def bound():
    return ExtractiveChatModel().bind_tools([search_documents])


def finished(statements):
    call = bound().invoke([QUESTION])
    return [QUESTION, call, ToolMessage(statements, tool_call_id=call.tool_calls[0]["id"])]


def test_it_searches_first_and_says_so_in_the_protocol():
    reply = bound().invoke([SystemMessage("s"), QUESTION])
    assert reply.content == ""
    assert reply.tool_calls[0]["name"] == "search_documents"
    assert reply.tool_calls[0]["args"] == {"query": QUESTION.content}
    assert reply.response_metadata["finish_reason"] == "tool_calls"
    assert reply.response_metadata["model_name"] == "extractive"
    assert reply.usage_metadata["total_tokens"] > 0


def test_the_same_messages_give_the_same_calls():
    assert bound().invoke([QUESTION]).tool_calls == bound().invoke([QUESTION]).tool_calls


async def test_every_way_to_call_gives_the_same_text(statements):
    messages = finished(statements)
    text = bound().invoke(messages).content
    assert text.startswith("Revenue, 2022: $12,500 million [1]")
    assert (await bound().ainvoke(messages)).content == text
    assert "".join(str(c.text) for c in bound().stream(messages)) == text
    assert "".join([str(c.text) async for c in bound().astream(messages)]) == text


async def test_the_stream_ends_with_reason_and_usage(statements):
    chunks = [chunk async for chunk in bound().astream(finished(statements))]
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


def test_call_ids_never_come_twice_in_a_thread(statements):
    messages = [*finished(statements), bound().invoke(finished(statements)), QUESTION]
    again = bound().invoke(messages)
    assert again.tool_calls[0]["id"] != messages[1].tool_calls[0]["id"]


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
    assert bound().invoke([blocks]).tool_calls[0]["args"]["query"].startswith("Total revenues")
