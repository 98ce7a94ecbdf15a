"""A version that is indexed again answers from its earlier index until the new one is whole."""

import asyncio
import logging
from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.errors import NotFoundError
from knowledge.errors import UnreadableError
from knowledge.pages import Page
from knowledge.pdf import process as pdf_process
from knowledge.reindexing import VersionReindexing
from server.outdated_documents import report_outdated
from storage.documents import VersionStatus
from storage.figures.search import FigureSearch
from storage.indexing import GENERATION

PAGES = 40
"""Three batches."""


@pytest.fixture
def again(runtime) -> VersionReindexing:
    return VersionReindexing(
        runtime.documents, runtime.ingestion.indexing, runtime.index, runtime.reindexing
    )


@pytest.fixture
def rows(runtime):
    """All rows of a table that a principal sees."""

    async def rows(principal, columns, table="chunks"):
        async with runtime.database.psycopg_transaction(principal) as connection:
            query = f"select {columns} from {table} order by {columns}"  # noqa: S608
            return [
                tuple(row.values()) for row in await (await connection.execute(query)).fetchall()
            ]

    return rows


@pytest.fixture
def outdated(runtime, take_in, pdf, figure, monkeypatch):
    """A version without figures, as an earlier generation left it; from now on there are some."""

    async def outdated(principal, pages=PAGES, name="a.pdf"):
        version = await take_in(principal, pdf(pages), name)
        async with runtime.database.psycopg_transaction(principal) as connection:
            await connection.execute(
                "update document_versions set index_generation = 1 where id = %s", (version.id,)
            )
            await connection.execute(
                "update chunks set content = 'earlier' where document_version_id = %s",
                (version.id,),
            )
        monkeypatch.setattr(
            "knowledge.indexing.figures_of", lambda page: [figure(page=page.number)]
        )
        return await runtime.documents.version(principal, version.id)

    return outdated


async def figure_pages(runtime, principal, version):
    async with runtime.database.psycopg_transaction(principal) as connection:
        found = await FigureSearch(connection).candidates(
            [version.id], words=["inventori"], limit=99
        )
    return sorted(each.figure.page for each in found)


async def test_a_version_gets_its_figures_and_stays_what_it_is(
    again, outdated, runtime, principal, rows
):
    version = await outdated(principal)
    assert version.is_outdated
    before = await rows(principal, "id, document_version_id, ordinal, page")
    published = await rows(principal, "document_version_id, published_at", "publications")
    await again.run(principal, version.id)
    assert await runtime.documents.version(principal, version.id) == replace(
        version, is_outdated=False
    )
    assert await figure_pages(runtime, principal, version) == list(range(1, PAGES + 1))
    assert await rows(principal, "id, document_version_id, ordinal, page") == before
    assert ("earlier",) not in await rows(principal, "content")
    assert await rows(principal, "document_version_id, published_at", "publications") == published
    assert [each.status for each in await runtime.documents.versions(principal)] == ["current"]


async def test_the_earlier_index_answers_until_the_new_one_is_whole(
    again, outdated, runtime, principal, rows, monkeypatch
):
    version = await outdated(principal)
    earlier = await rows(principal, "id, content")
    progress, seen = runtime.reindexing.progress, []

    async def watched(*arguments):
        seen.append((arguments[-1], await rows(principal, "id, content") == earlier))
        return await progress(*arguments)

    monkeypatch.setattr(runtime.reindexing, "progress", watched)
    await again.run(principal, version.id)
    assert [pages for pages, _ in seen] == sorted({pages for pages, _ in seen})
    assert (len(seen), seen[-1][0]) == (3, PAGES)
    assert all(is_earlier for _, is_earlier in seen)
    assert await rows(principal, "id, content") != earlier


async def test_a_killed_attempt_changes_nothing_and_the_next_one_is_whole(
    again, outdated, runtime, principal, rows, monkeypatch
):
    version = await outdated(principal)
    earlier = await rows(principal, "id, content")

    async def die(*_):
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(runtime.reindexing, "progress", die)
        with pytest.raises(asyncio.CancelledError):
            await again.run(principal, version.id)
    assert await rows(principal, "id, content") == earlier
    assert (await runtime.documents.version(principal, version.id)).is_outdated
    await again.run(principal, version.id)
    assert await figure_pages(runtime, principal, version) == list(range(1, PAGES + 1))


async def test_two_attempts_at_once_leave_one_index(again, outdated, runtime, principal, rows):
    version = await outdated(principal)
    before = await rows(principal, "id")
    await asyncio.gather(again.run(principal, version.id), again.run(principal, version.id))
    assert await rows(principal, "id") == before
    assert await figure_pages(runtime, principal, version) == list(range(1, PAGES + 1))


async def test_a_superseded_version_gets_figures_and_stays_superseded(
    again, outdated, take_in, runtime, principal, pdf
):
    version = await outdated(principal, 1)
    newer = await take_in(principal, pdf(2), "a.pdf")
    await again.run(principal, version.id)
    assert await figure_pages(runtime, principal, version) == [1]
    statuses = {each.id: each.status for each in await runtime.documents.versions(principal)}
    assert statuses == {version.id: "superseded", newer.id: "current"}


