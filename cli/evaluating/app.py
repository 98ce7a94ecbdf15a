"""What all commands of `copilot eval` share."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from core.errors import CopilotError
from core.telemetry import configure_logging

BAD_INPUT = 2
"""Exit status: what was asked for can't be run, or couldn't be scored. 1 is a gate that fails."""

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Measure the copilot on a dataset."
)
console = Console(highlight=False)


@contextmanager
def clear_errors() -> Iterator[None]:
    """What a caller can mend is told, and exits 2: a gate that fails exits 1."""
    configure_logging(level=40)  # a model that fails is in the report
    try:
        yield
    except CopilotError as error:
        Console(stderr=True, highlight=False, markup=False).print(
            f"{error.title()}: {error.detail}"
        )
        sys.exit(BAD_INPUT)
