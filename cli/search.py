"""The command that shows what search finds, and why."""

import asyncio
import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from cli.naming import document_ids
from cli.recording import recorded
from core.principal import local_principal
from core.settings import load_settings
from graphs.runtime import open_runtime
from knowledge.passages import Passage

console = Console(highlight=False)
DECIMALS = 3


def search(
    query: Annotated[str, typer.Argument(help="A question, or any words.")],
    document: Annotated[
        list[str] | None, typer.Option(help="Only this document, by name; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="At most so many passages.")] = 8,
    why: Annotated[bool, typer.Option("--why", help="What each score is made of.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The passages with their texts.")] = False,
) -> None:
    """Show the passages that a question would be answered from; no model is asked."""
    settings = load_settings()

    async def run() -> list[Passage]:
        async with open_runtime(settings) as runtime, recorded(runtime.database, "search"):
            ids = await document_ids(runtime.documents, document) if document else None
            return await runtime.retriever.search(
                local_principal(), query, limit=limit, document_ids=ids
            )

    passages = asyncio.run(run())
    if as_json:
        print(json.dumps([each.model_dump(mode="json") for each in passages]))  # noqa: T201  # for a program
    else:
        console.print(_table(passages, why=why))


def _table(passages: list[Passage], *, why: bool) -> Table:
    table = Table(
        Column("document", overflow="fold"), Column("page", justify="right"), "section", "score"
    )
    if why:
        table.add_column("why")
    for passage in passages:
        nearest = passage.section.rsplit(" > ", 1)[-1]
        score = f"{passage.score:.{DECIMALS}f}"
        row = [passage.document, str(passage.page), nearest, score]
        table.add_row(*row, *([_in_words(passage.why)] if why else []))
    return table


def _in_words(why: dict[str, float]) -> str:
    """`route 0.120, dense 0.050`, the weightiest first, without what adds nothing."""
    parts = sorted(why.items(), key=lambda part: -part[1])
    return ", ".join(f"{name} {worth:.{DECIMALS}f}" for name, worth in parts if worth)
