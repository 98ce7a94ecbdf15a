"""Where uploads can't be stored, that is told as an outage, and nothing is stored by halves."""

import subprocess
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from starlette.requests import Request

from server.app import create_app
from server.identity.dependencies import authenticate

KILOBYTES = 256


def large_pdf() -> bytes:
    """One page with text and an image that can't be packed."""
    target = BytesIO()
    canvas = Canvas(target)
    canvas.drawString(72, 700, "Net revenue was 1,234 in 2023.")
    noise = Image.effect_noise((1024, 1024), 200)
    canvas.drawImage(ImageReader(noise), 72, 72, 400, 400)
    canvas.save()
    return target.getvalue()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of a few kilobytes where the uploads are kept."""
    folder = tmp_path / "blobs"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={KILOBYTES}k", "tmpfs", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


@asynccontextmanager
async def running(settings, principal):
    app = create_app(settings, worker=False)
    app.dependency_overrides[authenticate] = lambda: principal
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://copilot.example") as client,
    ):
        yield client


async def upload(client) -> httpx.Response:
    return await client.post("/upload-pdf", files={"file": ("large.pdf", large_pdf())})


def assert_told(response: httpx.Response, status: int, kind: str) -> None:
    assert (response.status_code, response.json()["type"]) == (
        status,
        f"urn:copilot:problem:{kind}",
    )
    assert int(response.headers["retry-after"]) > 0


async def test_upload_to_a_full_disk_is_refused_and_leaves_nothing(settings, principal, small_disk):
    async with running(settings, principal) as client:
        assert_told(await upload(client), 507, "out-of-space")
        assert (await client.get("/documents")).json() == []
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []


async def test_full_disk_of_temporary_copies_is_told(settings, principal, monkeypatch):
    def full(_source, target):
        Path("/dev/full").write_bytes(b"x")

    monkeypatch.setattr("server.documents.service.shutil.copyfileobj", full)
    async with running(settings, principal) as client:
        assert_told(await upload(client), 507, "out-of-space")


async def test_missing_bucket_fails_readiness_and_uploads(settings, principal, s3):
    elsewhere = settings.model_copy(update={"blob_url": "s3://nowhere/production"})
    async with running(elsewhere, principal) as client:
        assert_told(await upload(client), 503, "unavailable")
        assert_told(await client.get("/ready"), 503, "unavailable")
        assert (await client.get("/documents")).json() == []


async def test_parts_of_a_form_are_in_files_without_a_name(tmp_path, monkeypatch):
    """So nothing of them is left after a kill."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    head = b'--b\r\ncontent-disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n'
    body = head + bytes(3 * 2**20) + b"\r\n--b--\r\n"
    headers = [(b"content-type", b"multipart/form-data; boundary=b")]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}

    async def receive():
        return {"type": "http.request", "body": body}

    async with Request(scope, receive).form() as form:
        assert form["file"].size == 3 * 2**20
        assert form["file"].file._rolled  # it is on the disk
        assert list(tmp_path.iterdir()) == []
