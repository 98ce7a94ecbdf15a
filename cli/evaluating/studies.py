"""Commands that take retrieval apart."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.evaluating.app import app, clear_errors, console
from cli.evaluating.options import DatasetFolder, JsonFile, StoreFolder
from core.settings import load_settings
from evals.ablation import Sections, write_page
from evals.ablation import ablation as ablate
from evals.comparison import gains
from evals.datasets import Dataset, open_dataset
from evals.evaluation import Request, run_on
from evals.plain_search import PlainSearch, plain_retrieval
from evals.report import Report, print_report, print_rows, write_json
from evals.store import open_store
from evals.suites.retrieval import RETRIEVAL
from knowledge.embeddings.choose import torch_embeddings


@app.command()
def plain(
    dataset: DatasetFolder = None, json_file: JsonFile = None, store: StoreFolder = None
) -> None:
    """Retrieval beside the plain way: pypdf, a text splitter, MiniLM on torch and cosine."""

    async def run(opened: Dataset) -> dict[str, Any]:
        console.print("Reading, splitting and embedding for the baseline ...")
        search = await asyncio.to_thread(PlainSearch.of, opened.pdfs, torch_embeddings(), store)
        async with open_store(opened, load_settings(), console, store) as kept:
            ours = await run_on(kept, Request(RETRIEVAL), opened, console)
            request = Request(plain_retrieval(search), name="plain")
            theirs = await run_on(kept, request, opened, console)
        return _beside(ours, theirs)

    with clear_errors(), open_dataset(dataset) as opened:
        found = asyncio.run(run(opened))
    if json_file:
        write_json(found, json_file)


def _beside(ours: Report, theirs: Report) -> dict[str, Any]:
    print_report(ours, console)
    gained = {f"gain_{name}": metrics for name, metrics in gains(ours, theirs).items()}
    plain_sections = {f"baseline_{name}": metrics for name, metrics in theirs.sections.items()}
    print_rows("the plain way", plain_sections, console)
    for name, metrics in gained.items():
        console.print(f"{name}: {metrics}", markup=False)
    return ours.to_json() | plain_sections | gained


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

    async def run(opened: Dataset) -> Sections:
        async with open_store(opened, load_settings(), console, store) as kept:
            return await ablate(kept, opened, console)

    with clear_errors(), open_dataset(dataset) as opened:
        sections = asyncio.run(run(opened))
        print_rows(f"ablation on {opened.name}", sections, console)
        if json_file:
            write_json({"suite": "ablation", "dataset": opened.name, **sections}, json_file)
        if markdown:
            write_page(sections, opened, markdown)
