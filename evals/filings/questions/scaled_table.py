"""The scale stands in the table's caption alone, and is asked for in another."""

from collections.abc import Iterator
from typing import NamedTuple

from evals.examples import Category
from evals.filings.questions import items
from evals.filings.questions.amounts import SIZES, MoneyScale, money
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Asked, looked_up, phrased
from evals.filings.questions.items import Item
from evals.filings.questions.question import Question


class Wanted(NamedTuple):
    scale: MoneyScale
    places: int
    words: str


DOLLARS = Wanted("USD", 0, "in full US dollars, all digits written out")
THOUSANDS = Wanted("thousands", 0, "in thousands of US dollars")
MILLIONS = Wanted("millions", 1, "in millions of US dollars, to one decimal")
BILLIONS = Wanted("billions", 3, "in billions of US dollars, to three decimals")
OTHERS = {
    "thousands": (DOLLARS, MILLIONS, BILLIONS),
    "millions": (DOLLARS, THOUSANDS, BILLIONS),
}
"""The scales that the caption doesn't name."""
ITEMS = (
    items.COST, items.RECEIVABLES, items.CURRENT_ASSETS, items.PROPERTY, items.CURRENT_LIABILITIES,
    items.LIABILITIES,
)  # fmt: skip
WORDINGS = (
    "{name}, {when}{version}: give {words} {scale}.",
    "Express {name}'s {words} {when}{version}, {scale}.",
    "What did {name} report as {words} {when}{version}, {scale}?",
)


def scaled_table(desk: Desk) -> Iterator[Question]:
    scales = OTHERS[desk.company.scale]
    for at, item in enumerate(ITEMS):
        yield _asked(desk, item, scales[at % len(scales)])


def _asked(desk: Desk, item: Item, wanted: Wanted) -> Question:
    figure = desk.figure(item)
    size = SIZES[figure.scale]
    row = desk.row(item)
    question = phrased(WORDINGS, f"{desk.slug}.{item.slug}.{wanted.scale}").format(
        name=desk.name,
        words=item.words,
        when=desk.words(figure),
        version=desk.version([figure]),
        scale=wanted.words,
    )
    return looked_up(
        Asked(
            desk,
            Category.SCALED_TABLE,
            f"{item.slug}_in_{wanted.scale.lower()}",
            question,
            wrong=[money(item.amount(each) * size, wanted.scale, wanted.places) for each in row],
        ),
        item,
        answer=money(item.amount(figure) * size, wanted.scale, wanted.places),
    )
