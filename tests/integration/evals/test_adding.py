"""What somebody asked the service, and thought of the answer, becomes an example."""

import json
from io import BytesIO

import httpx
import pytest
from reportlab.pdfgen.canvas import Canvas

from evals.datasets import load_dataset
from graphs.models.extractive.answer import CLOSING

QUESTION = "How many lighthouses does the Zephyr addendum name?"


def pdf() -> bytes:
    """Nothing that another test of the service asks about."""
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.drawString(72, 700, "The Zephyr addendum names 17 lighthouses on the northern coast.")
    canvas.save()
    return target.getvalue()


@pytest.fixture(scope="module")
def asked(service):
    """A run of a thread, and a second one that goes on from it."""
    service.upload("addendum.pdf", pdf())
    with service.client() as client:
        documents = client.get("/documents").json()
        ids = [each["document_id"] for each in documents if each["name"] == "addendum.pdf"]
        first = client.post("/ask", json={"question": QUESTION, "document_ids": ids}).json()
        thread = {"question": "And in words?", "thread_id": first["thread_id"]}
        second = client.post("/ask", json=thread).json()
    return first, second


def _without_closing(answer: str) -> str:
    assert answer.endswith(CLOSING)
    return answer.removesuffix(CLOSING).rstrip()


def judge(service, run_id, score):
    with service.client() as client:
        client.put(f"/runs/{run_id}/feedback", json={"score": score}).raise_for_status()


def test_a_run_that_was_found_good_becomes_an_example_with_its_pdf(service, asked, tmp_path):
    run, _ = asked
    unjudged = service.command("eval", "add", run["run_id"], "--dataset", tmp_path / "own")
    assert unjudged.returncode == 2
    assert "give the right one with --answer" in " ".join(unjudged.stderr.split())
    assert not (tmp_path / "own").exists()

    judge(service, run["run_id"], 1)
    done = service.command("eval", "add", run["run_id"], "--dataset", tmp_path / "own")
    assert done.returncode == 0, done.stderr
    (example,) = load_dataset(tmp_path / "own").examples
    assert example.id == f"run_{run['run_id']}"
    assert (example.question, example.answer) == (QUESTION, _without_closing(run["answer"]))
    assert example.document == "addendum.pdf"
    assert ("addendum.pdf", 1) in example.evidence
    assert (tmp_path / "own" / "pdfs" / "addendum.pdf").read_bytes() == pdf()

    again = service.command("eval", "add", run["run_id"], "--dataset", tmp_path / "own")
    assert again.returncode == 2
    assert "has this run already" in " ".join(again.stderr.split())


def test_what_was_found_wrong_needs_the_right_answer(service, asked, tmp_path):
    run, _ = asked
    judge(service, run["run_id"], -1)
    add = ["eval", "add", run["run_id"], "--dataset", tmp_path / "own"]
    assert service.command(*add).returncode == 2
    assert service.command(*add, "--answer", "$1,234 thousand").returncode == 0
    (example,) = load_dataset(tmp_path / "own").examples
    assert example.answer == "$1,234 thousand"


def test_a_question_that_goes_on_needs_words_of_its_own(service, asked, tmp_path):
    _, run = asked
    judge(service, run["run_id"], 1)
    add = ["eval", "add", run["run_id"], "--dataset", tmp_path / "own"]
    refused = service.command(*add)
    assert refused.returncode == 2
    assert "--question" in refused.stderr
    assert service.command(*add, "--question", QUESTION).returncode == 0
    line = json.loads((tmp_path / "own" / "questions.jsonl").read_text())
    assert line["question"] == QUESTION


def test_another_version_of_a_document_is_not_overwritten(service, asked, tmp_path):
    run, _ = asked
    (tmp_path / "own" / "pdfs").mkdir(parents=True)
    kept = tmp_path / "own" / "pdfs" / "addendum.pdf"
    kept.write_bytes(b"%PDF-1.4 another")
    done = service.command(
        "eval", "add", run["run_id"], "--dataset", tmp_path / "own", "--answer", "1"
    )
    assert done.returncode == 2
    assert "is another version of the document" in " ".join(done.stderr.split())
    assert kept.read_bytes() == b"%PDF-1.4 another"
    assert not (tmp_path / "own" / "questions.jsonl").exists()
    assert list((tmp_path / "own" / "pdfs").iterdir()) == [kept]


def test_a_run_that_is_not_there(service, tmp_path):
    unknown = "00000000-0000-0000-0000-000000000000"
    done = service.command("eval", "add", unknown, "--dataset", tmp_path / "own")
    assert done.returncode == 2
    assert "No such run" in done.stderr


def test_run_that_an_api_key_asked_becomes_an_example(service, asked, tmp_path):
    key = service.command("keys", "add", "desk", "--permission", "query:document").stdout.strip()
    with httpx.Client(base_url=service.url, headers={"x-api-key": key}, timeout=120) as machine:
        run = machine.post("/ask", json={"question": QUESTION}).json()
        machine.put(f"/runs/{run['run_id']}/feedback", json={"score": 1}).raise_for_status()
    done = service.command("eval", "add", run["run_id"], "--dataset", tmp_path / "own")
    assert done.returncode == 0, done.stderr
    (example,) = load_dataset(tmp_path / "own").examples
    assert example.id == f"run_{run['run_id']}"
