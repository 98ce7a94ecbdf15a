"""From a PDF's bytes to searchable chunks, once, whatever is killed in between."""

import asyncio
import threading
import zipfile
from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import text

from core.errors import InvalidInputError, PermissionDeniedError
from core.principal import Permission, Principal
from evals.filings import broken
from knowledge.chunking.chunk import Chunk
from knowledge.errors import NoTextError, TooLargeError, UnreadableError
from knowledge.ingestion import Limits, document_name
from knowledge.pdf import process as pdf_process
from knowledge.sources.archives import archive_source
from knowledge.sources.taking_in import take_in as take_source_in
from storage.documents import VersionStatus


@pytest.fixture
def chunks(runtime):
    async def chunks(principal):
        async with runtime.database.transaction(principal.organization_id) as connection:
            rows = await connection.execute(
                text(
                    "select document_version_id, ordinal, page, start_offset, end_offset, content"
                    " from chunks order by document_version_id, ordinal"
                )
            )
            return rows.all()

    return chunks


@pytest.mark.parametrize("content", [b"", b"junk of twenty bytes", b"%PDF-1.7\ncut off"])
async def test_junk_is_refused_without_a_process(runtime, principal, pdf, monkeypatch, content):
    async def no_process(*_arguments, **_options):
        raise AssertionError("a process was started")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", no_process)
    junk = pdf(content)
    with pytest.raises(UnreadableError):
        await runtime.ingestion.accept(principal, "junk.pdf", junk)
    archive = junk.with_name("junk.zip")
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("one.pdf", content)
        made.writestr("two.pdf", content)
    source = archive_source(archive, 2**20)
    taken = take_source_in(runtime.ingestion, principal, source, private=False)
    outcomes = [each async for each in taken]
    assert [type(each.error) for each in outcomes] == [type(outcomes[0].error)] * 2


async def test_chunks_are_slices_of_the_pages(take_in, chunks, principal, filings):
    path = next((filings / "pdfs").glob("*.pdf"))
    version = await take_in(principal, path)
    assert (version.status, version.indexed_at is not None) == (VersionStatus.CURRENT, True)
    pages = {page.number: page.text async for page in pdf_process.read_pages(path)}
    rows = await chunks(principal)
    assert len(rows) > 20
    assert [row.ordinal for row in rows] == list(range(len(rows)))
    for row in rows:
        assert row.content == pages[row.page][row.start_offset : row.end_offset]


async def test_a_run_that_was_killed_is_done_again_without_duplicates(
    runtime, chunks, principal, pdf
):
    version, _ = await runtime.ingestion.accept(principal, "a.pdf", pdf(80))
    halfway = asyncio.Event()

    def stop(done, everything):
        if 0 < done < everything:
            halfway.set()
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await runtime.ingestion.index(principal, version.id, stop)
    assert halfway.is_set()
    assert 0 < len(await chunks(principal)) < 80
    assert await runtime.retriever.search(principal, "revenue") == []
    # As another version of the chunker, running before the kill, may have left it: all begins anew.
    left = [Chunk(500, 1, 0, 1, "P", 0, 1)]
    await runtime.index.add(principal, version.document_id, version.id, left)
    await runtime.ingestion.index(principal, version.id)
    await runtime.ingestion.index(principal, version.id)
    assert [row.page for row in await chunks(principal)] == list(range(1, 81))


class Embedder:
    """The genuine one, with a count of what it is asked."""

    def __init__(self, genuine):
        self.genuine, self.asked = genuine, []

    def embed(self, texts):
        self.asked += texts
        return self.genuine.embed(texts)


@pytest.fixture
def embedder(runtime, monkeypatch):
    counting = Embedder(runtime.embeddings)
    monkeypatch.setattr(runtime.index, "_embeddings", counting)
    return counting


ROWS = """
select ordinal, page, start_offset, end_offset, content, embedding::text, passage_start,
       passage_end, section, table_rows
from chunks where document_version_id = :id order by ordinal
"""


@pytest.mark.parametrize("killed_after", [16, 30, 62])
async def test_a_killed_run_goes_on_after_its_last_finished_batch(
    runtime, embedder, principal, stranger, pdf, killed_after
):
    async def rows(owner, version):
        async with runtime.database.transaction(owner) as connection:
            return (await connection.execute(text(ROWS), {"id": version.id})).all()

    def kill(done, _all):
        if done >= killed_after:
            raise asyncio.CancelledError

    path = pdf(80)
    undisturbed, _ = await runtime.ingestion.accept(stranger, "a.pdf", path)
    await runtime.ingestion.index(stranger, undisturbed.id)
    once, embedder.asked = embedder.asked, []

    version, _ = await runtime.ingestion.accept(principal, "a.pdf", path)
    with pytest.raises(asyncio.CancelledError):
        await runtime.ingestion.index(principal, version.id, kill)
    assert len(embedder.asked) == len(await rows(principal, version)) < len(once)
    killed = await runtime.documents.version(principal, version.id)
    assert killed.pages_done == killed_after
    await runtime.ingestion.index(principal, version.id)
    assert embedder.asked == once
    assert await rows(principal, version) == await rows(stranger, undisturbed)
    done = await runtime.documents.version(principal, version.id)
    assert (done.status, done.pages_done) == (VersionStatus.CURRENT, 80)


class Waiting(Embedder):
    """Stops at its second batch until it is let on."""

    def __init__(self, genuine):
        super().__init__(genuine)
        self.batches, self.waits, self.on = 0, threading.Event(), threading.Event()

    def embed(self, texts):
        self.batches += 1
        if self.batches == 2:
            self.waits.set()
            self.on.wait(60)
        return super().embed(texts)


