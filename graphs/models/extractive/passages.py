"""Passages as `search_documents` writes them into its tool result."""

import re
from dataclasses import dataclass
from functools import cached_property

_PASSAGE = re.compile(
    r'<(?P<tag>passage(?:-[0-9a-z]{1,32})?) id="(?P<id>\d{1,9})" document="(?P<document>[^"\n]*)"'
    r' page="(?P<page>\d{1,9})"'
    r'(?: version="\d{1,9}")?>\n?'
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUARTER = re.compile(r"[Qq]([1-4])(?!\d)")
_KINDS = (
    "annual report reports quarterly filing statement statements financial financials form fy pdf "
    "results earnings release document upload final draft dated the of and 10k 10q 8k k q"
)
_KIND_OF_FILING = frozenset(_KINDS.split())


@dataclass(frozen=True)
class Passage:
    r"""A cited piece of a document; `text` is what the tool gave, `<\/passage` still escaped."""

    id: int
    document: str
    page: int
    text: str

    @cached_property
    def year(self) -> int | None:
        """The fiscal year in the document's name."""
        found = _YEAR.search(self.document)
        return int(found[0]) if found else None

    @cached_property
    def quarter(self) -> int | None:
        found = _QUARTER.search(self.document)
        return int(found[1]) if found else None

    @cached_property
    def owner(self) -> tuple[str, ...]:
        """Words before the year that can name a company, lower case: `acme_2022_10K` -> (acme,)."""
        stem = self.document.rsplit(".", 1)[0]
        found = _YEAR.search(stem)
        head = stem[: found.start()] if found else stem
        words = re.findall(r"[a-z0-9]+", head.lower())
        return tuple(w for w in words if w not in _KIND_OF_FILING and not w.isdigit())


def parse_passages(content: str) -> list[Passage]:
    """In the order of the tool result; what is not a whole passage is left out.

    The tag that opens the first passage ends with a token of this result: no other one counts.
    """
    passages = []
    opening = _PASSAGE.search(content)
    tag = opening["tag"] if opening else ""
    while opening:
        if opening["tag"] != tag:
            opening = _PASSAGE.search(content, opening.end())
            continue
        end = content.find(f"</{tag}>", opening.end())
        if end < 0:
            break
        text = content[opening.end() : end].strip("\n")
        passages.append(
            Passage(int(opening["id"]), opening["document"], int(opening["page"]), text)
        )
        opening = _PASSAGE.search(content, end)
    return passages


def collapse(text: str) -> str:
    """Every run of whitespace as one space."""
    return " ".join(text.split())
