"""Figure rows in the text that a PDF gives: label, cells, and each cell's period and scale."""

import re
from dataclasses import dataclass
from functools import lru_cache

from graphs.models.extractive.cells import Cell, read_cell, tokens_of
from graphs.models.extractive.headers import (
    Column,
    Header,
    durations_of,
    is_heading,
    leading_years,
    read_header,
)
from graphs.models.extractive.passages import Passage, collapse

_SCALE = re.compile(r"\bin\s{1,3}(thousand|million|billion)s?\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]{0,80}\)")
_SAYS_SOMETHING = re.compile(r"[A-Za-z0-9\u2014\u2013-]")
_LEAST_CELLS_MIDLINE = 2
_LONGEST_LABEL = 200


@dataclass(frozen=True)
class Row:
    """`columns` is empty where no heading fits the cells."""

    label: str
    cells: tuple[Cell, ...]
    columns: tuple[Column, ...]
    scale: str
    """thousand, million, billion, or empty where the passage does not say."""
    passage: Passage
    quote: str
    """Label and cells as they stand in the passage, whitespace collapsed."""


@dataclass
class _Draft:
    """A row while its lines are read."""

    label: str
    cells: list[Cell]
    headers: tuple[Header, ...]
    start: int
    end: int
    inline: bool


@lru_cache(maxsize=512)
def words_of(label: str) -> str:
    """Lower-case words without brackets and signs: `Net sales (Note 2):` -> `net sales`."""
    plain = _BRACKETED.sub(" ", label[: 2 * _LONGEST_LABEL]).replace("\u2019", "'").replace("'", "")
    return " ".join(re.findall(r"[a-z0-9&%-]*[a-z][a-z0-9&-]*|%", plain.lower()))


@lru_cache(maxsize=256)
def read_rows(passage: Passage) -> tuple[Row, ...]:
    """In reading order."""
    reader = _Reader(passage)
    position = 0
    for line in passage.text.split("\n"):
        reader.read_line(line, position)
        position += len(line) + 1
    reader.close()
    captions = [(found.start(), found[1].lower()) for found in _SCALE.finditer(passage.text)]
    return tuple(_finish(draft, passage, captions) for draft in reader.drafts)


class _Reader:
    """Goes down the lines; keeps the headings above and the row that may go on."""

    def __init__(self, passage: Passage) -> None:
        self.year = passage.year
        self.drafts: list[_Draft] = []
        self.headers: tuple[Header, ...] = ()
        self.durations: tuple[int, ...] = ()
        self.row: _Draft | None = None
        self.heading: tuple[Column, ...] = ()
        self.in_heading = False

    def read_line(self, line: str, position: int) -> None:
        tokens = [token for token in tokens_of(line) if _SAYS_SOMETHING.search(token)]
        if not tokens:
            return
        if is_heading(tokens):
            self._read_heading(tokens)
            return
        count = leading_years(tokens)
        if count >= _LEAST_CELLS_MIDLINE:
            self._read_heading(tokens[:count])
            tokens = tokens[count:]
        self.in_heading, self.heading = False, ()
        self._read_tokens(tokens, line, position)

    def _read_heading(self, tokens: list[str]) -> None:
        """Lines of one heading follow each other: durations above years, or a year a line."""
        self.close()
        text = " ".join(tokens)
        self.durations = durations_of(text) or (self.durations if self.in_heading else ())
        self.in_heading = True
        header = read_header(tokens, self.durations, self.year)
        if header:
            goes_on = len(header.columns) == 1 and len(self.heading) >= 1
            self.heading = (*self.heading, *header.columns) if goes_on else header.columns
            self.headers = (Header(self.heading), header, *self.headers)

    def _read_tokens(self, tokens: list[str], line: str, position: int) -> None:
        """Cells before any word go to the row above; then each label with the cells after it."""
        words: list[str] = []
        cells: list[Cell] = []
        start = 0
        for token in tokens:
            cell = read_cell(token)
            if cell:
                cells.append(cell)
                continue
            if cells:
                end = max(line.find(token, start), start)
                if words and (len(cells) < _LEAST_CELLS_MIDLINE or _only_years(cells)):
                    words += [cell.printed for cell in cells]
                else:
                    self._place(words, cells, position + start, position + end)
                    words, start = [], end
                cells = []
            words.append(token)
        self._end_line(words, cells, position + start, position + len(line.rstrip()))

    def _end_line(self, words: list[str], cells: list[Cell], start: int, end: int) -> None:
        if words and (not cells or _only_years(cells)):
            self._open([*words, *(cell.printed for cell in cells)], [], start, end)
        elif cells:
            self._place(words, cells, start, end)

    def _place(self, words: list[str], cells: list[Cell], start: int, end: int) -> None:
        if words:
            self._open(words, cells, start, end)
        else:
            self._continue(cells, end)

    def _open(self, words: list[str], cells: list[Cell], start: int, end: int) -> None:
        above, label = self.row, " ".join(words)
        if above and not above.cells and label[:1].islower() and len(above.label) < _LONGEST_LABEL:
            label, start = f"{above.label} {label}", above.start
        self.close()
        self.row = _Draft(label, cells, self.headers, start, end, inline=bool(cells))

    def _continue(self, cells: list[Cell], end: int) -> None:
        """A row whose label line held cells is full, unless its heading has more columns."""
        row = self.row
        if not row:
            return
        room = max((len(header.columns) for header in row.headers[:1]), default=0)
        if not row.cells or not row.inline or len(row.cells) + len(cells) <= room:
            row.cells += cells
            row.end = end
        else:
            self.close()

    def close(self) -> None:
        if self.row and self.row.cells:
            self.drafts.append(self.row)
        self.row = None


def _only_years(cells: list[Cell]) -> bool:
    return all(cell.is_year for cell in cells)


def _finish(draft: _Draft, passage: Passage, captions: list[tuple[int, str]]) -> Row:
    cells, columns = _fit(draft.cells, draft.headers)
    quote = collapse(passage.text[draft.start : draft.end])
    return Row(draft.label, cells, columns, _scale_at(captions, draft.start), passage, quote)


def _fit(
    cells: list[Cell], headers: tuple[Header, ...]
) -> tuple[tuple[Cell, ...], tuple[Column, ...]]:
    """The nearest heading with as many columns as there are cells.

    Tried as printed, without percentages beside amounts, and without a leading footnote mark.
    """
    amounts = [cell for cell in cells if not cell.percent]
    unmarked = cells[1:] if len(cells) > 1 and len(cells[0].printed) == len("(1)") else cells
    for choice in (cells, amounts, unmarked):
        for header in headers:
            if choice and len(header.columns) == len(choice):
                return tuple(choice), header.columns
    return tuple(cells), ()


def _scale_at(captions: list[tuple[int, str]], position: int) -> str:
    """The nearest caption above, else the first of the passage."""
    above = [scale for start, scale in captions if start <= position]
    return above[-1] if above else captions[0][1] if captions else ""
