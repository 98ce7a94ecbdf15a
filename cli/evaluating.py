"""Commands that measure."""

import typer

app = typer.Typer(no_args_is_help=True, help="Measure retrieval and answers on a dataset.")


@app.callback()
def group() -> None:
    """Measure retrieval, answers and what a run did."""
