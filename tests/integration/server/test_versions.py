"""A corrected filing: what the answer was, is, and is again after a restore."""

from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from reportlab.pdfgen.canvas import Canvas

pytestmark = pytest.mark.xdist_group("service")

NAME = "OSTERVIK_2031_10K.pdf"
QUESTION = "What was Ostervik's net revenue in fiscal 2031?"
OLD, NEW = "4,100", "5,300"


def filing(amount: str, *more: str) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    first = f"Ostervik Corp. net revenue was ${amount} thousand in fiscal 2031."
    for line in (first, *more):
        canvas.drawString(72, 700, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture
def corrected(service):
    """A filing of which two versions differ by a figure, with the time between them."""
    first = service.upload(NAME, filing(OLD)).json()
    between = datetime.now(UTC).isoformat()
    second = service.upload(NAME, filing(NEW)).json()
    assert (first["status"], second["status"], second["version"]) == ("current", "current", 2)
    yield first["document_id"], between
    with service.client() as client:
        client.delete(f"/documents/{first['document_id']}").raise_for_status()


def figures(answer) -> tuple[set[str], set[int]]:
    """Which of the two the answer says, and the versions that it cites."""
    cited = {each["passage"]["version"] for each in answer["citations"]}
    return {each for each in (OLD, NEW) if each in answer["answer"]}, cited


def test_answers_as_of_a_time(service, corrected):
    document_id, between = corrected
    assert figures(service.ask(QUESTION)) == ({NEW}, {2})
    assert figures(service.ask(QUESTION, as_of=between)) == ({OLD}, {1})
    only = {"document_ids": [document_id]}
    assert figures(service.ask(QUESTION, as_of=between, **only)) == ({OLD}, {1})
    after_both = datetime.now(UTC).isoformat()
    with service.client() as client:
        restored = client.post(f"/documents/{document_id}/versions/1/restore")
    assert restored.status_code == 200
    assert [each["status"] for each in restored.json()["versions"]] == ["superseded", "current"]
    assert figures(service.ask(QUESTION)) == ({OLD}, {1})
    assert figures(service.ask(QUESTION, as_of=after_both, **only)) == ({NEW}, {2})
    today = datetime.now(UTC).date().isoformat()
    assert figures(service.ask(QUESTION, as_of=today)) == ({OLD}, {1})


def test_a_conversation_goes_on_as_of_now(service, corrected):
    _, between = corrected
    first = service.ask(QUESTION, as_of=between)
    follow_up = service.stream(QUESTION, thread_id=first["thread_id"])[-1][1]
    assert {chunk["version"] for chunk in follow_up["chunks"] if chunk["document"] == NAME} == {2}
    assert figures(follow_up) == ({NEW}, {2})


def test_before_a_document_came(service, corrected):
    document_id, _ = corrected
    before = "2020-01-01"
    assert NAME not in str(service.ask(QUESTION, as_of=before)["chunks"])
    about = {"question": QUESTION, "as_of": before, "document_ids": [document_id]}
    with service.client() as client:
        refused = client.post("/ask", json=about)
    assert refused.status_code == 409
    assert "at 2020-01-01T23:59:59" in refused.json()["detail"]


def test_langserve_takes_it_too(service, corrected):
    _, between = corrected
    body = {"input": {"question": QUESTION, "as_of": between}}
    with service.client() as client:
        answer = client.post("/agent/invoke", json=body).json()["output"]
    assert figures(answer) == ({OLD}, {1})


def test_a_restore_that_cant_be(service, corrected):
    document_id, _ = corrected
    with service.client() as client:
        current = client.post(f"/documents/{document_id}/versions/2/restore")
        unknown = client.post(f"/documents/{document_id}/versions/9/restore")
        nowhere = client.post(f"/documents/{uuid4()}/versions/1/restore")
        no_number = client.post(f"/documents/{document_id}/versions/0/restore")
    assert (current.status_code, unknown.status_code) == (409, 404)
    assert (nowhere.status_code, no_number.status_code) == (404, 422)
    assert "There are: 1, 2" in unknown.json()["detail"]


def test_the_history_tells_while_a_version_answered(service, corrected):
    document_id, between = corrected
    with service.client() as client:
        shown = client.get(f"/documents/{document_id}").json()
        (listed,) = [each for each in client.get("/documents").json() if each["name"] == NAME]
    assert shown == listed
    second, first = shown["versions"]
    ((begun, ended),) = [(each["current_from"], each["current_until"]) for each in first["current"]]
    assert datetime.fromisoformat(begun) < datetime.fromisoformat(between)
    assert second["current"] == [{"current_from": ended, "current_until": None}]


@pytest.fixture
def restated(service):
    """Two versions, of which the second has a page more and another figure."""
    name = "restated.pdf"
    first = service.upload(name, filing(OLD, "Notes one", "Signatures")).json()
    service.upload(name, filing(NEW, "Call 212-555-0147 at once", "Notes one", "Signatures"))
    yield first["document_id"]
    with service.client() as client:
        client.delete(f"/documents/{first['document_id']}").raise_for_status()


def test_a_diff_by_page(service, restated):
    with service.client() as client:
        path, versions = f"/documents/{restated}/diff", {"before": 1, "after": 2}
        told = client.get(path, params=versions).json()
        whole = client.get(path, params=versions | {"changed_only": False}).json()
        back = client.get(path, params={"before": 2, "after": 1}).json()
    counted = {"added": 1, "removed": 0, "changed": 1, "unchanged": 2}
    assert {name: told[name] for name in counted} == counted
    first, second = told["pages"]
    assert (first["before"], first["after"], first["status"]) == (1, 1, "changed")
    assert [line[0] for line in first["lines"]] == ["@", "-", "+"]
    assert OLD in first["lines"][1]
    assert NEW in first["lines"][2]
    assert (second["before"], second["after"], second["status"]) == (None, 2, "added")
    assert [each["status"] for each in whole["pages"][2:]] == ["unchanged"] * 2
    assert (back["added"], back["removed"]) == (0, 1)


def test_a_diff_that_cant_be(service, restated):
    def diff(document_id, **versions):
        with service.client() as client:
            return client.get(f"/documents/{document_id}/diff", params=versions)

    unknown = diff(restated, before=1, after=7)
    assert unknown.status_code == 404
    assert "There are: 1, 2" in unknown.json()["detail"]
    assert diff(uuid4(), before=1, after=2).status_code == 404
    for wrong in ({}, {"before": 1}, {"before": 0, "after": 1}, {"before": 1, "after": "x"}):
        assert diff(restated, **wrong).status_code == 422
    assert diff(restated, before=1, after=2, other=1).status_code == 422
