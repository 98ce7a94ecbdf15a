"""No company or no span is named: a right answer tells the readings apart."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evals.examples import Category, KeyFact
from evals.filings.questions import items
from evals.filings.questions.amounts import in_prose, written
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Joint, joined
from evals.filings.questions.items import Item
from evals.filings.questions.question import Question
from evals.filings.tables import Figure


class Vague(NamedTuple):
    slug: str
    question: str
    item: Item
    fiscal_year: int


OF_A_YEAR = (
    Vague("net_revenue_2022", "What was net revenue in 2022?", items.REVENUE, 2022),
    Vague("net_revenue_2023", "How high was net revenue in fiscal 2023?", items.REVENUE, 2023),
    Vague("capital_expenditures_2023", "How much was spent on capital expenditures in 2023?",
          items.CAPEX, 2023),
    Vague("dividends_2022", "What did the company pay in dividends in 2022?",
          items.DIVIDENDS, 2022),
    Vague("interest_expense_2023", "How high was interest expense in FY2023?",
          items.INTEREST, 2023),
    Vague("cash_2022", "How much cash was there at the end of fiscal 2022?",
          items.CASH_HELD, 2022),
    Vague("diluted_eps_2023", "What were diluted earnings per share in 2023?",
          items.DILUTED_EPS, 2023),
)  # fmt: skip
"""Of companies with an annual report for it; none is named."""
OF_A_SPAN = (
    (items.REVENUE, "What was {name}'s net revenue for the period ended {day}?"),
    (items.RESEARCH, "How much does {name}'s 10-Q for {day} show for research and development?"),
    (items.OPERATING_INCOME, "What operating income or loss does {name}'s 10-Q for {day} show?"),
)  # fmt: skip
"""Three months or six are meant."""


def ambiguous(desks: Sequence[Desk]) -> Iterator[Question]:
    for asked in OF_A_YEAR:
        meant = [d for d in desks if d.is_annual and d.year == asked.fiscal_year]
        if len(meant) > 1:
            yield _of_a_year(meant, asked)
    for desk in desks:
        if not desk.is_annual:
            for item, wording in OF_A_SPAN:
                yield _of_a_span(desk, item, wording.format(name=desk.name, day=desk.day))
    quarterly = [desk for desk in desks if not desk.is_annual]
    if len(quarterly) > 1:
        yield _second_quarter(quarterly)


def _of_a_year(meant: Sequence[Desk], asked: Vague) -> Question:
    readings = [(desk, desk.figure(asked.item)) for desk in meant]
    return _question("any_company", asked.slug, asked.question, asked.item, readings)


def _second_quarter(quarterly: Sequence[Desk]) -> Question:
    """Fiscal quarters of that name end in different halves of a year."""
    readings = [(desk, desk.quarter_row(items.NET_INCOME)[0]) for desk in quarterly]
    question = "What net income or loss was reported for the second quarter of fiscal 2024?"
    return _question(
        "any_company", "net_income_second_quarter_2024", question, items.NET_INCOME, readings
    )


def _of_a_span(desk: Desk, item: Item, question: str) -> Question:
    readings = [(desk, desk.quarter_row(item)[0]), (desk, desk.figure(item))]
    return _question(desk.slug, item.slug, question, item, readings)


def _question(
    of: str, slug: str, question: str, item: Item, readings: Sequence[tuple[Desk, Figure]]
) -> Question:
    facts = [_reading(desk, item, figure) for desk, figure in readings]
    parts: dict[str, tuple[Desk, list[Figure]]] = {}
    for desk, figure in readings:
        parts.setdefault(desk.slug, (desk, []))[1].append(figure)
    words = [desk.search_words(question) for desk, _ in readings]
    return joined(
        Joint(
            f"{of}.{Category.AMBIGUOUS}.{slug}",
            Category.AMBIGUOUS,
            question,
            [*parts.values()],
            words,
        ),
        "It depends on what is meant. " + " ".join(f"{fact.fact}." for fact in facts),
        facts,
    )


def _reading(desk: Desk, item: Item, figure: Figure) -> KeyFact:
    """Either version of a restated figure, as precise as it is printed or as prose rounds it."""
    versions = [figure, *desk.other_versions(figure)]
    exact = [written(each, outflow=item.outflow) for each in versions]
    rounded = [in_prose(each, outflow=item.outflow) for each in versions]
    ways = tuple(dict.fromkeys((*exact, *rounded)))
    return KeyFact(f"{desk.name}, {item.words} {desk.words(figure)}: {ways[0]}", ways)
