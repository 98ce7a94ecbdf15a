"""What can't be taken in is refused with a reason, and leaves nothing behind."""

from pathlib import Path

import httpx
import pytest

from evals.filings import broken

pytestmark = pytest.mark.xdist_group("service")

MEGABYTE = 2**20
OPENING = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="big.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\n%PDF-1.7\n"
)


def chunked(megabytes: int):
    """A multipart body without a Content-Length."""
    yield OPENING
    for _ in range(megabytes):
        yield bytes(MEGABYTE)
    yield b"\r\n--b--\r\n"


def resident_megabytes(service) -> int:
    lines = Path(f"/proc/{service.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) // 1024


def blobs(service) -> set[Path]:
    return {path for path in (service.data_dir / "blobs").rglob("*") if path.is_file()}


def documents(service) -> object:
    with service.client() as client:
        return client.get("/documents").json()


@pytest.fixture
def nothing_stored(service):
    """Refused: no document, no blob, no memory, no bug in the log."""
    service.wait_until_ready()
    before = documents(service), blobs(service)
    logged, memory = len(service.log.read_text()), resident_megabytes(service)
    yield
    assert (documents(service), blobs(service)) == before
    assert resident_megabytes(service) < memory + 300
    assert service.bugs(since=logged) == []


def assert_problem(response: httpx.Response, status: int, kind: str, says: str) -> None:
    told = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.status_code, told["status"]) == (status, status)
    assert told["type"] == f"urn:copilot:problem:{kind}"
    assert told["title"]
    assert says in told["detail"]
    assert told["request_id"] == response.headers["x-request-id"]
    for internal in ("Traceback", "Error", "copilot-", "pypdf", "site-packages"):
        assert internal not in response.text


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (broken.not_a_pdf, (415, "not-a-pdf", "Upload a .pdf file")),
        (broken.empty, (422, "empty-file", "Upload the PDF again")),
        (broken.truncated, (422, "truncated-pdf", "upload it")),
        (broken.image_only, (422, "image-only-pdf", "OCR")),
        (lambda: broken.encrypted("s3cret"), (422, "password-protected-pdf", "without one")),
        (broken.many_pages, (422, "too-many-pages", "Split it")),
        (broken.decompression_bomb, (422, "too-costly-pdf", "leave that page out")),
    ],
    ids=["not a pdf", "empty", "truncated", "scan", "password", "2000 pages", "bomb"],
)
def test_a_pdf_that_cant_be_read(service, nothing_stored, make, refusal):
    assert_problem(service.upload("refused.pdf", make()), *refusal)


@pytest.mark.parametrize("declared", [True, False], ids=["content-length", "chunked"])
def test_two_hundred_megabytes(service, nothing_stored, declared):
    length = len(OPENING) + 200 * MEGABYTE + len(b"\r\n--b--\r\n")
    headers = {"content-type": "multipart/form-data; boundary=b"}
    headers |= {"content-length": str(length)} if declared else {}
    with service.client() as client:
        response = client.post("/upload-pdf", content=chunked(200), headers=headers)
    assert_problem(response, 413, "too-large", "At most 100 MB")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"files": {"other": ("x.pdf", b"%PDF-")}}, 422),
        ({"data": {"file": "text"}}, 422),
        ({"content": b"no parts", "headers": {"content-type": "multipart/form-data"}}, 400),
        ({"files": {"file": ("\u200b", b"%PDF-")}}, 422),
        ({"files": {"file": ("x" * 300 + ".pdf", b"%PDF-")}}, 422),
    ],
    ids=["no body", "another field", "no file", "no boundary", "no name", "long name"],
)
def test_a_form_without_a_file(service, nothing_stored, form, status):
    with service.client() as client:
        response = client.post("/upload-pdf", **form)
    assert_problem(response, status, "bad-request" if status == 400 else "invalid-input", "")
    assert response.json()["detail"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "C:\\Users\\me\\passwd.pdf", "/etc/passwd.pdf"]
)
def test_a_path_in_a_name_is_dropped(service, name):
    outside = {path.name for path in service.data_dir.iterdir()}
    response = service.upload(name, broken.text_pages(1))
    assert response.status_code in (200, 202)
    assert response.json()["name"] == "passwd.pdf"
    assert response.json()["status"] == "current"
    assert {path.name for path in service.data_dir.iterdir()} == outside


def test_a_pdf_that_opens_without_a_password_is_taken(service):
    response = service.upload("empty-password.pdf", broken.encrypted(""))
    assert (response.status_code, response.json()["status"]) == (202, "current")


def test_a_scanned_page_among_others_is_reported(service):
    response = service.upload("mixed.pdf", broken.mixed(), wait=0)
    assert response.status_code == 202
    assert response.json()["image_only_pages"] == [2]
    again = service.upload("mixed.pdf", broken.mixed())
    assert (again.json()["status"], again.json()["image_only_pages"]) == ("current", [2])
