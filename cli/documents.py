"""The command that lists documents, and the table that it shows."""

import asyncio
import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from cli.recording import recorded
from core.principal import local_principal
from core.settings import load_settings
from graphs.database import open_database
from storage.documents import DocumentRepository, DocumentVersion

console = Console(highlight=False)


def documents(
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """List your documents."""
    settings = load_settings()

    async def run() -> list[DocumentVersion]:
        async with open_database(settings) as database, recorded(database, "documents"):
            return await DocumentRepository(database).versions(local_principal())

    versions = asyncio.run(run())
    if as_json:
        keys = ("document_id", "name", "number", "status", "page_count", "sha256", "failure")
        print(json.dumps([{k: getattr(v, k) for k in keys} for v in versions], default=str))  # noqa: T201  # for a program
    else:
        console.print(documents_table(versions))


def documents_table(versions: list[DocumentVersion]) -> Table:
    """Ids are left to --json: names matter more in 80 columns."""
    table = Table(Column("document", overflow="fold"), "version", "pages", "status", "note")
    for version in versions:
        without_text = ", ".join(map(str, version.image_only_pages))
        note = version.failure or (f"pages without text: {without_text}" if without_text else "")
        table.add_row(
            version.name, str(version.number), str(version.page_count), version.status, note
        )
    return table
