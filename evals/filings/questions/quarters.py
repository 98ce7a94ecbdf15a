"""Quarters: which of a year's was best, and the one that only a difference tells."""

from evals.examples import Category, KeyFact
from evals.filings.questions.amounts import dollars, written
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Asked, Joint, Work, computed, joined
from evals.filings.questions.items import Item
from evals.filings.questions.question import Question
from evals.filings.tables import Figure

QUARTERLY_REVENUE = Item("quarterly_revenue", "Quarterly Results", "Quarterly net revenue",
                         "net revenue")  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth")


def best_quarter(desk: Desk) -> Question:
    row = desk.row(QUARTERLY_REVENUE)
    best = max(row, key=lambda figure: figure.value)
    amount, quarter = written(best), int(best.period[1])
    ways = (f"Quarter {quarter}", f"{ORDINALS[quarter - 1]} quarter", f"Q{quarter}")
    question = (
        f"In which quarter of FY{desk.year} was {desk.name}'s net revenue highest, and how high "
        f"was it, {desk.unit}? Use the quarterly table of its {desk.filing}."
    )
    return joined(
        Joint(
            f"{desk.slug}.{Category.MULTI_PERIOD}.best_quarter",
            Category.MULTI_PERIOD,
            question,
            [(desk, row)],
            [desk.search_words(question)],
        ),
        f"The {ORDINALS[quarter - 1]} quarter (Quarter {quarter}), with {amount}.",
        [
            KeyFact(f"Revenue was highest in quarter {quarter}", ways),
            KeyFact(f"Net revenue of that quarter was {amount}", (amount,)),
        ],
    )


def first_quarter(desk: Desk, item: Item) -> Question:
    half, quarter = desk.figure(item), desk.quarter_row(item)[0]
    scale = desk.company.scale
    return computed(
        Asked(
            desk,
            Category.MULTI_PERIOD,
            f"{item.slug}_first_quarter",
            (
                f"The 10-Q shows three and six months ended {desk.day}. What was {desk.name}'s "
                f"{item.words} in the three months before those, {desk.unit}?"
            ),
        ),
        dollars(half.value - quarter.value, scale),
        f"{item.words} of the first quarter",
        Work([half, quarter], f"{half.value} - {_grouped(quarter)}", "six months - three months"),
    )


def _grouped(figure: Figure) -> str:
    return f"({figure.value})" if figure.value < 0 else str(figure.value)
