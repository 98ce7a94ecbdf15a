"""Finds a page's headings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.pages import Table
from knowledge.pdf.layout import PageLayout
from knowledge.pdf.outline.headings import (
    ITEM,
    NOTE,
    NOTES_TITLE,
    NUMBERED,
    PART,
    Heading,
    Level,
    TextStyle,
    is_caption,
    is_entry,
    is_named,
    is_reference,
    is_sub_heading,
    is_title,
    may_head,
    plain,
    rank,
    stands_out,
    text_style,
)
from knowledge.pdf.words import TextLine

FULL = 0.8
"""Of the text's width: a heading that reaches so far may go on in the next line."""
NEAR = 0.9
ALIGNED = 3.0
"""Points."""
MAX_LINES = 3
MAX_NOTES_SKIPPED = 3
NAMED_STARTS = frozenset("PpIiNnCc(0123456789")
"""Letters with which parts, items and notes begin."""


@dataclass
class NoteCount:
    """Which note was last, so that numbered lines of text aren't taken for notes."""

    last: int = 0
    is_open: bool = False
    """Whether the notes have begun."""


def headings_of(
    page: PageLayout, tables: Sequence[Table], statements: Iterable[int], notes: NoteCount
) -> Iterator[Heading]:
    """From top to bottom.

    Args:
        page: with each line's start in its text.
        tables: rows hold no headings, and what is above them is a title.
        statements: where titles of statements begin.
        notes: goes on from page to page.
    """
    style = text_style(page.lines)
    titles = set(statements)
    at = 0
    while at < len(page.lines):
        line = page.lines[at]
        heading = None
        if line.start in titles:
            heading = Heading(Level.NOTE, plain(line.text), line.start, line.end)
        elif may_head(line) and not any(t.rows[0].start <= line.start < t.end for t in tables):
            heading = _named(line, style, notes)
            if heading is None and _may_be_sub(page, at, tables, style):
                heading = Heading(
                    Level.SUB, plain(line.text), line.start, line.end, rank=rank(line)
                )
        if heading is None:
            at += 1
            continue
        taken = _lines_of(page.lines, at, heading, style)
        at += len(taken)
        yield _joined(heading, taken)


def contents_title(page: PageLayout) -> Heading | None:
    """The item at the top of an index, itself without a page number."""
    style = text_style(page.lines)
    for line in page.lines:
        if is_named(line.text):
            if is_entry(line) or not stands_out(line, style):
                return None
            heading = _named(line, style, NoteCount())
            return heading if heading and heading.level is Level.ITEM else None
    return None


def _named(line: TextLine, style: TextStyle, notes: NoteCount) -> Heading | None:
    text = line.text.strip()
    if text[:1] not in NAMED_STARTS:
        return None
    if found := PART.fullmatch(text):
        return Heading(Level.PART, plain(text), line.start, line.end, found["number"].upper())
    bold = stands_out(line, style)
    if (found := ITEM.fullmatch(text)) and _heads(found, text, bold):
        number = found["number"].replace(" ", "").upper()
        return Heading(Level.ITEM, plain(text), line.start, line.end, number)
    if NOTES_TITLE.match(text) and (bold or len(text) < 2 * len("Notes to financial statements")):
        notes.is_open = True
        return Heading(Level.NOTE, plain(text), line.start, line.end)
    return _note(line, text, notes, bold=bold)


def _note(line: TextLine, text: str, notes: NoteCount, *, bold: bool) -> Heading | None:
    found = NOTE.fullmatch(text)
    if found is None or not _heads(found, text, bold):
        found = NUMBERED.fullmatch(text)
        if found is None or not _is_next(int(found["number"]), notes, bold=bold):
            return None
    number = int("".join(filter(str.isdigit, found["number"])))
    notes.last, notes.is_open = number, True
    return Heading(Level.NOTE, plain(text), line.start, line.end, found["number"])


def _is_next(number: int, notes: NoteCount, *, bold: bool) -> bool:
    if not notes.is_open:
        return False
    ahead = number - notes.last
    return 0 <= ahead <= MAX_NOTES_SKIPPED if bold else ahead == 1


def _heads(found: re.Match[str], text: str, bold: bool) -> bool:  # noqa: FBT001
    """A mark behind the number, or type that stands out, tells a heading from a mention."""
    if is_reference(text):
        return False
    title = found["title"] or ""
    return bold or bool(found["mark"]) or not title or text.isupper()


def _may_be_sub(page: PageLayout, at: int, tables: Sequence[Table], style: TextStyle) -> bool:
    if page.number == 1:
        return False  # a cover's large type heads nothing
    line = page.lines[at]
    table = next((table for table in tables if table.start <= line.start < table.end), None)
    if table is None:
        return is_sub_heading(line, style)
    return _heads_caption(page.lines[at : at + MAX_LINES], table, style)


def _heads_caption(lines: Sequence[TextLine], table: Table, style: TextStyle) -> bool:
    """Whether the first line heads the caption of a table rather than its columns or rows.

    Many filings set "Domestic Segment" above "Sales of the segment were as follows:" in no more
    than italics: there, a title's capitals tell.
    """
    for line in lines:
        if line.start >= table.rows[0].start or line.left > style.left + ALIGNED:
            return False
        if is_caption(line):
            return line is not lines[0]
        if not is_sub_heading(line, style) and not is_title(line):
            return False
    return False


def _lines_of(
    lines: Sequence[TextLine], at: int, heading: Heading, style: TextStyle
) -> list[TextLine]:
    """The lines over which a heading goes on."""
    taken = [lines[at]]
    for line in lines[at + 1 : at + MAX_LINES]:
        if not _goes_on(taken[-1], line, heading, style):
            break
        taken.append(line)
    return taken


def _goes_on(above: TextLine, line: TextLine, heading: Heading, style: TextStyle) -> bool:
    if is_named(line.text) or NUMBERED.fullmatch(line.text):
        return False
    alike = above.bold == line.bold and abs(above.size - line.size) < 0.1 * above.size
    near = line.top - above.bottom < NEAR * above.size
    if not alike or not near or not may_head(line):
        return False
    if line.text.endswith((".", ":")) and not line.bold:
        return False
    untitled = heading.level is Level.ITEM and above.text.strip().rstrip(".:")[-1:].isdigit()
    if untitled:
        return line.text[:1].isupper() and ITEM.match(line.text) is None
    full = above.right > FULL * style.right and heading.level is not Level.PART
    return full and stands_out(line, style) == stands_out(above, style) and len(line.tokens) < 12  # noqa: PLR2004


def _joined(heading: Heading, lines: Sequence[TextLine]) -> Heading:
    text = plain(" ".join(line.text for line in lines))
    return Heading(heading.level, text, heading.start, lines[-1].end, heading.number, heading.rank)
