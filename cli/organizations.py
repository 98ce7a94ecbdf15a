"""Commands about organizations, for who runs the installation."""

import asyncio
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console

from core.errors import InvalidInputError
from core.settings import load_settings
from graphs.database import open_postgres
from storage.organizations import MAX_NAME_CHARACTERS, Organizations

app = typer.Typer(add_completion=False, no_args_is_help=True)
console = Console(highlight=False, markup=False, soft_wrap=True)


@app.callback()
def organizations() -> None:
    """Who is kept apart from whom."""


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="As its people call it.")],
    organization_id: Annotated[
        UUID | None,
        typer.Option("--id", help="As its identity provider has it; a new one if left out."),
    ] = None,
) -> None:
    """Add an organization and print its id, for the claims of its people's tokens."""
    if not name.strip() or len(name) > MAX_NAME_CHARACTERS:
        raise InvalidInputError(f"A name has 1 to {MAX_NAME_CHARACTERS} characters.")
    settings = load_settings()

    async def run() -> UUID:
        async with open_postgres(settings) as urls:
            return await asyncio.to_thread(Organizations(urls).add, name, organization_id)

    console.print(asyncio.run(run()))


@app.command("list")
def list_() -> None:
    """List organizations."""
    settings = load_settings()

    async def run() -> list[tuple[UUID, str]]:
        async with open_postgres(settings) as urls:
            return await asyncio.to_thread(Organizations(urls).all)

    for organization_id, name in asyncio.run(run()):
        console.print(f"{organization_id}  {name}")
