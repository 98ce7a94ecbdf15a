"""The chain of three behind the service, over Groq's wire protocol."""

import pytest

from graphs.models.providers import GROQ_MODELS
from graphs.models.scripted_replies import (
    Answer,
    Call,
    Cut,
    broken_off,
    throttled,
    unauthorized,
    unavailable,
)

pytestmark = pytest.mark.xdist_group("groq")

FIRST, SECOND, THIRD = GROQ_MODELS
QUESTION = "What was net revenue in the period?"


@pytest.fixture(autouse=True)
def all_models_up(groq, groq_service):
    """Before each test, so that no failure of an earlier one counts against a model."""
    groq.script.clear()
    groq.script |= dict.fromkeys(GROQ_MODELS, "Up.")
    assert groq_service.ask("Are you up?")["model"] == f"groq:{FIRST}"


def tokens(events) -> str:
    """What a listener has in the end, if it forgets what a restart voids."""
    text = ""
    for name, told in events:
        text = "" if name == "restart" else text + told["text"] if name == "token" else text
    return text


@pytest.mark.parametrize("reply", [throttled(), unavailable(500)], ids=["429", "500"])
def test_the_second_model_answers_when_the_first_refuses(groq, groq_service, reply):
    groq.script |= {FIRST: reply, SECOND: "The whole answer of the second."}
    events = groq_service.stream(QUESTION)
    name, end = events[-1]
    assert (name, end["model"]) == ("end", f"groq:{SECOND}")
    assert end["answer"] == tokens(events) == "The whole answer of the second."


@pytest.mark.parametrize(
    "reply",
    [Cut(Answer("Half of an answer"), after=2), broken_off("Half of an answer", after=2)],
    ids=["cut", "error event"],
)
def test_an_answer_that_broke_off_is_voided_before_the_second_models(groq, groq_service, reply):
    groq.script |= {FIRST: reply, SECOND: "The whole answer of the second."}
    events = groq_service.stream(QUESTION)
    names = [name for name, _ in events]
    restarts = [told for name, told in events if name == "restart"]
    assert names.index("token") < names.index("restart")
    assert "Half" in events[names.index("token")][1]["text"]
    assert restarts[-1]["failed"] == f"groq:{FIRST}"
    assert restarts[-1]["next"] == f"groq:{SECOND}"
    end = events[-1][1]
    assert end["model"] == f"groq:{SECOND}"
    assert end["answer"] == tokens(events) == "The whole answer of the second."


def test_with_all_of_groq_down_the_answer_is_extractive(groq, groq_service):
    groq.script |= dict.fromkeys(GROQ_MODELS, unauthorized())
    answer = groq_service.ask(QUESTION)
    assert answer["model"] == "extractive"
    assert "1,234" in answer["answer"]
    assert answer["citations"][0]["passage"]["document"] == "note.pdf"
    assert [groq.asked(model) > 0 for model in GROQ_MODELS] == [True, True, True]


def agent(request):
    """Searches, calculates with what it found, answers."""
    results = request.tool_results
    if not results:
        return Answer(calls=(Call("search_documents", {"query": "net revenue"}),))
    if len(results) == 1:
        assert "1,234" in results[0]
        return Answer(calls=(Call("calculate", {"expression": "1234 * 2"}),))
    assert "2468" in results[1].replace(",", "")
    return "Twice net revenue is 2,468 thousand [1]. And so on [99]."


def test_an_agents_tool_calls_and_citations(groq, groq_service):
    groq.script[FIRST] = agent
    events = groq_service.stream(QUESTION)
    tools = [(name, told["tool"]) for name, told in events if name.startswith("tool_")]
    assert tools == [
        ("tool_started", "search_documents"),
        ("tool_finished", "search_documents"),
        ("tool_started", "calculate"),
        ("tool_finished", "calculate"),
    ]
    end = events[-1][1]
    assert end["answer"] == tokens(events)
    assert [citation["number"] for citation in end["citations"]] == [1]
    assert "1,234" in end["citations"][0]["passage"]["text"]
    assert end["usage"]["tool_calls"] == 2


def test_a_tool_that_the_model_invents_is_told_so_and_the_run_goes_on(groq, groq_service):
    seen = []

    def invent(request):
        seen[:] = request.tool_results
        return "I can't." if seen else Answer(calls=(Call("delete_documents", {"all": True}),))

    groq.script[FIRST] = invent
    assert groq_service.ask(QUESTION)["answer"] == "I can't."
    assert "delete_documents" in seen[0]


def test_a_follow_up_brings_the_thread_along(groq, groq_service):
    groq.script[FIRST] = "The first answer."
    thread_id = groq_service.ask("The first question?")["thread_id"]
    groq_service.stream("The second question?", thread_id=thread_id)
    told = [(m["role"], m["content"]) for m in groq.requests[-1].messages[1:]]
    assert told == [
        ("user", "The first question?"),
        ("assistant", "The first answer."),
        ("user", "The second question?"),
    ]
    groq_service.ask("Alone?")
    assert "The first question?" not in str(groq.requests[-1].messages)


def test_no_document_text_or_key_is_in_the_log(groq_service):
    log = groq_service.log.read_text()
    assert "gsk_scripted" not in log
    assert QUESTION not in log
    assert "1,234" not in log
