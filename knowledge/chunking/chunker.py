"""Cuts pages into chunks that the embedding model reads whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.chunking.blocks import Block, blocks_of
from knowledge.chunking.chunk import Chunk
from knowledge.chunking.tokens import Span, WordPieces
from knowledge.chunking.wording import embedded_row, place, row_in_words, section_name, table_title
from knowledge.pages import Page, Row

MAX_TOKENS = 240
"""all-MiniLM-L6-v2 cuts at 256 word pieces without a word; two are its own, the rest is slack for
words that fall apart differently at a cut."""
PROSE_TOKENS = 160
"""Beyond these, one vector means too many things."""
OVERLAP_TOKENS = 32
HEADING_TOKENS = 24
"""Prose of at most so many pieces in front of a table is its heading."""
CONTEXT_TOKENS = 64
"""Of filing, section and title, in front of what is embedded."""


class Chunker:
    """Packs whole lines of prose and whole rows of tables."""

    def __init__(self, tokenizer_file: Path) -> None:
        """Args: tokenizer_file: the embedding model's tokenizer.json."""
        self.pieces = WordPieces(tokenizer_file)

    def chunk(
        self, pages: Iterable[Page], headline: str = "", *, first: int = 0
    ) -> Iterator[Chunk]:
        """Cut pages, in order; no character that isn't white space is lost.

        Args:
            pages: any stretch of a filing.
            headline: company, form and period, which each embedded text carries.
            first: the first chunk's ordinal.
        """
        ordinal = first
        for page in pages:
            for block in _with_headings(page, list(blocks_of(page)), self.pieces):
                for chunk in self._of_block(page, block, headline):
                    yield replace(chunk, ordinal=ordinal)
                    ordinal += 1

    def _of_block(self, page: Page, block: Block, headline: str) -> Iterator[Chunk]:
        if block.table is None or not block.table.rows:
            yield from self._of_prose(page, block, headline)
        else:
            yield from self._of_table(page, block, headline)

    def _of_prose(self, page: Page, block: Block, headline: str) -> Iterator[Chunk]:
        context = self._context(headline, place(block.section.path))
        most = min(PROSE_TOKENS, MAX_TOKENS - self.pieces.count(context))
        spans = list(self.pieces.spans(page.text, block.start, block.end, most))
        for packed in _packed(spans, most):
            start, end = packed[0].start, packed[-1].end
            embedded = self.pieces.cut(f"{context}{page.text[start:end]}", MAX_TOKENS)
            yield _chunk(page, block, start, end, embedded)

    def _of_table(self, page: Page, block: Block, headline: str) -> Iterator[Chunk]:
        table = block.table
        assert table is not None  # noqa: S101  # told apart above
        title = table_title(table)
        context = self._context(headline, place(block.section.path), title)
        room = MAX_TOKENS - self.pieces.count(context)
        groups = list(_packed_rows(table.rows, self._row_tokens(table.rows), room))
        for number, rows in enumerate(groups):
            start = block.start if number == 0 else groups[number - 1][-1].end
            end = block.end if number == len(groups) - 1 else rows[-1].end
            start, end = _trimmed(page.text, start, end)
            if start >= end:
                continue
            labels = "; ".join(filter(None, map(embedded_row, rows)))
            heading = page.text[block.start : table.start].strip()
            said = "\n".join([*filter(None, [heading, title]), *map(row_in_words, rows)])
            embedded = self.pieces.cut(f"{context}{labels}", MAX_TOKENS)
            yield replace(_chunk(page, block, start, end, embedded), table=said)

    def _row_tokens(self, rows: Sequence[Row]) -> list[int]:
        return [1 + count for count in self.pieces.counts([embedded_row(row) for row in rows])]

    def _context(self, headline: str, place: str, title: str = "") -> str:
        said = ". ".join(filter(None, [headline, place, title]))
        return f"{self.pieces.cut(said, CONTEXT_TOKENS)}\n" if said else ""


def _packed(spans: Sequence[Span], most: int) -> Iterator[list[Span]]:
    """As many lines as fit, the last few of a chunk again at the start of the next."""
    packed: list[Span] = []
    for span in spans:
        if packed and sum(part.tokens for part in packed) + span.tokens > most:
            yield packed
            packed = _overlap(packed, most - span.tokens)
        packed.append(span)
    if packed:
        yield packed


def _overlap(packed: Sequence[Span], room: int) -> list[Span]:
    """The last lines of a chunk that fit into the overlap and leave room for the next line."""
    kept: list[Span] = []
    budget = min(OVERLAP_TOKENS, room)
    for span in reversed(packed[1:]):
        budget -= span.tokens
        if budget < 0:
            break
        kept.insert(0, span)
    return kept


def _packed_rows(rows: Sequence[Row], tokens: Sequence[int], most: int) -> Iterator[list[Row]]:
    packed: list[Row] = []
    used = 0
    for row, count in zip(rows, tokens, strict=True):
        if packed and used + count > most:
            yield packed
            packed, used = [], 0
        packed.append(row)
        used += count
    if packed:
        yield packed


def _with_headings(page: Page, blocks: Sequence[Block], pieces: WordPieces) -> Iterator[Block]:
    """A few words in front of a table of the same passage are its heading, not a chunk."""
    held: Block | None = None
    for block in blocks:
        if held is not None:
            if block.table and block.passage_start == held.passage_start:
                block = replace(block, start=held.start)  # noqa: PLW2901  # the same table, taller
            else:
                yield held
            held = None
        if (
            block.table is None
            and pieces.count(page.text[block.start : block.end]) <= HEADING_TOKENS
        ):
            held = block
        else:
            yield block
    if held is not None:
        yield held


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())


def _chunk(page: Page, block: Block, start: int, end: int, embedded: str) -> Chunk:
    return Chunk(
        0,
        page.number,
        start,
        end,
        page.text[start:end],
        block.passage_start,
        block.passage_end,
        section_name(block.section.path),
        block.statement,
        embedded,
    )
