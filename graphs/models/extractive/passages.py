"""Passages as `search_documents` writes them into its tool result."""

import re
from dataclasses import dataclass

_PASSAGE = re.compile(
    r'<(?P<tag>passage(?:-[0-9a-z]{1,32})?) id="(?P<id>\d{1,9})" document="(?P<document>[^"\n]*)"'
    r'(?: of="(?P<headline>[^"\n]*)")? page="(?P<page>\d{1,9})"'
    r'(?: version="\d{1,9}")?>\n?'
)


@dataclass(frozen=True)
class Passage:
    r"""A cited piece of a document; `text` is what the tool gave, `<\/passage` still escaped."""

    id: int
    document: str
    page: int
    text: str

    headline: str = ""
    """Company, form and fiscal period, if the tool knows them."""


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
            Passage(
                int(opening["id"]),
                opening["document"],
                int(opening["page"]),
                text,
                opening["headline"] or "",
            )
        )
        opening = _PASSAGE.search(content, end)
    return passages


def collapse(text: str) -> str:
    """Every run of whitespace as one space."""
    return " ".join(text.split())
