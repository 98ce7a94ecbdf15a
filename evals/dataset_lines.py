"""Reads `questions.jsonl`. Its fields are told in `docs/datasets.md`."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from core.errors import InvalidInputError
from evals.examples import Category, Example, KeyFact, PageRef, ReferenceCall

Text = Annotated[str, StringConstraints(min_length=1)]
DocumentName = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^/\\]+$")]


class _Evidence(BaseModel):
    doc_name: DocumentName | None = None
    evidence_page_num: int = Field(ge=0)
    evidence_text: str = ""


class _KeyFact(BaseModel):
    model_config = ConfigDict(extra="forbid")

    fact: Text
    any_of: list[Text] = Field(min_length=1)


class _ToolCall(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Text
    arguments: dict[str, str] = Field(default_factory=dict)


class _Line(BaseModel):
    """The fields of a line that evals read; the others are left alone."""

    financebench_id: Text
    question: Text
    answer: Text
    doc_name: DocumentName | None = None
    evidence: list[_Evidence] = Field(default_factory=list)
    question_reasoning: str | None = None
    category: Category = Category.OTHER
    answerable: bool = True
    key_facts: list[_KeyFact] = Field(default_factory=list)
    contradictions: list[Text] = Field(default_factory=list)
    tool_calls: list[_ToolCall] = Field(default_factory=list)
    language: str = Field("en", pattern=r"^[a-z]{2}$")


def read_example(place: str, line: str, pdfs: set[str]) -> Example:
    """One line.

    Args:
        place: names the line in an error.
        line: JSON.
        pdfs: the files that the dataset has.

    Raises:
        InvalidInputError: names the place and the field.
    """
    read = _parsed(place, line)
    evidence = frozenset(
        # evidence_page_num counts from 0.
        PageRef(_pdf(place, each.doc_name or read.doc_name, pdfs), each.evidence_page_num + 1)
        for each in read.evidence
    )
    document = _pdf(place, read.doc_name, pdfs) if read.doc_name else ""
    _check(place, read, document, evidence)
    return Example(
        id=read.financebench_id,
        question=read.question,
        answer=read.answer,
        document=document,
        evidence=evidence,
        evidence_texts=tuple(each.evidence_text for each in read.evidence if each.evidence_text),
        reasoning=read.question_reasoning or "",
        category=read.category,
        is_answerable=read.answerable,
        key_facts=tuple(KeyFact(each.fact, tuple(each.any_of)) for each in read.key_facts),
        contradictions=tuple(read.contradictions),
        tool_calls=tuple(ReferenceCall(each.name, each.arguments) for each in read.tool_calls),
        language=read.language,
    )


def _parsed(place: str, line: str) -> _Line:
    try:
        return _Line.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise InvalidInputError(
            f"{place}: {field}{': ' if field else ''}{first['msg']}."
        ) from error


def _pdf(place: str, doc_name: str | None, pdfs: set[str]) -> str:
    if doc_name is None:
        raise InvalidInputError(f"{place}: evidence: doc_name says in which document it is.")
    document = f"{doc_name}.pdf"
    if document not in pdfs:
        raise InvalidInputError(f"{place}: pdfs/{document} is missing.")
    return document


def _check(place: str, read: _Line, document: str, evidence: frozenset[PageRef]) -> None:
    if read.answerable and not evidence:
        raise InvalidInputError(
            f"{place}: evidence: an answerable question names the pages that answer it."
        )
    if not read.answerable and evidence:
        raise InvalidInputError(
            f"{place}: evidence: no page answers a question that is not answerable."
        )
    if read.answerable and document and document not in {page.document for page in evidence}:
        raise InvalidInputError(f"{place}: evidence: none is on a page of {document}.")
