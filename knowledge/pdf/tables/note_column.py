"""Takes the column of note numbers out of a table: a reference to a note is never a figure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.pdf.tables.classify import Classified, Kind
from knowledge.pdf.tables.columns import FigureColumn, columns_of
from knowledge.pdf.tables.regions import Region
from knowledge.pdf.tables.segments import Segment
from knowledge.pdf.words import TextLine, Word

_HEADER = re.compile(
    r"notes?|notes?[\s-]+(?:no\.?s?|ref\.?|n[\xb0\xba])|refs?\.?|anmerkung(?:en)?|anm\.?|anhang|"
    r"anhangs?angaben?|tz\.?|ziffer|notas?|annexes?|toelichting|note\(s\)|noter?|no\.",
    re.IGNORECASE,
)
"""The column's header in the languages of reports."""
_REFERENCE = re.compile(
    r"\(?(?:notes?\s?)?[A-H]?\d{0,2}(?:\.\d{1,2}){0,2}\s?(?:\([a-z]{1,4}\)|[a-z])?\)?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"\(?[IVX]{1,5}(?:\.\d{1,2}){0,2}\)?")
_APART = re.compile(r"[\s,;&/+]+|(?<=\d)[-\u2013](?=\d)")
_BETWEEN = frozenset({"and", "und", "et", "y", "-", "\u2013", "\u2014"})
MOSTLY = 0.9
"""Of what stands below the header, the share that must be references."""
BESIDE = 8.0
"""Points by which references may reach out of their header."""
MAX_TEXT = 24


def note_extent(region: Region) -> FigureColumn | None:
    """Where the references to notes stand, if there is a column of them."""
    for line in region.above:
        for at, token in enumerate(line.line.tokens):
            if _HEADER.fullmatch(token.text) and _stands_alone(
                line.line.tokens, at, line.line.size
            ):
                extent = _extent(token, region)
                if _holds_references(region, extent):
                    return extent
    return None


def without_notes(region: Region, extent: FigureColumn) -> Region:
    """The region without what stands in the column of notes, in its header and its rows."""
    body = [_without(line, extent) for line in region.body]
    above = [_without_header(line, extent) for line in region.above]
    rows = [line for line in body if line.kind is Kind.ROW]
    return Region([line for line in above if line], body, columns_of(rows))


def is_reference(text: str) -> bool:
    """Whether a text is the number of a note, or several: `12`, `4.1`, `3, 5`, `12(a)`, `IV`."""
    if not text or len(text) > MAX_TEXT:
        return False
    parts = [part for part in _APART.split(text) if part and part not in _BETWEEN]
    return all(_REFERENCE.fullmatch(part) or _ROMAN.fullmatch(part) for part in parts)


def _stands_alone(tokens: Sequence[Word], at: int, size: float) -> bool:
    """Whether wide blanks part a word from the others of its line."""
    last = at + 1 == len(tokens)
    return (at == 0 or tokens[at].gap > size) and (last or tokens[at + 1].gap > 0.6 * size)


def _extent(token: Word, region: Region) -> FigureColumn:
    """Of the header, and of the column of figures below it."""
    left, right = token.left - BESIDE, token.right + BESIDE
    for column in region.columns:
        if column.left < right and column.right > left and column.right - column.left < MAX_TEXT:
            return FigureColumn(min(left, column.left), max(right, column.right))
    return FigureColumn(left, right)


def _holds_references(region: Region, extent: FigureColumn) -> bool:
    held = [
        segment
        for line in region.rows
        for segment in line.segments[1:]
        if _is_within(segment, extent)
    ]
    references = sum(is_reference(segment.text) for segment in held)
    others = [c for c in region.columns if c.left > extent.right or c.right < extent.left]
    return bool(others) and references >= MOSTLY * len(held)


def _is_within(segment: Segment, extent: FigureColumn) -> bool:
    return extent.left <= segment.center <= extent.right


def _without(line: Classified, extent: FigureColumn) -> Classified:
    """A row without its references; one of nothing else is a heading."""
    if line.kind is not Kind.ROW:
        return line
    kept = [
        segment
        for at, segment in enumerate(line.segments)
        if at == 0 or not (_is_within(segment, extent) and is_reference(segment.text))
    ]
    kept[0] = _cut(kept[0], extent)
    figures = [segment for segment in line.figures if any(segment is part for part in kept)]
    if not any(segment.figure for segment in figures):
        return replace(line, line=_of(line.line, kept[0].tokens), segments=kept[:1],
                       figures=[], first_cell=1, kind=Kind.LABEL)  # fmt: skip
    first = next(at for at, part in enumerate(kept) if part is figures[0])
    return replace(line, segments=kept, figures=figures, first_cell=first)


def _cut(label: Segment, extent: FigureColumn) -> Segment:
    """A label without the reference that stands close behind it."""
    last = label.tokens[-1]
    within = extent.left <= (last.left + last.right) / 2 <= extent.right
    if len(label.tokens) == 1 or not within or not is_reference(last.text):
        return label
    return Segment(label.tokens[:-1], None, is_placeholder=False)


def _without_header(line: Classified, extent: FigureColumn) -> Classified | None:
    """A line of the header without the word for notes; None if it is nothing else."""
    kept: list[Word] = []
    before: Word | None = None
    for token in line.line.tokens:
        if _HEADER.fullmatch(token.text) and extent.left <= token.left < extent.right:
            continue
        # A piece goes as far as the next wide blank: the word left a wider one.
        kept.append(replace(token, gap=max(0.0, token.left - before.right) if before else 0.0))
        before = token
    if len(kept) == len(line.line.tokens):
        return line
    if not kept:
        return None
    segments = [part for part in line.segments if not _HEADER.fullmatch(part.text)]
    return replace(line, line=_of(line.line, kept), segments=segments or line.segments)


def _of(line: TextLine, tokens: list[Word]) -> TextLine:
    text = " ".join(token.text for token in tokens)
    return replace(line, text=text, tokens=tokens, left=tokens[0].left,
                   right=max(token.right for token in tokens))  # fmt: skip
