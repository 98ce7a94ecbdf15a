"""The passages of a page read together: a table goes on from one into the next."""

from collections.abc import Sequence
from dataclasses import replace

from graphs.models.extractive.headers import Header
from graphs.models.extractive.passages import Passage, collapse
from graphs.models.extractive.rows import Page, Row, fit, read_page
from graphs.models.extractive.tables import Above

_LEAST_OVERLAP = 8
_MOST_LINES = 40


def all_rows(passages: Sequence[Passage]) -> list[Row]:
    """In the order of the passages."""
    rows = []
    for passage in passages:
        page = [p for p in passages if (p.document, p.page) == (passage.document, passage.page)]
        read = _read(passage, page, depth=len(page))
        shared = _statement_of(page) if any(not row.columns for row in read.rows) else None
        rows += [_under(row, shared) for row in read.rows]
    return rows


def lines_of(passage: Passage, passages: Sequence[Passage]) -> list[tuple[str, Above]]:
    """The lines of a passage, each with what stands above it on the page."""
    page = [p for p in passages if (p.document, p.page) == (passage.document, passage.page)]
    states = _read(passage, page, depth=len(page)).states
    return list(zip(passage.text.split("\n"), states, strict=True))


def _read(passage: Passage, page: Sequence[Passage], depth: int) -> Page:
    """With what stood above its first line in the passage that it continues."""
    for other in page if depth else ():
        count = _overlap(other, passage) if other is not passage else 0
        if count:
            before = _read(other, page, depth - 1).states
            return read_page(passage, before[-count])
    return read_page(passage, Above())


def _overlap(first: Passage, second: Passage) -> int:
    """How many lines at the end of one passage are repeated at the start of the next."""
    tail = [collapse(line) for line in first.text.split("\n")]
    head = [collapse(line) for line in second.text.split("\n")]
    for count in range(min(len(tail), len(head), _MOST_LINES), 0, -1):
        if tail[-count:] == head[:count] and len("".join(head[:count])) >= _LEAST_OVERLAP:
            return count if len(tail) > count else 0
    return 0


def _statement_of(page: Sequence[Passage]) -> Above | None:
    """The one primary statement on a page whose passages don't touch; None where there are two."""
    found: dict[Header, Above] = {}
    for passage in page:
        for row in read_page(passage, Above()).rows:
            header = row.above.header
            if row.columns and header:
                found.setdefault(header, row.above)
    only = next(iter(found.values()), None)
    return only if only and len(found) == 1 and only.statement else None


def _under(row: Row, shared: Above | None) -> Row:
    if row.columns or shared is None or row.above.title or row.above.header:
        return row
    cells, columns = fit(row.cells, shared.header)
    above = replace(shared, scale=row.scale or shared.scale)
    return replace(row, cells=cells, columns=columns, above=above) if columns else row