@pytest.mark.parametrize("retried", [False, True])
async def test_an_index_job_that_is_cancelled_stops_and_leaves_nothing(
    runtime, chunks, principal, pdf, monkeypatch, retried
):
    embedder = Waiting(runtime.embeddings)
    monkeypatch.setattr(runtime.index, "_embeddings", embedder)
    version, _ = await runtime.ingestion.accept(principal, "a.pdf", pdf(80))
    running = asyncio.create_task(runtime.ingestion.index(principal, version.id))
    assert await asyncio.to_thread(embedder.waits.wait, 60)
    assert len(await chunks(principal)) == 16
    await runtime.jobs.cancel(principal, version.id)
    assert await chunks(principal) == []
    if retried:  # what still runs has no say in it
        await runtime.jobs.retry(principal, version.id)
    embedder.on.set()
    await running
    assert await chunks(principal) == []
    assert await runtime.personal.of_version(principal, version.id) == []
    stands = (await runtime.documents.version(principal, version.id)).status
    assert stands is (VersionStatus.PENDING if retried else VersionStatus.CANCELLED)
    await asyncio.wait_for(runtime.queue.work(until_empty=True), 60)
    assert [row.page for row in await chunks(principal)] == list(range(1, 81 if retried else 1))


async def test_a_version_that_newer_bytes_overtook_is_superseded_from_the_start(
    runtime, principal, pdf
):
    first, _ = await runtime.ingestion.accept(principal, "a.pdf", pdf(1))
    second, _ = await runtime.ingestion.accept(principal, "a.pdf", pdf(2, "b.pdf"))
    await runtime.ingestion.index(principal, second.id)
    await runtime.ingestion.index(principal, first.id)
    (current,) = await runtime.documents.current_versions(principal)
    overtaken = await runtime.documents.version(principal, first.id)
    assert (current.id, overtaken.status) == (second.id, VersionStatus.SUPERSEDED)


async def test_a_version_that_can_not_be_read_fails_and_the_older_stays(
    runtime, take_in, chunks, principal, pdf
):
    async def no_text(_path, **_how):
        raise NoTextError("No page's text could be read.")
        yield

    first = await take_in(principal, pdf(1), "a.pdf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_process, "read_pages", no_text)
        second = await take_in(principal, pdf(2), "a.pdf")
    assert (second.number, second.status) == (2, VersionStatus.FAILED)
    assert second.failure == "No page's text could be read."
    assert {row.document_version_id for row in await chunks(principal)} == {first.id}
    (current,) = await runtime.documents.current_versions(principal)
    assert current.id == first.id


async def test_the_worker_takes_what_was_accepted(runtime, principal, pdf):
    version, _ = await runtime.ingestion.accept(principal, "a.pdf", pdf(1))
    await asyncio.wait_for(runtime.queue.work(until_empty=True), 60)
    done = await runtime.documents.version(principal, version.id)
    assert done.status is VersionStatus.CURRENT


async def test_pages_without_text_are_noted(take_in, principal, pdf):
    version = await take_in(principal, pdf(broken.mixed()))
    assert version.image_only_pages == (2,)


async def test_pages_read_with_doubt_are_noted(take_in, principal, tmp_path):
    path = tmp_path / "overprinted.pdf"
    canvas = Canvas(str(path))
    for row in range(8):
        canvas.drawString(72, 700 - 14 * row, "Pumps are sold to builders")
        canvas.drawString(77, 700 - 14 * row, "Valves were made in the north")
    canvas.showPage()
    canvas.drawString(72, 700, "Nothing is wrong with this page.")
    canvas.save()
    version = await take_in(principal, path)
    assert [note.page for note in version.reading_notes] == [1]
    assert "printed over other text" in version.reading_notes[0].note


async def test_nothing_is_kept_of_an_upload_that_is_refused(runtime, principal, pdf, settings):
    with pytest.raises(NoTextError):
        await runtime.ingestion.accept(principal, "a.pdf", pdf(broken.image_only()))
    runtime.ingestion.limits = Limits(max_bytes=10, max_pages=5)
    with pytest.raises(TooLargeError):
        await runtime.ingestion.accept(principal, "a.pdf", pdf(1))
    assert await runtime.documents.versions(principal) == []
    assert not list((settings.data_dir / "blobs").iterdir())


async def test_an_upload_needs_the_permission(runtime, principal, pdf):
    reader = Principal("jo", principal.organization_id, frozenset({Permission.QUERY_DOCUMENT}))
    with pytest.raises(PermissionDeniedError, match="upload:document"):
        await runtime.ingestion.accept(reader, "a.pdf", pdf(1))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jo\\10-K.pdf", "10-K.pdf"),
        (" 年報\u202e.pdf\n", "年報.pdf"),
        ("x" * 200, "x" * 200),
    ],
)
def test_a_name_loses_its_folders_and_what_can_not_be_seen(name, expected):
    assert document_name(name) == expected


@pytest.mark.parametrize("name", ["", "/", "\n\x00", "x" * 201, " "])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(InvalidInputError):
        document_name(name)


@pytest.mark.parametrize("private", [True, False])
async def test_a_document_that_becomes_private_or_shared_is_indexed_all_the_same(
    runtime, principal, pdf, private
):
    owner, colleague = principal, replace(principal, subject="colleague")
    first, _ = await runtime.ingestion.accept(owner, "a.pdf", pdf(1), private=not private)
    adding = colleague if private else owner
    second, _ = await runtime.ingestion.accept(
        adding, "a.pdf", pdf(2, "b.pdf"), private=not private
    )
    assert second.document_id == first.document_id
    await runtime.documents.share(owner, first.document_id, private=private)
    await asyncio.wait_for(runtime.queue.work(until_empty=True), 60)
    (current,) = await runtime.documents.current_versions(owner)
    assert (current.id, current.is_private) == (second.id, private)
