"""The command that deletes documents."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from cli.naming import document_ids
from cli.recording import recorded
from core.principal import local_principal
from core.settings import load_settings
from graphs.runtime import open_runtime

console = Console(highlight=False, markup=False, soft_wrap=True)


def delete(
    names: Annotated[list[str], typer.Argument(help="As `copilot documents` lists them.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
) -> None:
    """Delete documents, all of their versions and their bytes. They can't be had again."""
    settings = load_settings()
    if not yes:
        typer.confirm(f"Delete {', '.join(names)} for good?", abort=True)

    async def run() -> None:
        async with open_runtime(settings) as runtime:
            for document_id in await document_ids(runtime.documents, names):
                async with recorded(runtime.database, "delete", document_id):
                    await runtime.deletion.document(local_principal(), document_id)

    asyncio.run(run())
    console.print(f"Deleted: {', '.join(names)}")
