"""Figure rows in the text that a PDF gives: label, cells, and each cell's period and scale."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graphs.models.extractive.cells import Cell, read_cell, tokens_of
from graphs.models.extractive.headers import Column, Header, is_heading, leading_years
from graphs.models.extractive.passages import Passage, collapse
from graphs.models.extractive.tables import Above, caption_scale

_BRACKETED = re.compile(r"\([^()]{0,80}\)")
_SAYS_SOMETHING = re.compile(r"[A-Za-z0-9\u2014\u2013-]")
_LEAST_CELLS_MIDLINE = 2
_FOOTNOTE_LINE = re.compile(r"\((?:\d{1,2}|[a-z])\) ?[A-Za-z]{2}")
_LONGEST_LABEL = 200
_LONGEST_CAPTION = 14


@dataclass(frozen=True)
class Row:
    """`columns` is empty where no heading fits the cells."""

    label: str
    cells: tuple[Cell, ...]
    columns: tuple[Column, ...]
    above: Above
    passage: Passage
    quote: str
    """Label and cells as they stand in the passage, whitespace collapsed."""

    @property
    def scale(self) -> str:
        """thousand, million, billion, or empty where nothing above says."""
        return self.above.scale


@dataclass
class _Draft:
    """A row while its lines are read."""

    label: str
    cells: list[Cell]
    above: Above
    start: int
    end: int
    inline: bool


@dataclass(frozen=True)
class Page:
    """What a passage was read to; `states` is what stood above each of its lines."""

    rows: tuple[Row, ...]
    states: tuple[Above, ...]


@lru_cache(maxsize=512)
def words_of(label: str) -> str:
    """Lower-case words without brackets and signs: `Net sales (Note 2):` -> `net sales`."""
    plain = _BRACKETED.sub(" ", label[: 2 * _LONGEST_LABEL]).replace("\u2019", "'").replace("'", "")
    return " ".join(re.findall(r"(?<![a-z0-9&%-])[a-z0-9&%-]*[a-z][a-z0-9&-]*|%", plain.lower()))


@lru_cache(maxsize=512)
def read_page(passage: Passage, above: Above) -> Page:
    """Rows in reading order, going on from what stood above in the passage before."""
    reader = _Reader(passage, above)
    states: list[Above] = []
    position = 0
    for line in passage.text.split("\n"):
        states.append(reader.above)
        reader.read_line(line, position)
        position += len(line) + 1
    reader.close()
    return Page(tuple(_finish(draft, passage) for draft in reader.drafts), tuple(states))


def read_rows(passage: Passage) -> tuple[Row, ...]:
    """The rows of a passage alone."""
    return read_page(passage, Above()).rows


class _Reader:
    """Goes down the lines; keeps what stands above and the row that may go on."""

    def __init__(self, passage: Passage, above: Above) -> None:
        self.passage = passage
        self.above = above
        self.drafts: list[_Draft] = []
        self.row: _Draft | None = None

    def read_line(self, line: str, position: int) -> None:
        tokens = [token for token in tokens_of(line) if _SAYS_SOMETHING.search(token)]
        if not tokens:
            return
        if self._is_caption(line):
            self.close()
            self.above = self.above.with_label(line)
            return
        if is_heading(tokens, goes_on=bool(self.above.heading)):
            self._read_heading(tokens)
            return
        if _FOOTNOTE_LINE.match(line.strip()):
            self.close()
            return
        count = leading_years(tokens)
        if count >= _LEAST_CELLS_MIDLINE:
            self._read_heading(tokens[:count])
            tokens = tokens[count:]
        self._read_tokens(tokens, line, position)

    def _is_caption(self, line: str) -> bool:
        """`(in millions)`, also over lines; with years in it, it is a heading."""
        text = collapse(line)
        scale = len(text.split()) <= _LONGEST_CAPTION and caption_scale(text, self.above.pending)
        return bool(scale) and not any(char.isdigit() for char in text)

    def _read_heading(self, tokens: list[str]) -> None:
        self.close()
        self.above = self.above.with_heading(tokens, self.passage)

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
            self.above = self.above.with_label(self.passage.text[start:end])
        elif cells:
            self._place(words, cells, start, end)

    def _place(self, words: list[str], cells: list[Cell], start: int, end: int) -> None:
        if words:
            self._open(words, cells, start, end)
            self.above = self.above.with_row()
        else:
            self._continue(cells, end)

    def _open(self, words: list[str], cells: list[Cell], start: int, end: int) -> None:
        before, label = self.row, " ".join(words)
        if (
            before
            and not before.cells
            and label[:1].islower()
            and len(before.label) < _LONGEST_LABEL
        ):
            label, start = f"{before.label} {label}", before.start
        self.close()
        self.row = _Draft(label, cells, self.above, start, end, inline=bool(cells))

    def _continue(self, cells: list[Cell], end: int) -> None:
        """A row whose label line held cells is full, unless its heading has more columns."""
        row = self.row
        if not row:
            return
        header = row.above.header
        room = len(header.columns) if header else 0
        if not row.cells or not row.inline or len(row.cells) + len(cells) <= room:
            row.cells += cells
            row.end = end
            self.above = self.above.with_row()
        else:
            self.close()

    def close(self) -> None:
        if self.row and self.row.cells:
            self.drafts.append(self.row)
        self.row = None


def _only_years(cells: Sequence[Cell]) -> bool:
    return all(cell.is_year for cell in cells)


def _finish(draft: _Draft, passage: Passage) -> Row:
    cells, columns = fit(draft.cells, draft.above.header)
    quote = collapse(passage.text[draft.start : draft.end])
    return Row(draft.label, cells, columns, draft.above, passage, quote)


def fit(
    cells: Sequence[Cell], header: Header | None
) -> tuple[tuple[Cell, ...], tuple[Column, ...]]:
    """The columns of the heading if there are as many as cells.

    Tried as printed, without percentages beside amounts, and without a leading footnote mark.
    """
    amounts = [cell for cell in cells if not cell.percent]
    unmarked = cells[1:] if len(cells) > 1 and len(cells[0].printed) == len("(1)") else cells
    for choice in (cells, amounts, unmarked):
        if header and choice and len(header.columns) == len(choice):
            return tuple(choice), header.columns
    return tuple(cells), ()
