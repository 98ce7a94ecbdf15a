"""Commands that measure."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console

from cli.recording import recorded
from core.errors import CopilotError, InvalidInputError
from core.principal import local_principal
from core.settings import load_settings
from core.telemetry import configure_logging
from evals.ablation import ablation as ablate
from evals.ablation import write_page
from evals.adding import add_example, example_of_run
from evals.baseline import Baseline
from evals.comparison import gains
from evals.datasets import Dataset, open_dataset
from evals.evaluation import Request, evaluate, results_folder, run_on
from evals.gate import failures
from evals.harness import Pace
from evals.pages.collected import collect
from evals.pages.contents import contents_of
from evals.pages.html import html
from evals.pages.markdown import markdown
from evals.plain_search import PlainSearch, plain_retrieval
from evals.readme import README, rewrite
from evals.report import Report, print_report, print_rows, write_json, write_text
from evals.results import now
from evals.store import open_store
from evals.suite import AnySuite
from evals.suites import SUITES
from evals.suites.retrieval import RETRIEVAL
from graphs.runtime import open_runtime
from knowledge.embeddings.choose import torch_embeddings

BAD_INPUT = 2
"""Exit status: what was asked for can't be run, or couldn't be scored. 1 is a gate that fails."""

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Measure the copilot on a dataset."
)
console = Console(highlight=False)

DatasetFolder = Annotated[
    Path | None,
    typer.Option(
        "--dataset",
        exists=True,
        file_okay=False,
        help="A folder with pdfs/ and questions.jsonl; the sample filings if left out.",
    ),
]
OneIn = Annotated[
    int, typer.Option("--one-in", min=1, help="Ask one question of so many, always the same ones.")
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="extractive, scripted, groq:MODEL, openai:MODEL@BASE_URL; a chain with commas. "
        "COPILOT_MODELS if left out.",
    ),
]
PromptFile = Annotated[
    Path | None,
    typer.Option(
        "--prompt", exists=True, dir_okay=False, help="A system prompt of yours, to compare."
    ),
]
JudgeModel = Annotated[
    str | None,
    typer.Option("--judge", help="Grades answers; another model than those that are asked."),
]
SameJudge = Annotated[bool, typer.Option("--same-judge", help="Let a model judge its own answers.")]
Repetitions = Annotated[
    int, typer.Option("--repetitions", min=1, help="Ask each question so often.")
]
Concurrency = Annotated[
    int, typer.Option("--concurrency", min=1, help="Questions under way at a time.")
]
PerMinute = Annotated[
    float | None, typer.Option("--per-minute", min=0.01, help="Questions begun, at most.")
]
BudgetTokens = Annotated[
    int | None,
    typer.Option("--budget-tokens", min=0, help="Begin no question once so many are spent."),
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with the run that broke off.")]
Rescore = Annotated[
    bool, typer.Option("--rescore", help="Score the answers stored last; ask nothing.")
]
JsonFile = Annotated[
    Path | None, typer.Option("--json", dir_okay=False, help="Write every example's result here.")
]
Gate = Annotated[
    bool,
    typer.Option(
        "--gate",
        help="Exit 1 if a metric misses its threshold, or is worse than what was accepted.",
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
ResultsFolder = Annotated[
    Path | None,
    typer.Option(
        "--results", file_okay=False, help="Where results are stored; in the data folder if not."
    ),
]


def _command(suite: AnySuite) -> Callable[..., None]:
    """All suites are run by the same options."""

    def run(  # noqa: PLR0913, PLR0917  # a command's options
        dataset: DatasetFolder = None,
        one_in: OneIn = 1,
        model: Model = None,
        prompt: PromptFile = None,
        judge: JudgeModel = None,
        same_judge: SameJudge = False,
        repetitions: Repetitions = 1,
        concurrency: Concurrency = 1,
        per_minute: PerMinute = None,
        budget_tokens: BudgetTokens = None,
        resume: Resume = False,
        rescore: Rescore = False,
        json_file: JsonFile = None,
        gate: Gate = False,
        accept: Accept = False,
        store: StoreFolder = None,
        results: ResultsFolder = None,
    ) -> None:
        request = Request(
            suite,
            model,
            prompt,
            judge,
            same_judge,
            repetitions,
            Pace(concurrency, per_minute, budget_tokens),
            store,
            results,
            resume,
            rescore,
        )
        with _clear_errors(), open_dataset(dataset) as opened:
            asked = opened.sampled(one_in)
            report = asyncio.run(evaluate(request, asked, load_settings(), console))
            _conclude(report, report.to_json(), json_file, gate=gate, accept=accept)

    return run


for each in SUITES.values():
    app.command(each.name, help=each.about)(_command(each))


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

    with _clear_errors(), open_dataset(dataset) as opened:
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

    async def run(opened: Dataset) -> Any:  # noqa: ANN401  # the ablation's sections
        async with open_store(opened, load_settings(), console, store) as kept:
            return await ablate(kept, opened, console)

    with _clear_errors(), open_dataset(dataset) as opened:
        sections = asyncio.run(run(opened))
        print_rows(f"ablation on {opened.name}", sections, console)
        if json_file:
            write_json({"suite": "ablation", "dataset": opened.name, **sections}, json_file)
        if markdown:
            write_page(sections, opened, markdown)


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
        settings, principal = load_settings(), local_principal()
        async with (
            open_runtime(settings) as runtime,
            recorded(runtime.database, "eval add", run_id),
        ):
            example = await example_of_run(
                runtime, principal, run_id, answer=answer, question=question
            )
            await add_example(runtime, principal, example, dataset)
        return str(example.line["financebench_id"])

    with _clear_errors():
        console.print(f"{asyncio.run(run())} is in {dataset}", markup=False)


@app.command()
def readme(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)] = README,
) -> None:
    """Write the scores that were accepted last into README."""
    with _clear_errors():
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
    with _clear_errors(), open_dataset(dataset) as opened:
        known = Baseline()
        folder = results or results_folder(load_settings())
        contents = contents_of(collect(folder, opened, known), known)
        write_text(html(contents, now()), out)
        if markdown_file:
            write_text(markdown(contents), markdown_file)
    console.print(f"{contents.verdict} {out}", markup=False, soft_wrap=True)


def _conclude(
    report: Report, found: dict[str, Any], json_file: Path | None, *, gate: bool, accept: bool
) -> None:
    print_report(report, console)
    if json_file:
        write_json(found, json_file)
    if report.errors:
        raise InvalidInputError(
            f"{len(report.errors)} scores couldn't be made, and count as 0:\n"
            + "\n".join(report.errors)
        )
    known = Baseline()
    if accept:
        known.accept(report)
    if gate and (stopped := failures(report, known)):
        console.print("\n".join(stopped), markup=False)
        raise typer.Exit(1)


@contextmanager
def _clear_errors() -> Iterator[None]:
    """What a caller can mend is told, and exits 2: a gate that fails exits 1."""
    configure_logging(level=40)  # a model that fails is in the report
    try:
        yield
    except CopilotError as error:
        Console(stderr=True, highlight=False, markup=False).print(
            f"{error.title()}: {error.detail}"
        )
        sys.exit(BAD_INPUT)
