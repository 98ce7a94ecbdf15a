"""Tells a column of percentages from the amounts beside it that share its header."""

import re
from collections.abc import Sequence

from knowledge.pdf.tables.columns import FigureColumn, column_at
from knowledge.pdf.tables.labels import LabelledRow

_COUNTED = re.compile(
    r"qty\.?|quantity|hours|menge|anzahl|quantit\xe9|qt\xe9|cantidad", re.IGNORECASE
)


def told_apart(
    rows: Sequence[LabelledRow],
    columns: Sequence[FigureColumn],
    headers: Sequence[str],
    percents: Sequence[bool],
) -> list[bool]:
    """Which columns hold percentages, where a sign is printed in a column's first row only.

    Below "2023", "$1,975  30%" are followed by "4,514  70": of columns with one header, that whose
    first figure is a percentage holds percentages.
    """
    if any(map(_COUNTED.fullmatch, headers)):
        # Of an invoice, a rate is the price of an hour.
        percents = [
            percent and "%" in header for percent, header in zip(percents, headers, strict=True)
        ]
    if len(set(headers)) == len(headers):
        return list(percents)
    firsts: dict[int, str | None] = {}
    for row in rows:
        for cell in row.cells:
            if cell.figure is not None and not cell.figure.is_nil:
                firsts.setdefault(column_at(cell, columns), cell.figure.unit)
    others = {header for at, header in enumerate(headers) if firsts.get(at) != "percent"}
    return [
        percent or (header in others and firsts.get(at) == "percent")
        for at, (header, percent) in enumerate(zip(headers, percents, strict=True))
    ]
