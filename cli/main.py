"""`copilot`: every command, and how errors look in a shell."""

import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from cli.lazy import LazyCommand
from cli.stopping import close_on_sigterm
from core.errors import CopilotError

COMMANDS = {
    "up": (
        "cli.up:up",
        "Start the service and print its address with a one-time sign-in link.",
    ),
    "worker": (
        "cli.worker:worker",
        "Index documents until stopped. Run as many as you like.",
    ),
    "migrate": (
        "cli.migrate:migrate",
        "Bring the database's schema to the newest revision.",
    ),
    "sign-in": (
        "cli.sign_in:sign_in",
        "Print a new one-time sign-in link for the running service.",
    ),
    "ingest": (
        "cli.ingest:ingest",
        "Take PDFs in and make them searchable. The same bytes again change nothing.",
    ),
    "reindex": (
        "cli.reindex:reindex",
        "Index documents again that an earlier version of the copilot indexed.",
    ),
    "documents": (
        "cli.documents:app",
        "List your documents; compare versions of one, or restore an older one.",
    ),
    "jobs": (
        "cli.jobs:app",
        "What is to be done: watch, cancel, retry, drop.",
    ),
    "delete": (
        "cli.delete:delete",
        "Delete documents, all of their versions and their bytes.",
    ),
    "samples": (
        "cli.samples:samples",
        "Write the sample filings of invented companies, with questions and their ground truth.",
    ),
    "search": (
        "cli.search:search",
        "Show the passages that a question would be answered from; no model is asked.",
    ),
    "ask": (
        "cli.asking:ask",
        "Ask a question; each statement of the answer names its document, page and passage.",
    ),
    "resume": (
        "cli.asking:resume",
        "Answer what a thread waits for.",
    ),
    "organizations": (
        "cli.organizations:app",
        "Who is kept apart from whom.",
    ),
    "keys": (
        "cli.keys:app",
        "API keys for machines.",
    ),
    "webhooks": (
        "cli.webhooks:app",
        "Receivers of events and of the agent's messages.",
    ),
    "audit": (
        "cli.audit:app",
        "Who did what.",
    ),
    "eval": (
        "cli.evaluating:app",
        "Measure the copilot on a dataset.",
    ),
}
"""Each with where it stands and its line in the list, which is its own help too."""


class Commands(TyperGroup):
    """All of `COMMANDS`, none of them imported."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401  # passed on as they are
        super().__init__(**attributes)
        for name, (target, line) in COMMANDS.items():
            self.add_command(LazyCommand(name, target, line))


app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False)


def _print_version(wanted: bool) -> None:  # noqa: FBT001  # typer's form of a flag
    if wanted:
        typer.echo(f"copilot {version('ai-financial-copilot')}")
        raise typer.Exit


@app.callback()
def copilot(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Ask financial filings questions and get cited, computed answers."""


def main() -> None:
    """Run a command; what a caller can mend is one line and exit code 1."""
    close_on_sigterm()
    try:
        app()
    except CopilotError as error:
        Console(stderr=True, highlight=False, markup=False).print(
            f"{error.title()}: {error.detail}",
            soft_wrap=True,  # commands and paths in it can be copied
        )
        sys.exit(1)
