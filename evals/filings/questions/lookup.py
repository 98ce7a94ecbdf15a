"""One figure of a statement, or one thing that a paragraph tells."""

from collections.abc import Iterator, Sequence

from evals.examples import Category
from evals.filings.questions import items
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Asked, item_question, looked_up, told
from evals.filings.questions.question import Question
from evals.filings.questions.reasons import explained

ITEMS = (
    items.REVENUE, items.SELLING, items.INTEREST, items.DILUTED_EPS, items.CASH_HELD,
    items.ASSETS, items.EQUITY, items.OPERATING_CASH, items.DIVIDENDS, items.RESEARCH,
)  # fmt: skip
WORDINGS = (
    "What did {name} report as {words} {when}{version}{unit}?",
    "What amount of {words} did {name} report {when}{version}{unit}?",
    "State {name}'s {words} {when}{version}{unit}.",
)
FACTS: dict[str, tuple[str, str]] = {
    "employees": ("How many people did {name} employ at {day}?", r"employed ([\d,]+) people"),
    "auditor": (
        "Which firm audited the statements in {name}'s {filing}?",
        r"(Ashgrove & Penhallow LLP)",
    ),
    "symbol": (
        "Under which symbol does {name}'s common stock trade, according to its {filing}?",
        r"under the symbol (\w+)",
    ),
    "shares": (
        (
            "How many shares of common stock did {name} have outstanding, according to the cover "
            "of its {filing}?"
        ),
        r"had ([\d,]+) shares of common stock",
    ),
}


def lookup(desk: Desk) -> Iterator[Question]:
    capex = items.CAPEX
    yield looked_up(
        Asked(
            desk,
            Category.LOOKUP,
            capex.slug,
            (
                f"How much did {desk.name} spend on capital expenditures in {desk.when}? Answer "
                f"{desk.unit}, using the cash flow statement."
            ),
        ),
        capex,
    )
    yield from (
        item_question(desk, Category.LOOKUP, item, WORDINGS) for item in ITEMS if desk.has(item)
    )
    yield from explained(desk)
    yield from _facts(desk)
    if not desk.is_annual:
        yield _quarterly_net_income(desk)


def _facts(desk: Desk) -> Iterator[Question]:
    for slug, (wording, pattern) in FACTS.items():
        if saying := desk.sheet.find(pattern):
            asked = wording.format(name=desk.name, day=desk.day, filing=desk.filing)
            wrong = _neighbours(desk, pattern)
            yield told(Asked(desk, Category.LOOKUP, slug, asked, wrong=wrong), saying)


def _neighbours(desk: Desk, pattern: str) -> Sequence[str]:
    """What the company's other filings say instead."""
    found = (sheet.find(pattern) for sheet in desk.siblings)
    return [saying.match.group(1) for saying in found if saying]


def _quarterly_net_income(desk: Desk) -> Question:
    return looked_up(
        Asked(
            desk,
            Category.LOOKUP,
            "net_income_of_the_quarter",
            (
                f"What net income or loss did {desk.name} report for the three months ended "
                f"{desk.day}, {desk.unit}?"
            ),
        ),
        items.NET_INCOME,
        figure=desk.quarter_row(items.NET_INCOME)[0],
    )
