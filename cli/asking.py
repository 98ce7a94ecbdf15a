"""Commands that ask questions and answer approvals."""

import asyncio
import sys
from typing import Annotated
from uuid import UUID

import typer
from pydantic import ValidationError
from rich.console import Console

from cli.naming import document_ids
from cli.recording import recorded
from core.errors import InvalidInputError
from core.principal import local_principal
from core.settings import load_settings
from core.telemetry import configure_logging
from graphs.copilot.answer import Answer
from graphs.copilot.question import Question
from graphs.runtime import Runtime, open_runtime
from server.asking.schemas import AskOut

console = Console(highlight=False, markup=False, soft_wrap=True)
AWAITING_APPROVAL = 3
"""Exit code of an answer that waits for a person."""


def ask(
    question: Annotated[str, typer.Argument(help="Name the company and the period.")],
    document: Annotated[
        list[str] | None, typer.Option(help="Only this document, by name; may be repeated.")
    ] = None,
    thread: Annotated[UUID | None, typer.Option(help="Go on with this conversation.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="From the versions of then: 2024-03-01, 2024-03-01T09:30:00+01:00."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole answer.")] = False,
) -> None:
    """Ask a question; each statement of the answer names its document, page and passage."""
    settings = load_settings()
    configure_logging(level=30)

    async def run() -> Answer:
        async with open_runtime(settings) as runtime, recorded(runtime.database, "ask"):
            ids = await document_ids(runtime.documents, document) if document else None
            asked = _question(question=question, document_ids=ids, thread_id=thread, as_of=as_of)
            answer = await runtime.copilot.ask(local_principal(), asked)
            return await _approve_at_terminal(runtime, answer)

    _show(asyncio.run(run()), as_json=as_json)


def resume(
    thread: UUID,
    approve: Annotated[
        list[str] | None, typer.Option(help="Id of a call to approve; the others are refused.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Answer what a thread waits for."""
    settings = load_settings()
    configure_logging(level=30)

    async def run() -> Answer:
        async with (
            open_runtime(settings) as runtime,
            recorded(runtime.database, "resume", thread),
        ):
            approvals = dict.fromkeys(approve or (), True)
            return await runtime.copilot.resume(local_principal(), thread, approvals)

    _show(asyncio.run(run()), as_json=as_json)


def _question(**said: object) -> Question:
    try:
        return Question.model_validate(said)
    except ValidationError as error:
        raise InvalidInputError("; ".join(each["msg"] for each in error.errors())) from error


async def _approve_at_terminal(runtime: Runtime, answer: Answer) -> Answer:
    """Ask the person at the keyboard, if there is one."""
    while answer.status == "awaiting_approval" and sys.stdin.isatty():
        approvals = {}
        for request in answer.approvals:
            console.print(f"{request.tool} {request.arguments}")
            approvals[request.call_id] = typer.confirm("Run this?")
        answer = await runtime.copilot.resume(local_principal(), answer.thread_id, approvals)
    return answer


def _show(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print(AskOut.of(answer).model_dump_json(indent=2))  # noqa: T201  # for a program: no wrapping
    else:
        _print(answer)
    if answer.status == "awaiting_approval":
        raise typer.Exit(AWAITING_APPROVAL)


def _print(answer: Answer) -> None:
    console.print(answer.answer)
    for citation in answer.citations:
        passage = citation.passage
        version = f", version {passage.version}" if passage.version > 1 else ""
        console.print(f"  [{citation.number}] {passage.document}{version}, page {passage.page}")
    for request in answer.approvals:
        console.print(f"Waits for approval: {request.tool} {request.arguments}")
        console.print(f"  copilot resume {answer.thread_id} --approve {request.call_id}")
    console.print(f"— {answer.model}, thread {answer.thread_id}")
