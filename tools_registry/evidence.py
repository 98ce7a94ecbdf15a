"""What a thread was shown, numbered: [3] and F3 mean the same in every later message."""

import re
import secrets
from collections.abc import Callable, Iterator, Sequence

from knowledge.figures.shown import ShownFigure
from knowledge.passages import Passage
from knowledge.redaction.masking import masked
from tools.look_up_figures import Answer, Output
from tools_registry.figure_lines import figure_line, read_figure_lines

OPENING = '<{tag} id="{number}" document="{document}"{of} page="{page}"{version}>'
CLOSING = "</{tag}>"
NOTHING_FOUND = "No passage matches."
NO_FIGURE = "No figure is exactly what was asked for."
SEVERAL = "several rows fit"
EARLIER = "as an older document reports it"
MAX_SEARCHED = 12
"""Documents that a look-up names."""
TOKEN_BYTES = 4


def random_token() -> str:
    """Eight hexadecimal digits that nobody could know when a document was written."""
    return secrets.token_hex(TOKEN_BYTES)


class Evidence:
    """Hands out citation numbers from 1; a passage that is found again keeps its number."""

    def __init__(
        self,
        seen: Sequence[Passage] = (),
        token: Callable[[], str] = random_token,
        figures: Sequence[ShownFigure] = (),
    ) -> None:
        """Prepare to number and fence passages and figures.

        Args:
            seen: the thread's passages in the order of their numbers.
            token: makes what sets a result's tags apart from any that a document can hold.
            figures: the thread's figures in the order of their ids.
        """
        self._token = token
        self.figures = list(figures)
        self._figures = {each.figure_id: number for number, each in enumerate(figures, start=1)}
        self.added_figures: list[ShownFigure] = []
        self._numbers = {passage.chunk_id: number for number, passage in enumerate(seen, start=1)}
        self.added: list[Passage] = []

    def number(self, passage: Passage) -> int:
        known = self._numbers.get(passage.chunk_id)
        if known is not None:
            return known
        self.added.append(passage)
        self._numbers[passage.chunk_id] = len(self._numbers) + 1
        return len(self._numbers)

    def figure_number(self, figure: ShownFigure) -> int:
        known = self._figures.get(figure.figure_id)
        if known is not None:
            return known
        self.added_figures.append(figure)
        self.figures.append(figure)
        self._figures[figure.figure_id] = len(self._figures) + 1
        return len(self._figures)

    def show_figures(self, output: Output) -> str:
        """The text that the model reads of a look-up, documents' words fenced off."""
        tag = f"figures-{self._token()}"
        searched = f"Searched: {_attribute('; '.join(output.searched[:MAX_SEARCHED]))}"
        if not output.answers:
            nearest = "; ".join(output.nearest)
            said = f"Nearest rows: {_unfenced(nearest)}" if nearest else "No similar row."
            return f"{NO_FIGURE}\n<{tag}>\n{said}\n{searched}\n</{tag}>"
        for passage in output.passages:
            self.number(passage)
        lines = [line for answer in output.answers for line in self._figure_lines(answer)]
        return "\n".join([f"<{tag}>", *lines, searched, f"</{tag}>"])

    def _figure_lines(self, answer: Answer) -> Iterator[str]:
        several = SEVERAL if len(answer.figures) > 1 else ""
        for figure in answer.figures:
            yield self._figure_line(figure, several)
        if answer.earlier:
            yield self._figure_line(answer.earlier, EARLIER)

    def _figure_line(self, figure: ShownFigure, note: str) -> str:
        number, passage = self.figure_number(figure), self._numbers[figure.chunk_id]
        shown = figure.model_copy(update={"document": masked(figure.document)})
        return _unfenced(figure_line(shown, number, passage, note))

    def show(self, passages: Sequence[Passage]) -> str:
        """The text that the model reads, each passage fenced off from everything else."""
        if not passages:
            return NOTHING_FOUND
        tag = f"passage-{self._token()}"
        return "\n".join(self._fence(tag, passage) for passage in passages)

    def _fence(self, tag: str, passage: Passage) -> str:
        opening = OPENING.format(
            tag=tag,
            number=self.number(passage),
            document=_attribute(passage.document),
            of=f' of="{_attribute(passage.headline)}"' if passage.headline else "",
            page=passage.page,
            # A conversation can hold two versions of a page, if it was once asked as of a time.
            version=f' version="{passage.version}"' if passage.version > 1 else "",
        )
        return f"{opening}\n{_unfenced(passage.text)}\n{CLOSING.format(tag=tag)}"


def shown_numbers(content: str) -> list[int]:
    """The citation numbers in a text that `Evidence.show` made, in order.

    Its first line opens the first passage: only what has the same tag opens another. Threads from
    before tags had tokens have plain ones.
    """
    if content.startswith("<figures-"):
        return [line.passage for line in read_figure_lines(content)]
    first = _OPENING.match(content)
    if first is None:
        return []
    found = _OPENING.finditer(content)
    return [int(each["number"]) for each in found if each["tag"] == first["tag"]]


def _attribute(text: str) -> str:
    """A document's own words between quotation marks."""
    return _unfenced(masked(" ".join(text.split())).replace('"', "'"))


def _unfenced(text: str) -> str:
    """A document's own words, in which a tag is broken up: none can open or close a fence."""
    return _TAG.sub(r"<\\", text)


_TAG = re.compile(r"<(?=\s*+(?:/\s*+)?(?:passage|figures))", re.IGNORECASE)
_OPENING = re.compile(
    r'^<(?P<tag>passage(?:-[0-9a-z]{1,32})?) id="(?P<number>\d{1,9})" ', re.MULTILINE
)
