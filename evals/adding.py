"""Turns what somebody asked, and what people thought of the answer, into an example."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from core.errors import ConflictError, InvalidInputError
from core.principal import Principal
from evals.dataset_lines import read_example
from graphs.copilot.answer import Answer
from graphs.models.extractive.answer import CLOSING
from graphs.runtime import Runtime
from knowledge.passages import Passage
from storage.runs import Run

PDF = ".pdf"


@dataclass(frozen=True)
class Source:
    """A document that the answer cites, as it was then."""

    name: str
    sha256: str


@dataclass(frozen=True)
class NewExample:
    """A line of `questions.jsonl`, and the PDFs it needs."""

    line: dict[str, Any]
    sources: tuple[Source, ...]


async def example_of_run(
    runtime: Runtime,
    principal: Principal,
    run_id: UUID,
    *,
    answer: str | None = None,
    question: str | None = None,
) -> NewExample:
    """Make an example of a run that was judged.

    Args:
        runtime: of the installation.
        principal: whose run it is.
        run_id: of an answered run.
        answer: the gold answer; the run's own, if people found it good.
        question: in words that need no conversation before them.

    Raises:
        NotFoundError: no such run of the principal's.
        ConflictError: it has no answer, nobody found it good and no better one is given, or its
            question goes on from another one.
    """
    run = await runtime.copilot.runs.get(principal, run_id)
    given = await _answer(runtime, principal, run_id)
    if question is None and await _goes_on(runtime, principal, run):
        raise ConflictError(
            "The question goes on from another one of its thread: say it so that it stands alone,"
            " with --question."
        )
    if answer is None and not await _is_good(runtime, principal, run_id):
        raise ConflictError(
            "Nobody found this answer good (PUT /runs/{id}/feedback): give the right one with"
            " --answer."
        )
    sources = {each.passage.document: each.passage for each in given.citations}
    gold = answer or given.answer.removesuffix(CLOSING).rstrip()
    line = _line(run_id, question or run.question["question"], gold, given)
    return NewExample(
        line,
        tuple([await _source(runtime, principal, passage) for passage in sources.values()]),
    )


async def add_example(
    runtime: Runtime, principal: Principal, example: NewExample, folder: Path
) -> None:
    """Write it to a dataset folder, which is made if it isn't there.

    Raises:
        ConflictError: the folder has that example, or another document of the same name.
    """
    questions, pdfs = folder / "questions.jsonl", folder / "pdfs"
    known = questions.read_text(encoding="utf-8") if questions.exists() else ""
    if f'"{example.line["financebench_id"]}"' in known:
        raise ConflictError(f"{questions} has this run already.")
    pdfs.mkdir(parents=True, exist_ok=True)
    names = {path.name for path in pdfs.glob(f"*{PDF}")} | {s.name for s in example.sources}
    text = json.dumps(example.line, ensure_ascii=False)
    read_example("The new example", text, names)
    for source in example.sources:
        await _bring(runtime, principal, source, pdfs / source.name)
    with questions.open("a", encoding="utf-8") as file:
        file.write("\n" * bool(known and not known.endswith("\n")) + text + "\n")


async def _answer(runtime: Runtime, principal: Principal, run_id: UUID) -> Answer:
    _, events = await runtime.copilot.runs.events(principal, run_id, 0)
    ends = [event for event in events if event.event == "end"]
    if not ends:
        raise ConflictError("This run has no answer.")
    return Answer.model_validate_json(ends[-1].data)


async def _goes_on(runtime: Runtime, principal: Principal, run: Run) -> bool:
    runs = await runtime.copilot.runs.of_thread(principal, run.thread_id)
    return any(other.created_at < run.created_at for other in runs)


async def _is_good(runtime: Runtime, principal: Principal, run_id: UUID) -> bool:
    """More people for it than against it."""
    return sum(each.score for each in await runtime.feedback.of_run(principal, run_id)) > 0


async def _source(runtime: Runtime, principal: Principal, passage: Passage) -> Source:
    if not passage.document.lower().endswith(PDF):
        raise InvalidInputError(f"{passage.document}: a dataset holds files that end with {PDF}.")
    version = await runtime.documents.version(principal, passage.document_version_id)
    return Source(f"{passage.document[: -len(PDF)]}{PDF}", version.sha256)


def _line(run_id: UUID, question: str, answer: str, given: Answer) -> dict[str, Any]:
    """A refusal that was found good is an unanswerable question."""
    names = list(dict.fromkeys(_stem(each.passage) for each in given.citations))
    return {
        "financebench_id": f"run_{run_id}",
        "question": question,
        "answer": answer,
        "doc_name": names[0] if len(names) == 1 else None,
        "answerable": bool(names),
        "evidence": [
            {
                "doc_name": _stem(each.passage),
                "evidence_page_num": each.passage.page - 1,
                "evidence_text": each.passage.text,
            }
            for each in given.citations
        ],
    }


def _stem(passage: Passage) -> str:
    return passage.document[: -len(PDF)]


async def _bring(runtime: Runtime, principal: Principal, source: Source, target: Path) -> None:
    fresh = target.with_suffix(".part")
    await runtime.blobs.fetch(principal.organization_id, source.sha256, fresh)
    if target.exists() and target.read_bytes() != fresh.read_bytes():
        fresh.unlink()
        raise ConflictError(
            f"{target} is another version of the document: take another --dataset folder."
        )
    fresh.replace(target)
