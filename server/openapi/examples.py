"""Examples of the main requests and answers, shown in /docs and copied by those who try it."""

from typing import Any

QUESTION = "What was Halvorsen's net revenue in the second quarter of 2024?"
THREAD_ID = "0198c0de-7a31-7c55-9d3a-5d2f6f0c9b11"
RUN_ID = "0198c0de-7a44-7e02-8b5e-1a7d3e6c4f22"
DOCUMENT_ID = "0198c0dd-11aa-7b10-a1c4-9e8d7c6b5a44"
VERSION_ID = "0198c0dd-11ab-7f0d-8c3b-2b1a0f9e8d55"
PASSAGE = {
    "chunk_id": "0198c0dd-3f02-7d41-b6a7-4c3d2e1f0a33",
    "document_id": DOCUMENT_ID,
    "document_version_id": VERSION_ID,
    "document": "HALVORSEN_2024Q2_10Q.pdf",
    "version": 1,
    "page": 3,
    "start": 0,
    "end": 42,
    "match_start": 0,
    "match_end": 42,
    "text": "Net revenue was $412.6 million, up 8.1 %.",
    "score": 0.71,
}
STATEMENT = "Net revenue was $412.6 million in the second quarter of 2024 [1]."
ANSWER = {
    "answer": STATEMENT,
    "model": "extractive",
    "status": "answered",
    "thread_id": THREAD_ID,
    "run_id": RUN_ID,
    "citations": [{"number": 1, "passage": PASSAGE, "statements": [STATEMENT]}],
    "passages": [PASSAGE],
    "approvals": [],
    "prompt_version": "v1",
    "usage": {"steps": 2, "tool_calls": 1, "tokens": 0},
    "chunks": [PASSAGE],
    "chunk_count": 1,
    "context": PASSAGE["text"],
}
STEPS = [
    {"type": "tool_started", "tool": "search_documents"},
    {"type": "tool_finished", "tool": "search_documents"},
]
AGENT_ANSWER = ANSWER | {"steps": STEPS}
UPLOADED = {
    "version_id": VERSION_ID,
    "version": 1,
    "status": "pending",
    "failure": None,
    # pragma: allowlist nextline secret
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "size_bytes": 48213,
    "page_count": 12,
    "image_only_pages": [],
    "reading_notes": [],
    "created_at": "2024-08-02T09:30:00Z",
    "indexed_at": None,
    "document_id": DOCUMENT_ID,
    "job_id": VERSION_ID,
    "name": "HALVORSEN_2024Q2_10Q.pdf",
    "private": False,
}
ASKED = {
    "A question": {"question": QUESTION},
    "Continue a conversation": {"question": "And a year before?", "thread_id": THREAD_ID},
    "As of a day": {"question": QUESTION, "as_of": "2024-03-01"},
}
AGENT_CONFIG = {"configurable": {"thread_id": THREAD_ID}}
AGENT_ASKED = {
    "A question": {"input": {"question": QUESTION}},
    "Continue a conversation": {"input": {"question": QUESTION}, "config": AGENT_CONFIG},
}
DECISIONS = {
    "Approve": {"decision": "approve"},
    "Reject": {"decision": "reject", "reason": "Not before the call."},
}
REQUESTS: dict[str, dict[str, Any]] = {
    "ask": ASKED,
    "ask_streaming": ASKED,
    "start_run": {"A question": {"question": QUESTION}},
    "decide_approval": DECISIONS,
    "agent_invoke": AGENT_ASKED,
    "agent_stream": AGENT_ASKED,
    "agent_stream_events": AGENT_ASKED,
    "agent_stream_log": AGENT_ASKED,
    "agent_batch": {"Two questions": {"inputs": [{"question": QUESTION}] * 2}},
}
"""By operation id."""
RESPONSES: dict[str, tuple[str, Any]] = {
    "ask": ("200", ANSWER),
    "upload_pdf": ("202", UPLOADED),
    "agent_invoke": ("200", {"output": AGENT_ANSWER, "metadata": {"run_id": RUN_ID}}),
}
"""By operation id: a status and an example of its JSON."""


def add_examples(document: dict[str, Any]) -> None:
    """Put the examples where their operations are."""
    for operations in document["paths"].values():
        for operation in operations.values():
            name = operation["operationId"]
            if name in REQUESTS:
                body = operation["requestBody"]["content"]["application/json"]
                body["examples"] = {key: {"value": one} for key, one in REQUESTS[name].items()}
            if name in RESPONSES:
                status, example = RESPONSES[name]
                answer = operation["responses"][status]["content"]["application/json"]
                answer["example"] = example
