"""What is told of a job, from what the rows say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from storage.documents import VersionStatus
from storage.job_status import Indexing, Job, JobStatus

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
SEEN = Indexing(
    uuid4(), "a.pdf", 1, VersionStatus.PENDING, 100, 50, 10, NOW - timedelta(seconds=20), None, None
)


def job(queue_status="doing", **seen):
    indexing = replace(SEEN, **seen)
    return Job(uuid4(), "index_version", queue_status, 0, None, NOW, indexing)


@pytest.mark.parametrize(
    ("version", "queue", "expected"),
    [
        ("pending", "todo", "queued"),
        ("pending", "doing", "running"),
        ("pending", "failed", "dead"),
        ("pending", None, "dead"),
        ("current", None, "succeeded"),
        ("superseded", None, "succeeded"),
        ("current", "doing", "succeeded"),
        ("failed", None, "failed"),
        ("cancelled", "doing", "cancelled"),
    ],
)
def test_the_status_of_an_upload_s_job(version, queue, expected):
    assert job(queue, status=VersionStatus(version)).status == expected


@pytest.mark.parametrize(
    ("queue", "expected"), [("todo", "queued"), ("doing", "running"), ("failed", "dead")]
)
def test_the_status_of_another_job(queue, expected):
    assert Job(uuid4(), "delete_blob", queue, 0, None, NOW).status == expected


def test_the_speed_is_that_of_the_present_attempt():
    assert job().pages_per_second == pytest.approx(2.0)
    assert job().seconds_left == pytest.approx(25.0)


@pytest.mark.parametrize(
    "unknown",
    [
        job(started_at=None),
        job(pages_done=10),
        job(started_at=NOW),
        job("todo"),
        job("failed"),
        Job(uuid4(), "delete_blob", "doing", 0, None, NOW),
    ],
)
def test_no_speed_without_pages_and_time(unknown):
    assert (unknown.pages_per_second, unknown.seconds_left) == (None, None)


def test_after_the_end_the_speed_no_longer_falls():
    ended = {"status": VersionStatus.CURRENT, "indexed_at": NOW - timedelta(seconds=12)}
    done = job(None, pages_done=100, pages_before=0, **ended)
    assert done.pages_per_second == pytest.approx(100 / 8)
    assert replace(done, now=NOW + timedelta(days=1)).pages_per_second == done.pages_per_second
    assert done.seconds_left is None


def test_what_is_over():
    assert {each for each in JobStatus if not each.is_over} == {"queued", "running"}
