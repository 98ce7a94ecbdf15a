"""Tells running text, and tables, among the lines of one column."""

from collections.abc import Sequence

from knowledge.pdf.words import Word

FILL = 0.55
"""Of a column's width, for a line of prose."""
FULL = 0.7
"""The share of lines that end before a column's right edge: a single long one doesn't widen it."""
WORDS, NARROW_WORDS = 3, 2
NARROW = 16.0
"""Font sizes: a column as narrow as this has fewer words a line."""
LETTERS = 0.65
PROSE, SOME_PROSE = 0.5, 0.3
FLOWING = 0.25
"""The share of lines that go on with a sentence. Labels and names begin with a capital each."""
FEW, MOSTLY_PROSE = 6, 0.75
"""With fewer lines than this, most have to be prose: headers of tables have two or three."""
TABLE = 0.4
TABLE_ROWS = 4
TORN = 1
"""Rows of label and figures that may be chance."""
SPARSE = 0.6
"""Of the lines beside it: a side with fewer holds labels."""

Row = Sequence[Word]


def are_columns(beside: Sequence[tuple[Row, Row]]) -> bool:
    """Whether the left and the right part of rows are read by themselves, one after the other.

    So they are where both are prose, or one is prose and the other a table.
    """
    left = [row for row, _ in beside if row]
    right = [row for _, row in beside if row]
    shares = sorted((_prose_share(left), _prose_share(right)))
    if shares[1] < PROSE or _are_labels(left, right) or _tears_rows(beside):
        return False
    if shares[0] >= (SOME_PROSE if min(len(left), len(right)) >= FEW else MOSTLY_PROSE):
        return _flowing_share(left) >= FLOWING and _flowing_share(right) >= FLOWING
    prose, other = (left, right) if _prose_share(left) >= PROSE else (right, left)
    return _flowing_share(prose) >= FLOWING and _is_table(other)


def _tears_rows(beside: Sequence[tuple[Row, Row]]) -> bool:
    """Whether figures would come apart from their labels."""
    width = _width([row for row, _ in beside if row])
    torn = sum(
        bool(left and right)
        and all(map(_is_figure, right))
        and not any(map(str.isdigit, left[-1].text))
        and (_is_figure(left[-1]) or not _is_prose(left, width))
        for left, right in beside
    )
    return torn > TORN


def _is_figure(word: Word) -> bool:
    return not any(map(str.isalpha, word.text))


def _are_labels(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether one side stands here and there beside the lines of the other: terms, headings."""
    fewer, more = sorted((left, right), key=len)
    top, bottom = fewer[0][0].top, fewer[-1][0].bottom
    beside = sum(row[0].bottom > top and row[0].top < bottom for row in more)
    return len(fewer) < SPARSE * beside


def _prose_share(side: Sequence[Row]) -> float:
    """The share of lines that fill their column with words."""
    width = _width(side)
    return sum(_is_prose(row, width) for row in side) / len(side)


def _width(side: Sequence[Row]) -> float:
    rights = sorted(row[-1].right for row in side)
    return rights[int(FULL * (len(rights) - 1))] - min(row[0].left for row in side)


def _is_prose(row: Row, width: float) -> bool:
    needed = WORDS if width > NARROW * row[0].size else NARROW_WORDS
    if len(row) < needed or row[-1].right - row[0].left < FILL * width:
        return False
    text = "".join([word.text for word in row])
    return sum(map(str.isalpha, text)) >= LETTERS * len(text)


def _flowing_share(side: Sequence[Row]) -> float:
    begins = [row[0].text[0] for row in side]
    return sum(first.isalpha() and not first.isupper() for first in begins) / len(side)


def _is_table(side: Sequence[Row]) -> bool:
    """Whether many lines have a label and a figure, and hardly any a figure without label."""
    figures = [row for row in side if any(map(str.isdigit, row[-1].text))]
    rows = sum(len(row) > 1 and row[0].text[0].isalpha() for row in figures)
    bare = sum(all(map(_is_figure, row)) for row in figures)
    return rows >= max(TABLE_ROWS, TABLE * len(side)) and bare <= TORN
