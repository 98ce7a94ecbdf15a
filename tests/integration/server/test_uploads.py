"""The same bytes, new bytes under the same name, which version answers; many files at once."""

import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from evals.filings import broken
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


def archive(**members: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def send(service, *files: tuple[str, bytes]):
    with service.client() as client:
        several = [("file", file) for file in files]
        return client.post("/upload-pdf", files=several, params={"wait": 60})


def test_many_files_at_once_and_archives_among_them(groq_service):
    packed = archive(
        **{"north__a.pdf": guidance("11"), "south__a.pdf": guidance("12"), "notes.txt": b"no PDF"}
    )
    files = (("many.pdf", guidance("10")), ("packed.zip", packed), ("scan.pdf", broken.empty()))
    first = send(groq_service, *files)
    assert first.status_code == 202
    told = first.json()
    assert [(each["name"], each["status"]) for each in told["uploads"]] == [
        ("many.pdf", "current"), ("north - a.pdf", "current"), ("south - a.pdf", "current"),
    ]  # fmt: skip
    refused = [(each["name"], each["type"].rpartition(":")[2]) for each in told["refused"]]
    assert refused == [("notes.txt", "not-a-pdf"), ("scan.pdf", "empty-file")]
    again = send(groq_service, *files)
    assert again.status_code == 200
    ids = [[each["version_id"] for each in answer["uploads"]] for answer in (told, again.json())]
    assert ids[0] == ids[1]
    with groq_service.client() as client:
        job = client.get(f"/jobs/{told['uploads'][1]['job_id']}").json()
    assert (job["status"], job["pages_done"]) == ("succeeded", 1)


def test_nothing_of_several_could_be_taken_in(groq_service):
    answer = send(groq_service, ("a.pdf", b"text"), ("b.pdf", broken.empty()))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    told = [(each["name"], each["status"]) for each in answer.json()["refused"]]
    assert told == [("a.pdf", 415), ("b.pdf", 422)]


def test_an_archive_that_leads_out_is_refused_whole(groq_service):
    answer = send(groq_service, ("a.zip", archive(**{"..__x.pdf": guidance("1"), "y.pdf": b""})))
    assert (answer.status_code, answer.json()["type"]) == (
        422,
        "urn:copilot:problem:unreadable-archive",
    )
    with groq_service.client() as client:
        assert "x.pdf" not in [each["name"] for each in client.get("/documents").json()]


def test_too_many_files(groq_service):
    answer = send(groq_service, *[(f"{n}.pdf", b"") for n in range(501)])
    assert (answer.status_code, "500" in answer.json()["detail"]) == (400, True)
