"""A question with its ground truth, before it is written to a dataset."""

from dataclasses import dataclass
from typing import Literal

from evals.examples import Category, KeyFact, ReferenceCall
from evals.filings.report import Report

QuestionType = Literal["metrics-generated", "domain-relevant", "novel-generated"]
EXTRACTION = "Information extraction"
ARITHMETIC = "Numerical reasoning"
COMPARISON = "Comparison across periods"


@dataclass(frozen=True)
class Piece:
    """What a page of a filing says."""

    doc_name: str
    page: int
    """From 0."""
    text: str


@dataclass(frozen=True)
class Question:
    """Nothing in it is typed by hand but its words."""

    id: str
    """`<filing or company>.<category>.<slug>`: it stays when others come and go."""
    category: Category
    question: str
    answer: str
    reports: tuple[Report, ...] = ()
    """The filings that it is about."""
    evidence: tuple[Piece, ...] = ()
    key_facts: tuple[KeyFact, ...] = ()
    contradictions: tuple[str, ...] = ()
    tool_calls: tuple[ReferenceCall, ...] = ()
    reasoning: str = EXTRACTION
    question_type: QuestionType = "metrics-generated"
    justification: str | None = None
    language: str = "en"

    @property
    def is_answerable(self) -> bool:
        return bool(self.evidence)

    @property
    def doc_name(self) -> str | None:
        return self.reports[0].doc_name if len(self.reports) == 1 else None
