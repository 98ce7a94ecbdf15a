"""What a table is called: its title and the note on its units, from the lines above it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.pdf.tables.classify import Classified, Kind
from knowledge.pdf.tables.headers import Header
from knowledge.pdf.tables.regions import Region
from knowledge.pdf.tables.units import UnitNote, is_unit_note, unit_note

MAX_LINES = 4
LEAD_LINES = 2
"""Above a table, in which the sentence ends that leads to it."""
NOTE_LINES = 6
"""Above a table, among which a line of its own may state the unit."""
BLANK = 1.8
"""Line heights of blank above which lines belong to something else."""
INDENT = 24.0
"""Points by which a paragraph's first line is set in."""
MAX_LEAD = 300
MAX_CHARACTERS = 600
MAX_WORDS = 3_000
_COUNTS = re.compile(r"\b(?:shares|number|units|options|rsus)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[a-z)\d])\.\s+(?=[A-Z])")


@dataclass(frozen=True)
class Caption:
    """The words above a table that aren't headers of its columns."""

    text: str
    start: int
    """Of its first line, in the page's text; of the table, where it has none."""
    has_title: bool
    """Whether it says more than a unit."""


def read_caption(region: Region, header: Header, lines: Sequence[Classified]) -> Caption:
    """Title lines down to the header, and the unit note wherever above the rows it is printed."""
    titles = _titles(header.caption, region, lines)
    lead = "" if any(not is_unit_note(line.line.text) for line in titles) else _lead(region, lines)
    parts = [lead, *(line.line.text.strip() for line in titles)]
    if header.stub and is_unit_note(header.stub):
        parts.append(header.stub)
    first = [*titles, *header.lines, *header.groups, *region.body][0]
    text = " ".join(" ".join(filter(None, parts)).split())[:MAX_CHARACTERS]
    has_title = bool(lead) or any(not is_unit_note(line.line.text) for line in titles)
    return Caption(text, first.line.start, has_title)


def note_of(
    caption: Caption,
    header: Header,
    region: Region,
    lines: Sequence[Classified],
    default: UnitNote,
) -> UnitNote:
    """The unit note of a table; one that says none has that of its page."""
    note = unit_note(f"{caption.text} {header.stub}"[:MAX_WORDS])
    if not (note.is_said or note.is_money):
        other = _of_columns(header.columns) or _said_in(_notes_above(region, lines)) or default
        note = replace(other, per=note.per) if other.scale == 1 else other
    if note.currency is None and default.currency is not None:
        return replace(note, currency=default.currency)
    return note


def _said_in(texts: Iterable[str]) -> UnitNote | None:
    """The first note among texts that gives a scale."""
    return next((note for note in map(unit_note, texts) if note.scale > 1), None)


def _notes_above(region: Region, lines: Sequence[Classified]) -> Iterator[str]:
    """Notes among the lines of a header, and the end of the sentence that leads to the table.

    So it is with "... is as follows (in millions):", whatever a line begins with.
    """
    first = (region.above or region.body)[0].at
    before = lines[max(0, first - NOTE_LINES) : first]
    near = [line.line.text.strip() for line in (*before[-LEAD_LINES:], *region.above)]
    for upper, lower in pairwise(["", *near]):
        if lower.endswith((":", ")")):  # "(in" may end a line, and "millions):" be the next
            yield f"{upper} {lower}"
    yield from filter(is_unit_note, near)
    for line in reversed(before):
        if line.kind is Kind.ROW:
            return
        if is_unit_note(text := line.line.text.strip()):
            yield text


def _of_columns(columns: Sequence[str]) -> UnitNote | None:
    """What headers say of a table: each for itself, or a note that stands over several.

    A column that counts shares "(in thousands)" says nothing of the others.
    """
    others = [column for column in dict.fromkeys(columns) if not _COUNTS.search(column)]
    said = {note for note in map(unit_note, others) if note.scale > 1 or note.currency}
    if len({(note.scale, note.currency) for note in said}) > 1:
        scales = {note.scale for note in said}
        same = UnitNote(scales.pop(), is_money=True, is_of_columns=True)
        return same if not scales else None
    note = next(iter(said), None) or unit_note(" ".join(others)[:MAX_WORDS])
    return replace(note, is_of_columns=True) if note.is_said or note.is_money else None


def _titles(
    above: Sequence[Classified], region: Region, lines: Sequence[Classified]
) -> list[Classified]:
    found: list[Classified] = []
    below = _after(above, region)
    for line in reversed(above):
        if len(found) == MAX_LINES or (found and _is_apart(line, below)):
            break
        if _ends_paragraph(line, lines):
            break
        found.append(line)
        below = line
    return found[::-1]


def _after(lines: Sequence[Classified], region: Region) -> Classified:
    above = region.above
    return above[len(lines)] if len(lines) < len(above) else region.body[0]


def _is_apart(line: Classified, below: Classified) -> bool:
    return below.line.top - line.line.bottom > BLANK * line.line.size


def _ends_paragraph(line: Classified, lines: Sequence[Classified]) -> bool:
    """Whether a short line is the last of the sentence above it."""
    if not line.at:
        return False
    above = lines[line.at - 1]
    near = line.line.top - above.line.bottom < BLANK / 2 * line.line.size
    alike = above.line.bold == line.line.bold and abs(above.line.left - line.line.left) < INDENT
    return near and alike and (above.kind is Kind.PROSE or _ends_paragraph(above, lines))


def _lead(region: Region, lines: Sequence[Classified]) -> str:
    """The sentence that leads to a table without a title: "... as follows (in millions):"."""
    first = (region.above or region.body)[0].at
    before = [line for line in lines[max(0, first - 3) : first] if line.kind is Kind.PROSE]
    if not before or before[-1].at != first - 1:
        return ""
    text = " ".join(line.line.text for line in before)
    if not text.rstrip().endswith((":", "):", ")")):
        return ""
    return _SENTENCE_END.split(text)[-1][-MAX_LEAD:].strip()
