from langchain_core.messages import AIMessage, ToolMessage

from evals.targets.asking import ToolStep, tool_steps


def test_results_are_matched_with_the_calls_they_answer():
    calls = [
        {"name": "search_documents", "args": {"query": "Acme"}, "id": "a"},
        {"name": "calculate", "args": {"expression": "1 +"}, "id": "b"},
    ]
    messages = [
        AIMessage("", tool_calls=calls),
        ToolMessage("refused", tool_call_id="b", status="error"),
        ToolMessage("passages", tool_call_id="a"),
        AIMessage("Done."),
    ]
    assert tool_steps(messages) == (
        ToolStep(
            tool="calculate", arguments={"expression": "1 +"}, result="refused", succeeded=False
        ),
        ToolStep(
            tool="search_documents", arguments={"query": "Acme"}, result="passages", succeeded=True
        ),
    )


def test_a_result_without_its_call_keeps_its_name():
    (step,) = tool_steps([ToolMessage("passages", tool_call_id="a", name="search_documents")])
    assert (step.tool, step.arguments) == ("search_documents", {})
