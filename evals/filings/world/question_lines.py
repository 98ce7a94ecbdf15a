"""Questions as lines of `questions.jsonl`; the fields are described in `docs/datasets.md`."""

from collections.abc import Iterator

from evals.filings.world.content import Ask, Document, Field, Page, Prose, SideBySide, Table
from evals.filings.world.table_drawing import printed

Evidence = tuple[int, str]
"""A page from 0, and what it says."""


def question_line(ask: Ask, document: Document) -> dict[str, object]:
    found = evidence(ask, document)
    return {
        "financebench_id": f"world.{document.name.casefold()}.{ask.id}",
        "company": document.company,
        "doc_name": document.name,
        "question_reasoning": "Numerical reasoning" if ask.expression else "Information extraction",
        "question": ask.question,
        "answer": ask.answer,
        "dataset_subset_label": "WORLD",
        "evidence": [
            {"evidence_text": text, "doc_name": document.name, "evidence_page_num": page}
            for page, text in found
        ],
        "doc_type": document.kind,
        "doc_period": document.fiscal_year,
        "category": ask.category,
        "answerable": ask.is_answerable,
        "key_facts": [{"fact": ask.answer, "any_of": [ask.answer, *ask.ways]}]
        if ask.is_answerable
        else [],
        "contradictions": list(ask.contradictions),
        "tool_calls": [{"name": "calculate", "arguments": {"expression": ask.expression}}]
        if ask.expression
        else [],
        "language": ask.language,
    }


def evidence(ask: Ask, document: Document) -> list[Evidence]:
    """Where the rows and sentences that a question names are printed.

    Raises:
        LookupError: one isn't in the document.
    """
    found = [_row(document, *each) for each in ask.rows]
    return found + [_sentence(document, each) for each in ask.says]


def _row(document: Document, title: str, label: str) -> Evidence:
    for number, page in enumerate(document.pages):
        for table in page.blocks:
            if not isinstance(table, Table) or table.title != title:
                continue
            for row in table.rows:
                if row.label == label:
                    cells = zip(table.columns, row.values, strict=False)
                    texts = (printed(table, row, column, value) for column, value in cells)
                    headers = " ".join(" ".join(column.header) for column in table.columns)
                    line = " ".join([label, *filter(None, texts)])
                    return number, f"{title}\n{table.caption}\n{headers}\n{line}"
    raise LookupError(f"{document.name} has no row {label!r} in {title!r}")


def _sentence(document: Document, sentence: str) -> Evidence:
    for number, page in enumerate(document.pages):
        if any(sentence in text for text in _texts(page)):
            return number, sentence
    raise LookupError(f"{document.name} doesn't say {sentence!r}")


def _texts(page: Page) -> Iterator[str]:
    for block in page.blocks:
        match block:
            case Prose(text):
                yield text
            case SideBySide(left, right):
                yield from (*left, *right)
            case Field(label, text):
                yield f"{label}: {text}"
            case _:
                pass
