"""Commands that measure."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from core.settings import load_settings
from core.telemetry import configure_logging
from evals.baseline import accept as accept_scores
from evals.baseline import losses
from evals.datasets import Dataset, open_dataset
from evals.gates import below_floor
from evals.plain_search import PlainSearch
from evals.report import Report, print_report, write_report
from evals.store import Store, open_store
from evals.suites import ablation as ablation_suite
from evals.suites import answers as answers_suite
from evals.suites import retrieval as retrieval_suite
from evals.suites import trajectory as trajectory_suite
from knowledge.embeddings.choose import torch_embeddings

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Measure the copilot on a dataset."
)
console = Console(highlight=False)

Suite = Callable[[Store, Dataset, Console], Awaitable[Report]]
DatasetFolder = Annotated[
    Path | None,
    typer.Option(
        "--dataset",
        exists=True,
        file_okay=False,
        help="A folder with pdfs/ and questions.jsonl; the sample filings if left out.",
    ),
]
JsonFile = Annotated[
    Path | None, typer.Option("--json", dir_okay=False, help="Write every example's result here.")
]
Gate = Annotated[
    bool,
    typer.Option(
        "--gate", help="Exit 1 if a metric is below its floor, or lower than what was accepted."
    ),
]
Accept = Annotated[
    bool,
    typer.Option("--accept", help="Hold later runs against this one's scores."),
]
StoreFolder = Annotated[
    Path | None,
    typer.Option(
        "--store",
        file_okay=False,
        help="Keep the indexed documents here; the next run reuses them.",
    ),
]
Baseline = Annotated[
    bool,
    typer.Option(
        "--baseline",
        help="Compare with pypdf, a text splitter, MiniLM on torch and cosine; takes minutes.",
    ),
]


@app.command()
def retrieval(  # noqa: PLR0913, PLR0917  # a command's options
    dataset: DatasetFolder = None,
    json_file: JsonFile = None,
    gate: Gate = False,
    accept: Accept = False,
    store: StoreFolder = None,
    baseline: Baseline = False,
) -> None:
    """Whether search finds the page that answers the question."""

    async def suite(opened: Store, examples: Dataset, console: Console) -> Report:
        plain = None
        if baseline:
            console.print("Reading, splitting and embedding for the baseline ...")
            plain = await asyncio.to_thread(
                PlainSearch.of, examples.pdfs, torch_embeddings(), store
            )
        return await retrieval_suite.retrieval(opened, examples, console, plain)

    _evaluate(suite, dataset, json_file, store, gate=gate, accept=accept)


@app.command()
def ablation(
    dataset: DatasetFolder = None,
    store: StoreFolder = None,
    json_file: JsonFile = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", dir_okay=False, help="Write the page here.")
    ] = None,
) -> None:
    """What each part of the ranking is worth: retrieval without one of them at a time."""
    report = _evaluate(ablation_suite.ablation, dataset, json_file, store)
    if markdown:
        ablation_suite.write_page(report, markdown)


@app.command()
def answers(
    dataset: DatasetFolder = None,
    json_file: JsonFile = None,
    gate: Gate = False,
    accept: Accept = False,
    store: StoreFolder = None,
) -> None:
    """Whether answers state the right figures and cite where they stand."""
    _evaluate(answers_suite.answers, dataset, json_file, store, gate=gate, accept=accept)


@app.command()
def trajectory(
    dataset: DatasetFolder = None,
    json_file: JsonFile = None,
    gate: Gate = False,
    accept: Accept = False,
    store: StoreFolder = None,
) -> None:
    """What runs did: steps, tool calls, limits."""
    _evaluate(trajectory_suite.trajectory, dataset, json_file, store, gate=gate, accept=accept)


def _evaluate(  # noqa: PLR0913  # the options that all suites share
    suite: Suite,
    folder: Path | None,
    json_file: Path | None,
    store: Path | None,
    *,
    gate: bool = False,
    accept: bool = False,
) -> Report:
    settings = load_settings()
    configure_logging(level=30)

    async def run(dataset: Dataset) -> Report:
        async with open_store(dataset, settings, console, store) as opened:
            return await suite(opened, dataset, console)

    with open_dataset(folder) as dataset:
        report = asyncio.run(run(dataset))
    print_report(report, console)
    if json_file:
        write_report(report, json_file)
    if accept:
        accept_scores(report, dataset)
    if gate and (failures := [*below_floor(report), *losses(report, dataset)]):
        console.print("\n".join(failures), markup=False)
        raise typer.Exit(1)
    return report
