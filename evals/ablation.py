"""What is each part of the ranking worth? Retrieval again and again, each time without one part."""

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

from rich.console import Console

from evals.datasets import Dataset
from evals.evaluation import Request, run_on
from evals.report import cell
from evals.store import Store
from evals.suites.retrieval import RETRIEVAL
from knowledge.search.ranking import Weights

Sections = Mapping[str, Mapping[str, float | int | None]]
WHOLE = "everything"
SCOPES = {"own": "own_document", "all": "all_documents"}
METRICS = ("page_hit@1", "page_hit@5", "mrr@10")
PARTS = {
    "dense": "vectors: cosine of the question to the chunk",
    "words": "rare words of the question, in Postgres's postings",
    "phrases": "phrases, and other words for the same from the finance glossary",
    "statement": "primary statements, where they print what is asked for",
    "section": "headings below which a topic is treated",
    "route": "the filing's fit to the company, form and period asked for",
    "heading": "the nearest heading, where reasons are asked for",
    "table": "tables, where a figure is asked for",
    "page": "pages on which a second passage answers too",
}
HEAD = """# Retrieval: what each part is worth

Written by `copilot eval ablation --markdown docs/retrieval.md`: no figure below is typed by hand. A
question is read for company, period, form, statement and topic (`knowledge/query`), three searches
bring candidates (`storage/chunk_search.py`), and a weighted sum orders them
(`knowledge/search/ranking.py`). Each row leaves one part out. "Only vectors" is what is left of it
without all the others.

"""


async def ablation(store: Store, dataset: Dataset, console: Console) -> Sections:
    """The metrics of `retrieval` with all parts, without each, and with vectors alone."""
    retriever = store.runtime.retriever
    whole = retriever.weights
    nothing = Weights(**dict.fromkeys((part.name for part in fields(Weights)), 0.0))
    variants = {WHOLE: whole}
    variants |= {f"without {part}": replace(whole, **{part: 0.0}) for part in PARTS}
    variants["only vectors"] = replace(nothing, dense=whole.dense)
    sections: dict[str, dict[str, float | int | None]] = {}
    try:
        for name, weights in variants.items():
            retriever.weights = weights
            report = await run_on(store, Request(RETRIEVAL, name=name), dataset, console)
            sections[name] = {
                f"{scope} {metric}": report.sections[section][metric]
                for scope, section in SCOPES.items()
                for metric in METRICS
            }
    finally:
        retriever.weights = whole
    return sections


def write_page(sections: Sections, dataset: Dataset, page: Path) -> None:
    """Args: page: the Markdown file to write."""
    columns = list(sections[WHOLE])
    lines = [f"## On {dataset.name} (n = {len(dataset.examples)})", ""]
    lines += [_row("", *(name.replace("_", " ") for name in columns))]
    lines += [_row(*["---"] * (len(columns) + 1))]
    for name, metrics in sections.items():
        lines.append(_row(name, *(cell(metrics[column]) for column in columns)))
    meanings = [f"- **{part}**: {meaning}" for part, meaning in PARTS.items()]
    text = HEAD + "\n".join(meanings) + "\n\n" + "\n".join(lines) + "\n"
    page.write_text(text, encoding="utf-8")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
