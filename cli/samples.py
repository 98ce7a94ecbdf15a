"""The command that writes the sample filings."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.filings.dataset import write_dataset
from evals.filings.world.dataset import write_world

console = Console(highlight=False)


def samples(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")],
    *,
    world: Annotated[
        bool,
        typer.Option(
            "--world", help="Documents of other countries and kinds: statements, invoices, forms."
        ),
    ] = False,
) -> None:
    """Write the sample filings of invented companies, with questions and their ground truth."""
    dataset = write_world(folder) if world else write_dataset(folder)
    console.print(
        f"{len(dataset.pages)} documents, {dataset.n_questions} questions and "
        f"{dataset.n_figures} figures in {folder}"
    )
