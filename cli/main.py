"""`copilot`: every command, and how errors look in a shell."""

import sys

import typer
from rich.console import Console

from cli import asking, documents, evaluating, serving, webhooks
from core.errors import CopilotError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Ask financial filings questions and get cited, computed answers.",
)
for command in (
    serving.up,
    serving.worker,
    serving.migrate,
    serving.sign_in,
    documents.ingest,
    documents.documents,
    documents.samples,
    asking.ask,
    asking.resume,
):
    app.command()(command)
app.add_typer(webhooks.app, name="webhooks")
app.add_typer(evaluating.app, name="eval")


def main() -> None:
    """Run a command; what a caller can mend is one line and exit code 1."""
    try:
        app()
    except CopilotError as error:
        Console(stderr=True, highlight=False, markup=False).print(
            f"{error.title()}: {error.detail}"
        )
        sys.exit(1)
