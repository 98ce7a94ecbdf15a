"""Commands about what was asked before."""

import asyncio
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from cli.evaluating.app import app, clear_errors, console
from cli.evaluating.options import DatasetFolder, ResultsFolder
from cli.recording import recorded
from core.principal import local_principal
from core.settings import load_settings
from evals.adding import add_example, example_of_run
from evals.baseline import Baseline
from evals.datasets import open_dataset
from evals.evaluation import results_folder
from evals.pages.collected import collect
from evals.pages.contents import contents_of
from evals.pages.html import html
from evals.pages.markdown import markdown
from evals.readme import README, rewrite
from evals.report import write_text
from evals.results import now
from graphs.runtime import open_runtime


@app.command()
def add(
    run_id: Annotated[UUID, typer.Argument(metavar="RUN", help="Of an answered run.")],
    dataset: Annotated[
        Path, typer.Option("--dataset", file_okay=False, help="The folder; made if it isn't there.")
    ],
    answer: Annotated[
        str | None, typer.Option(help="The right answer, where people didn't find its own good.")
    ] = None,
    question: Annotated[
        str | None, typer.Option(help="In words that need no conversation before them.")
    ] = None,
) -> None:
    """Turn a run and the feedback on it into an example."""

    async def run() -> str:
        settings, organization_id = load_settings(), local_principal().organization_id
        async with (
            open_runtime(settings) as runtime,
            recorded(runtime.database, "eval add", run_id),
        ):
            asker = await runtime.copilot.runs.asker(organization_id, run_id)
            example = await example_of_run(runtime, asker, run_id, answer=answer, question=question)
            await add_example(runtime, asker, example, dataset)
        return str(example.line["financebench_id"])

    with clear_errors():
        console.print(f"{asyncio.run(run())} is in {dataset}", markup=False)


@app.command()
def readme(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)] = README,
) -> None:
    """Write the scores that were accepted last into README."""
    with clear_errors():
        rewrite(file)


@app.command("report")
def report_page(
    dataset: DatasetFolder = None,
    results: ResultsFolder = None,
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="Write the page here.")] = Path(
        "report.html"
    ),
    markdown_file: Annotated[
        Path | None,
        typer.Option("--markdown", dir_okay=False, help="Write a pull request's summary here."),
    ] = None,
) -> None:
    """Stored results as a page that opens from disk: verdict, trends, worst examples."""
    with clear_errors(), open_dataset(dataset) as opened:
        known = Baseline()
        folder = results or results_folder(load_settings())
        contents = contents_of(collect(folder, opened, known), known)
        write_text(html(contents, now()), out)
        if markdown_file:
            write_text(markdown(contents), markdown_file)
    console.print(f"{contents.verdict} {out}", markup=False, soft_wrap=True)
