"""The same bytes, new bytes under the same name, and which version answers."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from graphs.models.providers import GROQ_MODELS
from graphs.models.scripted_replies import Answer, Call

pytestmark = pytest.mark.xdist_group("groq")

NAME = "guidance.pdf"


def guidance(amount: str) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.drawString(72, 700, f"Marlowe expects zinc output of {amount} tonnes in 2031.")
    canvas.save()
    return target.getvalue()


def test_versions_of_a_document(groq, groq_service):
    first = groq_service.upload(NAME, guidance("4,100"))
    assert first.status_code == 202
    told = first.json()
    assert (told["version"], told["status"], told["page_count"]) == (1, "current", 1)
    assert first.headers["location"] == f"/documents/{told['document_id']}"

    same = groq_service.upload(NAME, guidance("4,100"))
    assert same.status_code == 200
    assert same.json()["version_id"] == told["version_id"]

    second = groq_service.upload(NAME, guidance("5,300"))
    assert second.status_code == 202
    assert second.json()["document_id"] == told["document_id"]
    assert (second.json()["version"], second.json()["status"]) == (2, "current")
    with groq_service.client() as client:
        shown = client.get(first.headers["location"]).json()
        (listed,) = [each for each in client.get("/documents").json() if each["name"] == NAME]
    assert shown == listed
    versions = [(each["version"], each["status"]) for each in shown["versions"]]
    assert versions == [(2, "current"), (1, "superseded")]

    search = Answer(calls=(Call("search_documents", {"query": "Marlowe zinc output 2031"}),))
    groq.script |= {
        model: lambda asked: "Found." if asked.tool_results else search for model in GROQ_MODELS
    }
    answer = groq_service.ask("What zinc output does Marlowe expect in 2031?")
    texts = [chunk["text"] for chunk in answer["chunks"] if "zinc" in chunk["text"]]
    assert len(texts) == 1
    assert "5,300" in texts[0]


def test_the_same_bytes_under_another_name_are_another_document(groq_service):
    one = groq_service.upload("one.pdf", guidance("7")).json()
    other = groq_service.upload("other.pdf", guidance("7"))
    assert other.status_code == 202
    assert other.json()["document_id"] != one["document_id"]
    assert other.json()["sha256"] == one["sha256"]


def test_uploads_at_the_same_time_make_one_version(groq_service):
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: groq_service.upload("race.pdf", guidance("9")), range(6)))
    assert sorted(each.status_code for each in made) == [200] * 5 + [202]
    assert len({each.json()["version_id"] for each in made}) == 1
