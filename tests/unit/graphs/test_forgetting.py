"""What of a thread is forgotten together with a document that it quoted."""

from uuid import uuid4

from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from graphs.forgetting import ANSWER, without_quotes

SHOWN = '<passage id="{}" document="a.pdf" page="1">\n17 million\n</passage>'


def asked(text) -> HumanMessage:
    return HumanMessage(text, id=str(uuid4()))


def turn(question, number, answer):
    call = {"name": "search_documents", "args": {"query": "secret words"}, "id": "c"}
    return [
        asked(question),
        AIMessage("", tool_calls=[call], id=str(uuid4())),
        ToolMessage(SHOWN.format(number), tool_call_id="c"),
        AIMessage(answer, id=str(uuid4())),
    ]


def texts(messages) -> list[str]:
    return [str(each.content) for each in messages]


def test_a_turn_before_the_first_quote_stays_as_it_is():
    before = turn("What of b?", 1, "8 million [1]")
    assert without_quotes([*before, *turn("And a?", 2, "17 million [2]")], {2})[:4] == before


def test_a_turn_that_quotes_keeps_its_question_alone():
    left = without_quotes(turn("What of a?", 1, "17 million [1]"), {1})
    assert texts(left) == ["What of a?", ANSWER]
    assert "secret words" not in str(left)


def test_what_was_said_afterwards_may_repeat_it_and_goes_too():
    thread = [
        *turn("What of a?", 1, "17 million [1]"),
        asked("Say that again?"),
        AIMessage("It was 17 million.", id=str(uuid4())),
        asked("Still there?"),
    ]
    left = without_quotes(thread, {1})
    assert texts(left) == ["What of a?", ANSWER, "Say that again?", ANSWER, "Still there?"]


def test_other_numbers_change_nothing():
    thread = turn("What of b?", 12, "8 million [12]")
    assert without_quotes(thread, {1, 2}) == thread
