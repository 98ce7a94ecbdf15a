"""Options of `copilot eval`."""

from pathlib import Path
from typing import Annotated

import typer

DatasetFolder = Annotated[
    Path | None,
    typer.Option(
        "--dataset",
        exists=True,
        file_okay=False,
        help="A folder with pdfs/ and questions.jsonl; the sample filings if left out.",
    ),
]
PdfFolder = Annotated[
    Path | None,
    typer.Option(
        "--dataset",
        exists=True,
        file_okay=False,
        help="A folder with PDFs, or with pdfs/; the sample filings if left out.",
    ),
]
OneIn = Annotated[
    int, typer.Option("--one-in", min=1, help="Ask one question of so many, always the same ones.")
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="extractive, scripted, or whatever COPILOT_MODELS takes; a chain with commas. "
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
