"""Tokens, keys, questions and documents are in no log, no error and no trace after a full run."""

import re
import time

import httpx
import pytest
from reportlab.pdfgen import canvas

from graphs.models.providers import GROQ_MODELS
from graphs.models.scripted_replies import unavailable

DOCUMENT, QUESTION, TOKEN = "ZEBRAQUARTZ", "OKAPIBASALT", "TAPIRGRANITE"
PROJECT_TRACES = "/runs/multipart"


@pytest.fixture
def traced(service_type, folder, groq, embedding_endpoint, site):
    """A service whose traces go to a LangSmith on loopback, and whose models fail at times."""
    site.pages |= {"/info": {"batch_ingest_config": {}}, PROJECT_TRACES: {}, "/runs/batch": {}}
    service = service_type(
        folder / "traced",
        {
            "GROQ_API_KEY": f"gsk_{TOKEN}",
            "COPILOT_GROQ_BASE_URL": groq.url,
            "COPILOT_EMBEDDINGS": "endpoint",
            "COPILOT_EMBEDDINGS_ENDPOINT_URL": embedding_endpoint.url,
            "LANGSMITH_TRACING": "true",
            "LANGSMITH_ENDPOINT": site.url,
            "LANGSMITH_API_KEY": f"lsv2_{TOKEN}",
            "LANGSMITH_DISABLE_RUN_COMPRESSION": "true",
        },
    )
    service.start()
    yield service
    service.stop()


def pdf(tmp_path) -> bytes:
    path = tmp_path / "x.pdf"
    page = canvas.Canvas(str(path))
    page.drawString(72, 720, f"Net income of {DOCUMENT} was 17 million in 2023.")
    page.save()
    return path.read_bytes()


def asks(service) -> list[httpx.Response]:
    """Every way to ask, rightly and wrongly."""
    question = {"question": f"What of {QUESTION} and net income?"}
    wrong = question | {"organization_id": TOKEN}
    with service.client() as client:
        return [
            client.post("/ask", json=question),
            client.post("/ask/stream", json=question),
            client.post("/agent/invoke", json={"input": question}),
            client.post("/agent/stream_events", json={"input": question}),
            client.post("/ask", json=wrong),
            client.post("/ask", json={"question": [QUESTION]}),
            client.post("/ask", content=f'{{"question": "{QUESTION}'),
            client.post("/agent/batch", json={"inputs": QUESTION}),
            client.get("/documents", params={"token": TOKEN}),
        ]


def strangers(service) -> list[httpx.Response]:
    forged = [
        {"authorization": f"Bearer {TOKEN}"},
        {"authorization": f"Bearer {TOKEN}.{TOKEN}.{TOKEN}"},
        {"x-api-key": f"cpk_{TOKEN}"},
        {"cookie": f"copilot_session={TOKEN}"},
    ]
    return [httpx.get(f"{service.url}/documents", headers=each) for each in forged]


def test_nothing_of_it_is_told(traced, groq, site, tmp_path):
    groq.script.clear()
    groq.script |= dict.fromkeys(GROQ_MODELS, f"It is {DOCUMENT}.")
    uploaded = traced.upload("report.pdf", pdf(tmp_path))
    assert uploaded.json()["status"] == "current"
    broken = traced.upload("broken.pdf", DOCUMENT.encode())
    key = traced.command("keys", "add", "x", "--permission", "query:document").stdout.strip()
    answers = asks(traced)
    groq.script |= {GROQ_MODELS[0]: unavailable(500), GROQ_MODELS[1]: {"not": "a reply"}}
    answers += asks(traced)
    used = httpx.get(f"{traced.url}/documents", headers={"x-api-key": key})
    assert (used.status_code, broken.status_code) == (200, 415)
    errors = [each for each in [*answers, *strangers(traced), broken] if each.status_code >= 400]
    assert len(errors) >= 13
    deadline = time.monotonic() + 20
    while PROJECT_TRACES not in site.asked and "/runs/batch" not in site.asked:
        assert time.monotonic() < deadline, site.asked
        time.sleep(0.2)
    time.sleep(2)
    log, traces = traced.wait_for_log("POST /ask"), b"".join(site.received).decode(errors="replace")
    assert "copilot" in traces
    secrets = (DOCUMENT, QUESTION, TOKEN, key, key.rsplit("_", 1)[-1], traced.token)
    for secret in secrets:
        assert secret not in log, re.findall(f".*{re.escape(secret)}.*", log)[:3]
        assert secret not in traces, re.findall(f".{{80}}{re.escape(secret)}.{{80}}", traces)[:3]
        for answer in errors:
            assert secret not in answer.text, (secret, answer.request.url, answer.text)
