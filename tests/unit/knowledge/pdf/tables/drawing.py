"""Where to draw tables like those of reports: labels at the left, figures flush right."""

from collections.abc import Iterator, Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

LABELS = 60
LINE = 13

Texts = list[tuple[float, float, str]]


def lines(
    *rows: Sequence[str | None], columns: Sequence[float], top: float = 100, font: str = "Helvetica"
) -> Texts:
    """Rows of a label and a text that ends at each column, or None, from the top down."""
    return [
        text for at, row in enumerate(rows) for text in _line(row, columns, top + LINE * at, font)
    ]


def _line(
    row: Sequence[str | None], columns: Sequence[float], down: float, font: str
) -> Iterator[tuple[float, float, str]]:
    label, *cells = row
    if label:
        yield LABELS, down, label
    for right, text in zip(columns, cells, strict=True):
        if text:
            yield right - stringWidth(text, font, 10), down, text


def titles(*texts: str, top: float = 50) -> Texts:
    """Lines at the labels' edge, from the top down."""
    return [(LABELS, top + LINE * at, text) for at, text in enumerate(texts)]
