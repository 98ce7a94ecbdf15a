"""Commands on the data folder of a service that runs."""

import json
import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import boto3
import httpx
import pytest
from reportlab.pdfgen.canvas import Canvas

from evals.filings import broken

pytestmark = pytest.mark.xdist_group("groq")


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "outlook.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.drawString(72, 700, "Brightwater plans cobalt output of 8,800 tonnes in 2032.")
    canvas.save()
    return path


def test_what_the_shell_ingests_the_service_knows(groq_service, pdf):
    done = groq_service.command("ingest", pdf)
    assert done.returncode == 0, done.stderr
    assert "current" in done.stdout
    listed = json.loads(groq_service.command("documents", "--json").stdout)
    (mine,) = [each for each in listed if each["name"] == "outlook.pdf"]
    assert (mine["status"], mine["number"], mine["page_count"]) == ("current", 1, 1)
    with groq_service.client() as client:
        assert "outlook.pdf" in [each["name"] for each in client.get("/documents").json()]

    again = groq_service.command("ingest", pdf)
    assert again.returncode == 0
    assert "unchanged" in again.stdout

    asked = groq_service.command(
        "ask",
        "What cobalt output does Brightwater plan in 2032?",
        "--json",
        COPILOT_MODELS="extractive",
    )
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert answer.keys() >= {"answer", "model", "citations", "chunks"}
    assert answer["model"] == "extractive"
    assert "8,800" in answer["answer"]
    assert answer["citations"][0]["passage"]["document"] == "outlook.pdf"
    assert httpx.get(f"{groq_service.url}/health").status_code == 200


def test_documents_are_indexed_again(groq_service, pdf):
    assert groq_service.command("ingest", pdf).returncode == 0
    nothing = groq_service.command("reindex")
    assert nothing.returncode == 0, nothing.stderr
    assert "indexed by this version already" in nothing.stdout
    again = groq_service.command("reindex", "outlook.pdf")
    assert again.returncode == 0, again.stderr
    assert "Document versions indexed again: 1." in again.stdout
    listed = json.loads(groq_service.command("documents", "--json").stdout)
    (mine,) = [each for each in listed if each["name"] == "outlook.pdf"]
    assert (mine["status"], mine["number"], mine["is_outdated"]) == ("current", 1, False)
    unknown = groq_service.command("reindex", "nowhere.pdf")
    assert unknown.returncode == 1
    assert "No such document: nowhere.pdf" in unknown.stderr + unknown.stdout
    both = groq_service.command("reindex", "outlook.pdf", "--all-organizations")
    assert both.returncode == 2


def test_versions_are_compared_restored_and_asked_of(groq_service, tmp_path):
    path, times = tmp_path / "forecast.pdf", []
    for amount in ("8,800", "9,900"):
        canvas = Canvas(str(path), invariant=1)
        canvas.drawString(72, 700, f"Kestrelmoor plans nickel output of {amount} tonnes in 2033.")
        canvas.save()
        assert groq_service.command("ingest", path).returncode == 0
        times.append(datetime.now(UTC).isoformat())
    shown = groq_service.command("documents", "diff", "forecast.pdf", 1, 2)
    assert "Page 1: changed" in shown.stdout
    assert "  -Kestrelmoor plans nickel output of 8,800 tonnes" in shown.stdout
    assert "  +Kestrelmoor plans nickel output of 9,900 tonnes" in shown.stdout
    assert "Pages: 0 added, 0 removed, 1 changed, 0 unchanged." in shown.stdout
    same = groq_service.command("documents", "diff", "forecast.pdf", 2, 2, "--json")
    assert json.loads(same.stdout)["pages"] == [
        {"before": 1, "after": 1, "status": "unchanged", "lines": [], "is_cut": False}
    ]

    def asked(*more):
        question = "What nickel output does Kestrelmoor plan in 2033?"
        return groq_service.command("ask", question, *more, COPILOT_MODELS="extractive").stdout

    assert "9,900" in asked()
    assert "forecast.pdf, version 2, page 1" in asked()
    assert "8,800" in asked("--as-of", times[0])
    assert groq_service.command("documents", "restore", "forecast.pdf", 1).returncode == 0
    assert "8,800" in asked()
    assert "9,900" in asked("--as-of", times[1])
    refused = groq_service.command("documents", "restore", "forecast.pdf", 1)
    assert (refused.returncode, "current already" in refused.stderr) == (1, True)
    naive = groq_service.command("ask", "a", "--as-of", "2024-03-01T10:00:00")
    assert (naive.returncode, "without its offset" in naive.stderr) == (1, True)


