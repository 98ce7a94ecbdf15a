"""Commands about the audit log."""

import asyncio

import typer
from rich.console import Console

from core.principal import local_principal
from core.settings import load_settings
from graphs.database import open_database
from storage.audit_log import AuditLog, Break

app = typer.Typer(add_completion=False, no_args_is_help=True)
console = Console(highlight=False, markup=False, soft_wrap=True)


@app.callback()  # without it, Typer would take the only command for the whole
def audit() -> None:
    """Who did what."""


@app.command()
def verify() -> None:
    """Find entries that were changed, removed or moved; exit code 1 if there are any."""
    settings = load_settings()

    async def run() -> tuple[int, list[Break]]:
        async with open_database(settings) as database:
            return await AuditLog(database).verify(local_principal().organization_id)

    count, broken = asyncio.run(run())
    for each in broken:
        console.print(f"Entry {each.sequence} {each.reason}.")
    console.print(f"{count:,} entries, {len(broken) or 'none'} of them broken.")
    raise typer.Exit(1 if broken else 0)
