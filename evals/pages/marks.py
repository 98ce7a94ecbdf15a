"""Where the figures of a text come from, piece by piece, to be marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.evaluators.citation_support import is_source, unsupported_figures
from evals.figures import Amount, placed_amounts
from evals.targets.asking import Run
from graphs.copilot.answer import MARKER


class Source(StrEnum):
    """Of a figure that an answer states, as the page tells it."""

    CITED = "stands in a passage that this line cites"
    CALCULATED = "calculated by a tool"
    ASKED = "stands in the question"
    ELSEWHERE = "stands in a passage that the answer cites in another line"
    NONE = "without a source"

    @property
    def css(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Piece:
    """A part of a text; `source` is None where it is no figure."""

    text: str
    source: Source | None = None


@dataclass(frozen=True)
class Known:
    """All that a figure of an answer can come from."""

    passages: dict[int, str]
    """Cited ones, by number."""
    calculated: list[str]
    question: str

    @classmethod
    def of(cls, run: Run, question: str) -> "Known":
        return cls({each.number: each.text for each in run.citations}, run.calculated(), question)

    def source(self, figure: Amount, numbers: Iterable[int]) -> Source:
        """Args: numbers: of the passages that the figure's line cites."""
        here = [self.passages[number] for number in numbers if number in self.passages]
        all_cited = list(self.passages.values())
        tried = {
            Source.CITED: unsupported_figures(figure.printed, here, []),
            Source.CALCULATED: unsupported_figures(figure.printed, [], self.calculated),
            Source.ASKED: unsupported_figures(figure.printed, [], [], self.question),
            Source.ELSEWHERE: unsupported_figures(figure.printed, all_cited, []),
        }
        return next((source for source, missing in tried.items() if not missing), Source.NONE)


def cited_numbers(line: str) -> list[int]:
    return [int(number) for number in MARKER.findall(line)]


def stated(line: str) -> list[tuple[int, Amount]]:
    """A line's figures with their offsets; the numbers of citations are none."""
    said = MARKER.sub(lambda marker: " " * len(marker[0]), line)
    return [(at, amount) for at, amount in placed_amounts(said) if amount.is_figure]


def marked_line(line: str, known: Known) -> list[Piece]:
    """A line of an answer."""
    numbers = cited_numbers(line)
    found = ((at, each, known.source(each, numbers)) for at, each in stated(line))
    return list(_pieces(line, found))


def marked_passage(text: str, figures: Sequence[Amount]) -> list[list[Piece]]:
    """A passage's lines; figures are marked where they are those of an answer."""
    return [list(_pieces(line, _found(line, figures))) for line in text.strip().split("\n")]


def _found(line: str, figures: Sequence[Amount]) -> Iterator[tuple[int, Amount, Source]]:
    """A lone small number, such as a page or a day, is no figure of a passage."""
    for at, printed in placed_amounts(line):
        if printed.is_figure and any(is_source(printed, each) for each in figures):
            yield at, printed, Source.CITED


def _pieces(line: str, found: Iterable[tuple[int, Amount, Source]]) -> Iterator[Piece]:
    end = 0
    for at, amount, source in found:
        if at > end:
            yield Piece(line[end:at])
        end = at + len(amount.printed)
        yield Piece(line[at:end], source)
    if end < len(line):
        yield Piece(line[end:])
