"""Cuts pages into chunks that the embedding model reads whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from tokenizers import Tokenizer

from knowledge.pdf import Page

MAX_TOKENS = 240
"""all-MiniLM-L6-v2 cuts at 256 word pieces without a word; two are its own, the rest is slack for
words that fall apart differently at a cut."""
OVERLAP_TOKENS = 40


@dataclass(frozen=True)
class Chunk:
    """A part of one page: `text == page.text[start:end]`, and at most MAX_TOKENS word pieces."""

    ordinal: int
    """Place in the document, from 0."""
    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    tokens: int


class Chunker:
    """Packs whole lines, repeating the last few of a chunk at the start of the next."""

    def __init__(self, tokenizer_file: Path) -> None:
        """Args: tokenizer_file: the embedding model's tokenizer.json."""
        self._tokenizer = _load(tokenizer_file)

    def chunk(self, pages: Sequence[Page]) -> Iterator[Chunk]:
        """Cut pages, in order; no character that isn't white space is lost."""
        ordinal = 0
        for page in pages:
            for start, end in self._spans(page.text):
                yield Chunk(ordinal, page.number, start, end, page.text[start:end])
                ordinal += 1

    def token_count(self, text: str) -> int:
        """Word pieces in a text, without the model's two own."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        packed: list[_Line] = []
        for line in self._lines(text):
            if packed and sum(part.tokens for part in packed) + line.tokens > MAX_TOKENS:
                yield packed[0].start, packed[-1].end
                packed = _overlap(packed, MAX_TOKENS - line.tokens)
            packed.append(line)
        if packed:
            yield packed[0].start, packed[-1].end

    def _lines(self, text: str) -> Iterator[_Line]:
        """Lines with their token counts, blank ones left out; one that is too long is cut."""
        offsets = self._tokenizer.encode(text, add_special_tokens=False).offsets
        token = 0
        position = 0
        for raw in text.splitlines(keepends=True):
            line_end = position + len(raw)
            first = token
            while token < len(offsets) and offsets[token][0] < line_end:
                token += 1
            start = position + len(raw) - len(raw.lstrip())
            end = position + len(raw.rstrip())
            position = line_end
            if start < end:
                yield from _parts(start, end, offsets[first:token])


def _parts(start: int, end: int, offsets: Sequence[tuple[int, int]]) -> Iterator[_Line]:
    """One line, or pieces of a long one that begin where a token begins and cover it all."""
    cuts = [start, *(offsets[i][0] for i in range(MAX_TOKENS, len(offsets), MAX_TOKENS)), end]
    for number, (left, right) in enumerate(pairwise(cuts)):
        if left < right:
            tokens = len(offsets[number * MAX_TOKENS : (number + 1) * MAX_TOKENS])
            yield _Line(left, right, tokens)


def _overlap(packed: Sequence[_Line], room: int) -> list[_Line]:
    """The last lines of a chunk that fit into the overlap and leave room for the next line."""
    kept: list[_Line] = []
    budget = min(OVERLAP_TOKENS, room)
    for line in reversed(packed[1:]):
        budget -= line.tokens
        if budget < 0:
            break
        kept.insert(0, line)
    return kept


@cache
def _load(tokenizer_file: Path) -> Tokenizer:
    tokenizer: Tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
