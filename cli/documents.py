"""Commands about documents and their versions, and the table that lists them."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from cli.naming import document_ids
from cli.on_database import on_database
from core.principal import local_principal
from knowledge.comparison import Comparison
from knowledge.version_diff import PageDiff, VersionDiff
from storage.database import Database
from storage.documents import DocumentRepository, DocumentVersion, ReadingNote
from storage.pages import PageRepository
from storage.version_history import VersionHistory

app = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    help="List your documents; compare versions of one, or restore an older one.",
)
console = Console(highlight=False)
plain = Console(highlight=False, markup=False, soft_wrap=True)
SHOWN_NOTES = 3
"""Of a version's pages that were read with doubt; --json lists all."""
Name = Annotated[str, typer.Argument(help="As `copilot documents` lists it, or its id.")]
LISTED = (
    *("document_id", "name", "number", "status", "page_count", "sha256", "failure"),
    *("is_outdated", "reindex_failure", "image_only_pages", "reading_notes"),
)
Number = Annotated[int, typer.Argument(min=1, help="Of a version.")]


@app.callback()
def documents(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    if context.invoked_subcommand is not None:
        return
    versions = on_database(
        "documents", lambda database: DocumentRepository(database).versions(local_principal())
    )
    if as_json:
        print(json.dumps([{k: getattr(v, k) for k in LISTED} for v in versions], default=_plain))  # noqa: T201  # for a program
    else:
        console.print(documents_table(versions))


def _plain(value: object) -> object:
    return asdict(value) if isinstance(value, ReadingNote) else str(value)


@app.command()
def restore(name: Name, number: Number) -> None:
    """Answer from a superseded version again, at once."""

    async def work(database: Database) -> None:
        (document_id,) = await document_ids(DocumentRepository(database), [name])
        await VersionHistory(database).restore(local_principal(), document_id, number)

    on_database("documents restore", work)
    plain.print(f"Questions are answered from version {number} of {name} again.")


@app.command()
def diff(
    name: Name,
    before: Number,
    after: Number,
    as_json: Annotated[bool, typer.Option("--json", help="Unchanged pages too.")] = False,
) -> None:
    """Show what changed from one version to another, page by page."""

    async def work(database: Database) -> VersionDiff:
        (document_id,) = await document_ids(DocumentRepository(database), [name])
        comparison = Comparison(VersionHistory(database), PageRepository(database))
        return await comparison.diff(local_principal(), document_id, before, after)

    found = on_database("documents diff", work)
    if as_json:
        print(json.dumps(asdict(found)))  # noqa: T201  # for a program
    else:
        _print(found)


def documents_table(versions: list[DocumentVersion]) -> Table:
    """Ids are left to --json: names matter more in 80 columns."""
    table = Table(Column("document", overflow="fold"), "version", "pages", "status", "note")
    for version in versions:
        table.add_row(
            version.name,
            str(version.number),
            str(version.page_count),
            version.status,
            note(version),
        )
    return table


def note(version: DocumentVersion) -> str:
    """What a reader should know of a version; empty if it is as it should be."""
    notes = [version.failure] if version.failure else []
    if version.image_only_pages:
        notes.append(f"pages without text: {', '.join(map(str, version.image_only_pages))}")
    notes += [f"page {each.page}: {each.note}" for each in version.reading_notes[:SHOWN_NOTES]]
    if len(version.reading_notes) > SHOWN_NOTES:
        notes.append(f"{len(version.reading_notes) - SHOWN_NOTES} more pages read with doubt")
    if version.reindex_failure:
        notes.append(f"without figures; could not be indexed again: {version.reindex_failure}")
    elif version.is_outdated:
        notes.append("without figures: run `copilot reindex`")
    return "; ".join(notes)


def _print(found: VersionDiff) -> None:
    for page in found.pages:
        if page.status != "unchanged":
            plain.print(_titled(page))
            for line in page.lines:
                plain.print(f"  {line}")
    counts = (f"{getattr(found, name)} {name}" for name in ("added", "removed", "changed"))
    plain.print(f"Pages: {', '.join(counts)}, {found.unchanged} unchanged.")


def _titled(page: PageDiff) -> str:
    moved = page.before is not None and page.after not in (None, page.before)
    was = f", before {page.before}" if moved else ""
    cut = "; more than is shown" if page.is_cut else ""
    return f"Page {page.after or page.before}{was}: {page.status}{cut}"