def test_a_search_says_why(groq_service, pdf):
    groq_service.command("ingest", pdf)
    question = "What cobalt output does Brightwater plan in 2032?"
    found = json.loads(groq_service.command("search", question, "--json", "--limit", "1").stdout)
    assert [(each["document"], each["page"]) for each in found] == [("outlook.pdf", 1)]
    assert "8,800" in found[0]["text"]
    told = groq_service.command("search", question, "--document", pdf, "--why").stdout
    assert "outlook.pdf" in told
    assert re.search(r"dense 0\.0\d\d", told)
    refused = groq_service.command("search", question, "--document", "nothing.pdf")
    assert (refused.returncode, "No such document: nothing.pdf" in refused.stderr) == (1, True)
    assert groq_service.command("search", "  ").returncode == 1


def test_a_new_sign_in_link_works_on_the_service(groq_service):
    port = groq_service.url.rsplit(":", 1)[1]
    done = groq_service.command("sign-in", COPILOT_PORT=port)
    link = re.search(r"http://\S+/sign-in\?token=\S+", done.stdout)[0]
    assert link.startswith(groq_service.url)
    assert httpx.get(link).status_code == 303
    assert httpx.get(link).status_code == 401


def test_files_that_are_refused(groq_service, tmp_path):
    (tmp_path / "web.pdf").write_bytes(broken.not_a_pdf())
    (tmp_path / "nothing.pdf").write_bytes(broken.empty())
    (tmp_path / "scan.pdf").write_bytes(broken.image_only())
    done = groq_service.command("ingest", tmp_path)
    assert done.returncode == 1
    told = " ".join(done.stdout.split())
    assert "web.pdf: The file does not start like a PDF" in told
    assert "nothing.pdf: The file has no bytes" in told
    assert "scan.pdf: No page holds text" in told
    assert "Traceback" not in done.stdout + done.stderr


def quarterly(pages):
    """About nothing that another test asks."""
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    for page in range(pages):
        canvas.drawString(72, 700, f"Thornbury keeps bees, as told in part {page + 1} of {pages}.")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_folders_archives_and_buckets(groq_service, tmp_path, s3):
    (tmp_path / "q1").mkdir()
    (tmp_path / "q1" / "10-Q.pdf").write_bytes(quarterly(2))
    (tmp_path / "notes.txt").write_text("none")
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("q2/10-Q.pdf", quarterly(3))
    client = boto3.client("s3", endpoint_url=s3)
    client.create_bucket(Bucket="filings")
    client.put_object(Bucket="filings", Key="new/q3/10-Q.pdf", Body=quarterly(4))
    sources = (tmp_path, tmp_path / "packed.zip", "s3://filings/new")
    done = groq_service.command("ingest", *sources)
    assert done.returncode == 0, done.stdout + done.stderr
    told = " ".join(done.stdout.split())
    assert "2 files that aren't called .pdf are left out" in told
    for quarter, pages in (("q1", 2), ("q2", 3), ("q3", 4)):
        assert re.search(rf"{quarter} - 10-Q.pdf . 1 . {pages} . current", told)
    again = groq_service.command("ingest", *sources).stdout
    assert again.count("unchanged, still version 1") == 3
    (tmp_path / "none").mkdir()
    assert groq_service.command("ingest", tmp_path / "none").returncode == 1
    away = groq_service.command("ingest", "s3://nowhere/new")
    assert (away.returncode, "s3://nowhere/new can't be read" in away.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", "a", "--document", "nowhere.pdf"), "nowhere.pdf"),
        (("webhooks", "add", "ops", "http://example.com"), "https"),
        (("resume", "00000000-0000-4000-8000-000000000000"), "No such thread"),
    ],
)
def test_a_command_that_cant_be_carried_out(groq_service, arguments, says):
    done = groq_service.command(*arguments)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_isnt_there(groq_service):
    done = groq_service.command("ingest", "/nowhere.pdf")
    assert done.returncode == 2
    assert "/nowhere.pdf" in done.stderr


def test_a_private_document_comes_and_goes_and_all_of_it_is_recorded(groq_service, tmp_path):
    path = tmp_path / "mine.pdf"
    path.write_bytes(broken.text_pages(1))
    assert groq_service.command("ingest", "--private", path).returncode == 0
    with groq_service.client() as client:
        (mine,) = [each for each in client.get("/documents").json() if each["name"] == "mine.pdf"]
        assert mine["private"] is True
        asked = groq_service.command("delete", "mine.pdf")  # nobody answers its question
        assert asked.returncode == 1
        deleted = groq_service.command("delete", "mine.pdf", "--yes")
        assert (deleted.returncode, deleted.stdout) == (0, "Deleted: mine.pdf\n")
        assert "mine.pdf" not in [each["name"] for each in client.get("/documents").json()]
        missing = groq_service.command("delete", "mine.pdf", "--yes")
        assert (missing.returncode, "No such document" in missing.stderr) == (1, True)
        entries = client.get("/audit", params={"limit": 20}).json()
    done = [(e["action"], e["target"], e["outcome"]) for e in entries if e["source"] == "shell"]
    assert done[0] == ("copilot delete", mine["document_id"], "done")
    assert ("copilot ingest", "", "done") in done
