"""Periods of one company side by side, in one filing."""

from collections.abc import Iterator

from evals.examples import Category, KeyFact
from evals.filings.questions import items
from evals.filings.questions.amounts import dollars, percent, points, written
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Asked, Joint, Work, computed, joined, phrased
from evals.filings.questions.items import Item
from evals.filings.questions.quarters import best_quarter, first_quarter
from evals.filings.questions.question import Question
from evals.filings.tables import Figure

YEARLY = (items.REVENUE, items.NET_INCOME, items.CAPEX)
CHANGED = (items.PROPERTY, items.EQUITY, items.ACCRUED, items.SELLING)
RISE_WORDINGS = (
    (
        "By how much did {name}'s {words} change from {before} to {now}{version}, {unit}? A "
        "decrease is negative."
    ),
    (
        "{name}: what was the change in {words} between {before} and {now}{version}, {unit}? Give "
        "a decrease a minus sign."
    ),
)


def multi_period(desk: Desk) -> Iterator[Question]:
    yield from (_change(desk, item) for item in CHANGED)
    if desk.is_annual:
        yield from (_each_year(desk, item) for item in YEARLY)
        yield from (_total(desk, item) for item in (items.DIVIDENDS, items.CAPEX))
        yield best_quarter(desk)
        yield _margin_change(desk)
    else:
        yield _cash_change(desk)
        yield from (first_quarter(desk, item) for item in (items.REVENUE, items.NET_INCOME))
        yield _margin_change(desk)


def _change(desk: Desk, item: Item) -> Question:
    figures = [desk.figure(item, back) for back in (0, 1)]
    now, before = (item.amount(each) for each in figures)
    scale = desk.company.scale
    question = phrased(RISE_WORDINGS, f"{desk.slug}.{item.slug}").format(
        name=desk.name,
        words=item.words,
        before=_bare(desk.words(figures[1])),
        now=_bare(desk.words(figures[0])),
        version=desk.version(figures),
        unit=desk.unit,
    )
    return computed(
        Asked(
            desk,
            Category.MULTI_PERIOD,
            f"{item.slug}_change",
            question,
            wrong=[dollars(before - now, scale)],
        ),
        dollars(now - before, scale),
        f"change of {item.words}",
        Work(figures, f"change({before}, {now})", "current - prior"),
    )


def _bare(when: str) -> str:
    """`FY2023` of `in FY2023`."""
    return when.partition(" ")[2]


def _each_year(desk: Desk, item: Item) -> Question:
    row = desk.row(item)[::-1]
    told = [(desk.words(each), written(each, outflow=item.outflow)) for each in row]
    question = (
        f"Set out {desk.name}'s {item.words} for each of FY{desk.year - 2}, FY{desk.year - 1} and "
        f"FY{desk.year}{desk.version(row)}, {desk.unit}."
    )
    return joined(
        Joint(
            f"{desk.slug}.{Category.MULTI_PERIOD}.{item.slug}_by_year",
            Category.MULTI_PERIOD,
            question,
            [(desk, row)],
            [desk.search_words(question)],
            wrong=[written(o, outflow=item.outflow) for f in row for o in desk.other_versions(f)],
        ),
        "; ".join(f"{_bare(when)}: {amount}" for when, amount in told) + ".",
        [
            KeyFact(f"{desk.name}, {item.words} {when}: {amount}", (amount,))
            for when, amount in told
        ],
    )


def _total(desk: Desk, item: Item) -> Question:
    row = desk.row(item)
    amounts = [item.amount(each) for each in row]
    scale = desk.company.scale
    return computed(
        Asked(
            desk,
            Category.MULTI_PERIOD,
            f"{item.slug}_total",
            (
                f"Over the three fiscal years FY{desk.year - 2} to FY{desk.year}, what did "
                f"{desk.name}'s {item.words} add up to, {desk.unit}?"
            ),
            wrong=[dollars(amounts[0] + amounts[1], scale)],
        ),
        dollars(sum(amounts[1:], amounts[0]), scale),
        f"{item.words} of three years",
        Work(row, f"sum({', '.join(map(str, amounts))})", "sum of the three years"),
    )


def _margin_change(desk: Desk) -> Question:
    profit, revenue = desk.row(items.GROSS_PROFIT), desk.row(items.REVENUE)
    figures: list[Figure] = [profit[0], revenue[0], profit[1], revenue[1]]
    now, before = (profit[at].value / revenue[at].value * 100 for at in (0, 1))
    return computed(
        Asked(
            desk,
            Category.MULTI_PERIOD,
            "gross_margin_change",
            (
                f"By how many percentage points did {desk.name}'s gross margin move in {desk.when} "
                f"from the comparable prior period{desk.version(figures)}? One decimal, computed "
                "from the unrounded margins; a decline is negative."
            ),
            wrong=[points(before - now), percent((now - before) / before * 100)],
        ),
        points(now - before),
        "change of the gross margin in percentage points",
        Work(
            figures,
            "margin({}, {}) - margin({}, {})".format(*(f.value for f in figures)),
            "current gross margin - prior gross margin",
        ),
    )


def _cash_change(desk: Desk) -> Question:
    figures = [desk.figure(items.CASH_HELD, back) for back in (0, 1)]
    now, before = (each.value for each in figures)
    scale = desk.company.scale
    return computed(
        Asked(
            desk,
            Category.MULTI_PERIOD,
            "cash_change",
            (
                f"By how much did {desk.name}'s cash and cash equivalents change between its last "
                f"fiscal year end and {desk.day}, {desk.unit}?"
            ),
            wrong=[dollars(before - now, scale)],
        ),
        dollars(now - before, scale),
        "change of cash and cash equivalents",
        Work(figures, f"change({before}, {now})", "cash at the end - cash at the start"),
    )
