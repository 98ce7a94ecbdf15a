"""An example: a question, what a right answer says, and where the filings say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class PageRef(NamedTuple):
    """A page of a filing, from 1."""

    document: str
    page: int


class Category(StrEnum):
    """What makes a question hard."""

    LOOKUP = "lookup"
    """One figure or statement, told once."""
    MULTI_PERIOD = "multi_period"
    """Periods of one company side by side."""
    MULTI_DOCUMENT = "multi_document"
    """It takes more than one filing."""
    COMPUTATION = "computation"
    """A ratio, a growth rate, a CAGR."""
    SCALED_TABLE = "scaled_table"
    """The scale stands in the table's caption alone, and is asked for in another."""
    FOOTNOTE = "footnote"
    """In the notes, or in small print below a table."""
    NEAR_DUPLICATE = "near_duplicate"
    """Filings of neighbouring years say nearly the same."""
    UNANSWERABLE = "unanswerable"
    """No filing tells."""
    AMBIGUOUS = "ambiguous"
    """It has several right answers, according to what is meant."""
    OUT_OF_DATE = "out_of_date"
    """A later filing corrects the figure."""
    OTHER = "other"
    """Of datasets that don't say."""


@dataclass(frozen=True)
class KeyFact:
    """One thing that a right answer says."""

    fact: str
    """In words, for people and for a judge."""
    any_of: tuple[str, ...]
    """Ways to say it: figures such as `$959.66 million`, or words."""


@dataclass(frozen=True)
class ReferenceCall:
    """A tool call that a good run makes."""

    tool: str
    arguments: Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """A question with its ground truth."""

    id: str
    question: str
    answer: str
    """The gold answer; of an unanswerable question, what is missing."""
    document: str
    """The file below `pdfs/` that it is about; empty where it is about none or several."""
    evidence: frozenset[PageRef]
    """Pages that answer it."""
    evidence_texts: tuple[str, ...] = ()
    """What is said there."""
    reasoning: str = ""
    category: Category = Category.OTHER
    is_answerable: bool = True
    key_facts: tuple[KeyFact, ...] = ()
    contradictions: tuple[str, ...] = ()
    """Figures or words that an answer is wrong by, unless a key fact stands in the same line."""
    tool_calls: tuple[ReferenceCall, ...] = ()
    """Of a good run, in order; empty where the annotators don't say."""
    language: str = "en"
    """ISO 639-1."""

    @property
    def is_computed(self) -> bool:
        """Whether the annotators say that the answer takes arithmetic."""
        return "numerical reasoning" in self.reasoning.lower()

    @property
    def is_gated(self) -> bool:
        """Other languages are reported, and hold nothing up."""
        return self.language == "en"
