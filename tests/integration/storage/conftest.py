from uuid import uuid4

import psycopg
import pytest

from storage.documents import DocumentRepository, NewVersion
from storage.row_security import WORKER


@pytest.fixture
def documents(database) -> DocumentRepository:
    return DocumentRepository(database)


@pytest.fixture
def upload():
    """What an inspected upload amounts to; the same letter means the same bytes."""

    def make(name: str = "a.pdf", letter: str = "a") -> NewVersion:
        return NewVersion(name, letter * 64, 10, 3, ())

    return make


@pytest.fixture
def as_owner(urls):
    """Run a query as the migrating owner, who sees all jobs; other rows need an organization."""

    def run(query, *parameters, organization=None):
        with psycopg.connect(urls.owner, options=f"-c {WORKER}=on") as connection:
            if organization is not None:
                bind = "select set_config('app.organization_id', %s, true)"
                connection.execute(bind, (str(organization),))
            cursor = connection.execute(query, parameters or None)
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.fixture
def rows_of_everything():
    """One row of each tenant table for an organization, as {table: {column: value}}."""

    def make(organization_id):
        document, version, thread = uuid4(), uuid4(), uuid4()
        endpoint, delivery, run = uuid4(), uuid4(), uuid4()
        own = {"organization_id": organization_id}
        return {
            "documents": own | {"id": document, "name": f"{document}.pdf"},
            "document_versions": own
            | {
                "id": version,
                "document_id": document,
                "number": 1,
                "sha256": "a" * 64,
                "size_bytes": 1,
                "page_count": 1,
                "status": "pending",
            },
            "organization_turns": own | {"queue_name": "indexing", "highest": 0, "paid": -10},
            "chunks": own
            | {
                "id": uuid4(),
                "document_id": document,
                "document_version_id": version,
                "ordinal": 0,
                "page": 1,
                "start_offset": 0,
                "end_offset": 1,
                "content": "x",
                "embedding": str([1.0] + [0.0] * 383),
            },
            "pages": own
            | {
                "document_version_id": version,
                "number": 1,
                "width": 612,
                "height": 792,
                "text": "x",
            },
            "personal_data": own
            | {
                "document_version_id": version,
                "page": 1,
                "start_offset": 0,
                "end_offset": 1,
                "kind": "SSN",
                "sealed": b"x",
            },
            "lexeme_postings": own
            | {
                "document_version_id": version,
                "lexeme": "y",
                "chunks": 1,
                "ordinals": [0],
            },
            "figures": own
            | {
                "document_id": document,
                "document_version_id": version,
                "page": 1,
                "table_number": 0,
                "row_number": 0,
                "cell_number": 0,
                "label": "x",
                "groups": [],
                "column_header": "",
                "caption": "",
                "section": "",
                "basis": "group",
                "is_adjusted": False,
                "is_total": False,
                "value": 1,
                "printed": "1",
                "scale": 1,
                "start_offset": 0,
                "end_offset": 1,
                "box": [0, 0, 1, 1],
                "doubts": [],
                "words": ["x"],
            },
            "figure_words": own | {"document_version_id": version, "word": "x", "numbers": [1]},
            "threads": own | {"id": thread, "subject": "jo"},
            "webhook_endpoints": own
            | {
                "id": endpoint,
                "name": "ops",
                "url": "https://x",
                "secret": "whsec_x",  # pragma: allowlist secret
            },
            "webhook_deliveries": own
            | {
                "id": delivery,
                "endpoint_id": endpoint,
                "message_id": "msg_x",
                "event_type": "document.indexed",
                "body": "{}",
            },
            "webhook_attempts": own
            | {
                "delivery_id": delivery,
                "number": 1,
                "attempted_at": "2026-01-01",
                "duration_ms": 1,
                "request_headers": "{}",
            },
            "inbound_secrets": own | {"secret": "whsec_x"},  # pragma: allowlist secret
            "inbound_messages": own | {"message_id": "msg_x"},
            "publications": own | {"document_id": document, "document_version_id": version},
            "runs": own
            | {
                "id": run,
                "thread_id": thread,
                "subject": "jo",
                "status": "queued",
                "permissions": [],
            },
            "run_events": own | {"run_id": run, "number": 1, "event": "end", "data": "{}"},
            "feedback": own | {"run_id": run, "subject": "jo", "score": 1},
            "approvals": own
            | {
                "thread_id": thread,
                "run_id": run,
                "step": "s",
                "call_id": "c",
                "status": "pending",
                "tool": "send_webhook",
                "arguments": "{}",
                "payload": "{}",
                "tainted": True,
                "rule": "caller",
                "requested_by": "jo",
                "expires_at": "2100-01-01",
            },
            "approval_policies": own | {"tool": "t", "rule": "caller", "expires_hours": 1},
            "api_keys": own
            | {
                "id": uuid4(),
                "name": "load",
                "prefix": "cpk_x",
                "digest": bytes(32),
                "permissions": ["query:document"],
                "created_by": "jo",
                "acts_for": "user:jo",
                "revoked_at": "2026-01-01",  # else it stands on a row of users
                "expires_at": "2100-01-01",
            },
            "audit_log": own
            | {
                "actor": "key:x",
                "action": "GET /documents",
                "target": "",
                "outcome": "200",
                "source": "",
                "request_id": "x",
            },
            "used_sign_in_links": own | {"id": uuid4()},
            "private_ids": own | {"id": uuid4(), "private_to": "jo"},
            "retention_periods": own | {"threads_days": 9},
            "users": own | {"identity": "oidc:jo"},
            "checkpoints": own
            | {"thread_id": str(thread), "checkpoint_id": "1", "checkpoint": "{}"},
            "checkpoint_blobs": own
            | {"thread_id": str(thread), "channel": "c", "version": "1", "type": "t"},
            "checkpoint_writes": own
            | {
                "thread_id": str(thread),
                "checkpoint_id": "1",
                "task_id": "t",
                "idx": 0,
                "channel": "c",
                "blob": b"x",
            },
        }

    return make
