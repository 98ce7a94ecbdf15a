"""Invented figures in bulk, as many a filing as an annual report's tables hold, and as alike."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bench.invented import VOCABULARY
from storage.figures.figure import Basis, Figure, FigureBox

FIGURES_A_FILING, COLUMNS, ROWS_A_TABLE, TABLES_A_PAGE = 1250, 2, 25, 1
CONCEPTS = tuple(f"Concept{number}" for number in range(150))
"""Of the rows that have one, a fifth, each filing holds each of these once or twice."""
SHARE_WITH_CONCEPT = 0.2
LABEL_WORDS, GROUP_WORDS = 4, 2
COMMON = ("million", "decemb", "consolid", "statement")
"""Words of captions, which nearly every figure has."""
LABELS = VOCABULARY[20:2020]


def figures_of_a_filing(seed: int) -> Iterator[Figure]:
    """Same seed, same figures."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    for row in range(FIGURES_A_FILING // COLUMNS):
        label, group = _words(chance, LABEL_WORDS), _words(chance, GROUP_WORDS)
        concept = chance.choice(CONCEPTS) if chance.random() < SHARE_WITH_CONCEPT else None
        for cell in range(COLUMNS):
            yield _figure(chance, row, cell, label, group, concept)


def _words(chance: random.Random, count: int) -> list[str]:
    """The first of `LABELS` are the most frequent."""
    return [str(LABELS[int(len(LABELS) * chance.random() ** 3)]) for _ in range(count)]


def _figure(  # noqa: PLR0913, PLR0917  # what differs
    chance: random.Random,
    row: int,
    cell: int,
    label: list[str],
    group: list[str],
    concept: str | None,
) -> Figure:
    table, year = row // ROWS_A_TABLE, 2024 - cell
    value = Decimal(chance.randrange(100, 99_999))
    return Figure(
        page=1 + table // TABLES_A_PAGE,
        table=table % TABLES_A_PAGE,
        row=row % ROWS_A_TABLE,
        cell=cell,
        label=" ".join(label),
        groups=(" ".join(group),),
        column=f"Year ended December 31, {year}",
        caption="Consolidated Statements (in millions)",
        section="Item 8. Financial Statements > Notes",
        statement="income_statement" if table == 0 else None,
        concept=concept,
        basis=Basis.GROUP,
        is_adjusted=False,
        version=None,
        is_total=row % ROWS_A_TABLE == ROWS_A_TABLE - 1,
        period=f"FY{year}",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        value=value,
        text=f"{value:,}",
        unit="USD",
        scale=10**6,
        start=row * 80 + cell * 10,
        end=row * 80 + cell * 10 + 6,
        box=FigureBox(300.0 + 80 * cell, 100.0 + row, 350.0 + 80 * cell, 110.0 + row),
        doubts=(),
        words=tuple(dict.fromkeys([*label, *group, str(year), *COMMON])),
    )
