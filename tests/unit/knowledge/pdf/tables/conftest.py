"""Tables drawn like those of reports: labels at the left, figures flush right below headers."""

from datetime import date

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

LABELS = 60


def row(down, label, *cells, columns, indent=0):
    """What to draw for one line: a label, and a text that ends at each column or None."""
    placed = [(LABELS + indent, down, label)] if label else []
    for right, text in zip(columns, cells, strict=True):
        if text is not None:
            placed.append((right - stringWidth(text, "Helvetica", 10), down, text))
    return placed


def lines(*rows, columns, top=100):
    """Rows of (label, text ...) from the top down, 13 points apart."""
    return [
        text
        for at, (label, *cells) in enumerate(rows)
        for text in row(top + 13 * at, label, *cells, columns=columns)
    ]


@pytest.fixture
def table_of(pages_of, draw):
    """Reads the first table below some titles; `page` says on which page it is looked for."""

    def table_of(*rows, columns, titles=(), cover=(), font="Helvetica"):
        heads = [(LABELS, 50 + 13 * at, title) for at, title in enumerate(titles)]
        drawn = [*heads, *lines(*rows, columns=columns)]
        first = [[(LABELS, 60 + 13 * at, text) for at, text in enumerate(cover)]] if cover else []
        pages = pages_of(draw(*first, drawn, font=font))
        return pages[-1].tables[0]

    return table_of


def days(cell):
    """A cell's first and last day as ISO dates."""
    return tuple(day.isoformat() if isinstance(day, date) else None for day in (cell.starts_on, cell.ends_on))
