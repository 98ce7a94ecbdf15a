"""Parts pages into sections, each with the path of headings above it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.pages import Page, Section
from knowledge.pdf.layout import PageLayout
from knowledge.pdf.outline.finding import NoteCount, contents_title, headings_of
from knowledge.pdf.outline.headings import Heading, Level, is_contents
from knowledge.statements import statement_regions

MAX_DEPTH = 4
STATEMENT_ITEMS = frozenset({"8", "1", "15", "18", "17"})
"""Items under which notes stand, in 10-K, 10-Q and 20-F."""


@dataclass(frozen=True)
class _Cut:
    start: int
    path: tuple[str, ...]


class Outline:
    """The path of headings that is open, carried from page to page."""

    def __init__(self) -> None:
        self._open: list[Heading] = []
        self._notes = NoteCount()

    def read(self, layout: PageLayout, page: Page) -> tuple[Section, ...]:
        """A page's sections, which cover it without gaps; none for an empty page."""
        if not page.text:
            return ()
        cuts = [_Cut(0, self._path())]
        if is_contents(layout):
            cuts += self._title(layout)
        else:
            cuts += self._cuts(layout, page)
        return tuple(_sections(cuts, len(page.text)))

    def _cuts(self, layout: PageLayout, page: Page) -> Iterator[_Cut]:
        titles = [region.start for region in statement_regions(page)]
        last_end = -2
        start = 0
        for heading in headings_of(layout, page.tables, titles, self._notes):
            # Headings with nothing between them head one stretch of text.
            start = start if heading.start <= last_end + 1 else heading.start
            last_end = heading.end
            self._enter(heading)
            yield _Cut(start, self._path())

    def _title(self, layout: PageLayout) -> Iterator[_Cut]:
        """The item that an index stands under: "Item 8" above the list of statements."""
        heading = contents_title(layout)
        if heading is not None:
            self._enter(heading)
            yield _Cut(heading.start, self._path())

    def _enter(self, heading: Heading) -> None:
        if heading.level is Level.ITEM and heading.number not in STATEMENT_ITEMS:
            self._notes.is_open = False
        self._open = [
            above
            for above in self._open
            if above.level < heading.level
            or (above.level is heading.level is Level.SUB and above.rank < heading.rank)
        ][: MAX_DEPTH - 1]
        if heading.level is not Level.PART:
            self._open.append(heading)

    def _path(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self._open)


def _sections(cuts: Sequence[_Cut], end: int) -> Iterator[Section]:
    latest: list[_Cut] = []
    for cut in cuts:
        if latest and (latest[-1].start == cut.start or latest[-1].path == cut.path):
            latest[-1] = replace(latest[-1], path=cut.path)
        else:
            latest.append(cut)
    ends = [*(cut.start for cut in latest[1:]), end]
    for cut, stop in zip(latest, ends, strict=True):
        yield Section(cut.start, stop, cut.path)