async def test_a_document_deleted_meanwhile_stays_deleted(
    again, outdated, runtime, principal, rows, monkeypatch
):
    version = await outdated(principal)
    progress = runtime.reindexing.progress

    async def delete_first(*arguments):
        if arguments[-1] == PAGES:  # all is read
            await runtime.deletion.document(principal, version.document_id)
        return await progress(*arguments)

    monkeypatch.setattr(runtime.reindexing, "progress", delete_first)
    await again.run(principal, version.id)
    assert await rows(principal, "id") == await rows(principal, "id", "figures") == []
    with pytest.raises(NotFoundError):
        await again.run(principal, version.id)


async def test_what_is_not_outdated_is_not_read(
    again, runtime, take_in, principal, pdf, monkeypatch
):
    version = await take_in(principal, pdf(1))
    monkeypatch.setattr(pdf_process, "read_pages", None)
    await again.run(principal, version.id)
    assert not (await runtime.documents.version(principal, version.id)).is_outdated


async def test_a_version_that_can_not_be_read_again_says_why_and_goes_on_answering(
    again, outdated, runtime, principal, rows, monkeypatch
):
    version = await outdated(principal, 1)
    earlier = await rows(principal, "id, content")

    async def refuse(*_arguments, **_options):
        raise UnreadableError("It is damaged.")
        yield

    with monkeypatch.context() as patch:
        patch.setattr(pdf_process, "read_pages", refuse)
        await again.run(principal, version.id)
    noted = await runtime.documents.version(principal, version.id)
    assert (noted.status, noted.reindex_failure) == (VersionStatus.CURRENT, "It is damaged.")
    assert noted.is_outdated
    assert await rows(principal, "id, content") == earlier
    await again.run(principal, version.id)
    healed = await runtime.documents.version(principal, version.id)
    assert (healed.reindex_failure, healed.is_outdated) == (None, False)


async def test_a_version_without_bytes_says_so(again, outdated, runtime, principal):
    version = await outdated(principal, 1)
    await runtime.blobs.delete(principal.organization_id, version.sha256)
    await again.run(principal, version.id)
    noted = await runtime.documents.version(principal, version.id)
    assert "Upload the document again" in noted.reindex_failure


async def test_personal_data_is_sealed_anew_at_its_place(
    again, runtime, take_in, principal, tmp_path
):
    path = tmp_path / "letter.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "Write to jo.doe@example.com about the net income of 17 million.")
    canvas.save()
    version = await take_in(principal, path)
    sealed = await runtime.personal.of_version(principal, version.id)
    assert [each.text for each in sealed] == ["jo.doe@example.com"]
    async with runtime.database.psycopg_transaction(principal) as connection:
        await connection.execute("update document_versions set index_generation = 1")
        await connection.execute("update personal_data set end_offset = end_offset + 1")
    await again.run(principal, version.id)
    assert await runtime.personal.of_version(principal, version.id) == sealed


async def test_queued_jobs_reach_private_documents_too(outdated, runtime, principal, stranger):
    organization_id = principal.organization_id
    shared = await outdated(principal, 1, "shared.pdf")
    private = await outdated(principal, 2, "private.pdf")
    await runtime.documents.share(principal, private.document_id, private=True)
    found = await runtime.reindexing.outdated(organization_id)
    assert {each.id for each in found} == {shared.id, private.id}
    assert await runtime.reindexing.outdated(stranger.organization_id) == []

    await runtime.reindexing.queue(organization_id, found)
    await runtime.reindexing.queue(organization_id, found)  # again, while they wait
    assert (await runtime.reindexing.left(organization_id)).versions == 2
    assert (await runtime.reindexing.left(stranger.organization_id)).versions == 0
    await asyncio.wait_for(runtime.queue.work(until_empty=True), 60)
    assert await runtime.reindexing.left(organization_id) == (0, 0)
    assert await runtime.reindexing.outdated(organization_id) == []
    assert await figure_pages(runtime, principal, private) == [1, 2]
    colleague = replace(principal, subject="colleague")
    assert await figure_pages(runtime, colleague, private) == []


async def test_marking_makes_a_document_of_this_generation_outdated(
    runtime, take_in, principal, stranger, pdf
):
    version = await take_in(principal, pdf(1))
    assert await runtime.reindexing.mark(stranger, [version.document_id]) == []
    (marked,) = await runtime.reindexing.mark(principal, [version.document_id])
    assert (marked.id, marked.page_count) == (version.id, 1)
    assert [each.id for each in await runtime.reindexing.outdated(principal.organization_id)] == [
        version.id
    ]


async def test_outdated_documents_are_reported_at_the_start(outdated, runtime, principal, caplog):
    await outdated(principal, 1)
    with caplog.at_level(logging.WARNING):
        await report_outdated(runtime)
    assert "copilot reindex --all-organizations" in caplog.text


async def test_a_half_indexed_version_of_an_earlier_generation_begins_anew(
    runtime, documents_of, principal
):
    version = await documents_of(principal)
    await runtime.index.begin(principal, version.id)
    await runtime.index.add(principal, version.document_id, version.id, [], documents_of.pages)
    assert (await runtime.index.begin(principal, version.id)).pages == 1
    async with runtime.database.psycopg_transaction(principal) as connection:
        await connection.execute(
            "update document_versions set index_generation = %s", (GENERATION - 1,)
        )
    assert (await runtime.index.begin(principal, version.id)).pages == 0


@pytest.fixture
def documents_of(runtime, pdf):
    """Accepts a PDF of a page that isn't indexed yet."""

    async def accept(principal):
        version, _ = await runtime.ingestion.accept(principal, "b.pdf", pdf(1))
        return version

    accept.pages = [Page(1, 612, 792, "x")]
    return accept
