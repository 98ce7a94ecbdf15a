"""Questions over a real socket."""

import httpx
import pytest

pytestmark = pytest.mark.xdist_group("service")

QUESTION = "What was Halvorsen's net revenue in the second quarter of 2024?"


def document_id(service, name: str) -> str:
    with service.client() as client:
        listed = client.get("/documents").json()
    return next(each["document_id"] for each in listed if name in each["name"])


def test_an_answer_names_document_page_and_passage(service):
    answer = service.ask(QUESTION)
    assert answer["model"] == "extractive"
    assert answer["chunk_count"] == len(answer["chunks"]) > 0
    assert answer["context"] == "\n\n".join(chunk["text"] for chunk in answer["chunks"])
    assert answer["citations"]
    for citation in answer["citations"]:
        assert citation["passage"]["document"].startswith("HALVORSEN")
        assert citation["passage"]["page"] >= 1
        assert f"[{citation['number']}]" in answer["answer"]


def test_a_stream_tells_the_steps_then_tokens_then_citations_then_the_end(service):
    events = service.stream(QUESTION)
    names = [name for name, _ in events]
    assert list(dict.fromkeys(names)) == [
        "run",
        "tool_started",
        "tool_finished",
        "token",
        "citations",
        "end",
    ]
    assert names.count("end") == names.count("citations") == 1
    told, end = dict(events), events[-1][1]
    assert "".join(each["text"] for name, each in events if name == "token") == end["answer"]
    assert told["citations"] == end["citations"] != []
    assert told["tool_started"]["tool"] == "search_documents"
    assert told["tool_started"]["arguments"]["query"]
    assert told["tool_finished"]["status"] == "success"
    assert end["status"] == "answered"


def test_a_thread_goes_on(service):
    first = service.ask(QUESTION)
    follow_up = service.stream(QUESTION, thread_id=first["thread_id"])[-1][1]
    assert follow_up["thread_id"] == first["thread_id"]
    assert follow_up["citations"]
    assert service.ask(QUESTION)["thread_id"] != first["thread_id"]


def test_document_ids_restrict_what_is_searched(service):
    tesseline = document_id(service, "TESSELINE")
    question = "What was net revenue in the second quarter of 2024?"
    answer = service.ask(question, document_ids=[tesseline])
    assert {chunk["document"] for chunk in answer["chunks"]} == {"TESSELINE_2024Q2_10Q.pdf"}
    halvorsens = service.stream(QUESTION, document_ids=[tesseline])[-1][1]
    assert all(chunk["document"].startswith("TESSELINE") for chunk in halvorsens["chunks"])


def test_null_for_a_field_is_as_good_as_leaving_it_out(service):
    assert service.ask(QUESTION, document_ids=None, thread_id=None)["citations"]


def test_a_client_that_goes_away_in_mid_stream_breaks_nothing(service):
    logged = len(service.log.read_text())
    for _ in range(5):
        with (
            service.client() as client,
            client.stream("POST", "/ask/stream", json={"question": QUESTION}) as response,
        ):
            next(response.iter_lines())
    assert httpx.get(f"{service.url}/ready").status_code == 200
    assert service.ask(QUESTION)["citations"]
    assert service.bugs(since=logged) == []
