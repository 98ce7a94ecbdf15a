"""Two companies side by side, each by its own filing of that year and quarter."""

from collections.abc import Iterator

from evals.examples import Category, KeyFact
from evals.filings.questions import items
from evals.filings.questions.amounts import SIZES, money, written
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Joint, joined
from evals.filings.questions.items import Item
from evals.filings.questions.question import Question
from evals.filings.questions.ratios import RATIOS, Ratio

COMPARED = ("gross_margin", "operating_margin", "debt_to_equity")
SET_SIDE_BY_SIDE = (items.CASH_HELD, items.OPERATING_CASH)


def compared(one: Desk, other: Desk) -> Iterator[Question]:
    for ratio in RATIOS:
        if ratio.slug in COMPARED:
            yield _higher(one, other, ratio)
    yield from (_both(one, other, item) for item in SET_SIDE_BY_SIDE)
    yield _combined(one, other, items.CAPEX)


def _id(one: Desk, other: Desk, slug: str) -> str:
    codes = f"{one.company.code}_{other.company.code}".lower()
    return f"{codes}.{Category.MULTI_DOCUMENT}.{slug}_{one.report.period.lower()}"


def _names(one: Desk, other: Desk) -> str:
    return f"{one.name} and {other.name}"


def _filings(one: Desk, other: Desk) -> str:
    if one.is_annual:
        return f"by their FY{one.year} 10-Ks as filed"
    return f"by their 10-Qs for the six months ended {one.day} and {other.day}"


def _words(one: Desk, other: Desk) -> list[str]:
    return [
        f"{each.company.short} {each.year if each.is_annual else each.report.end.year}"
        for each in (one, other)
    ]


def _higher(one: Desk, other: Desk, ratio: Ratio) -> Question:
    sides = (one, other)
    amounts = [[desk.value(item) for item in ratio.items] for desk in sides]
    told = [ratio.answer(a, d.company.scale) for a, d in zip(amounts, sides, strict=True)]
    first = ratio.of(*amounts[0]) > ratio.of(*amounts[1])
    winner = one if first else other
    high, low = told if first else told[::-1]
    precision = "two decimals" if ratio.shown == "times" else "one decimal"
    return joined(
        Joint(
            _id(one, other, f"higher_{ratio.slug}"),
            Category.MULTI_DOCUMENT,
            (
                f"Which had the higher {ratio.slug.replace('_', ' ')} ({ratio.how}), {one.name} or "
                f"{other.name}, {_filings(one, other)}? Give both to {precision}."
            ),
            [(desk, [desk.figure(item) for item in ratio.items]) for desk in sides],
            _words(one, other),
            how=ratio.how,
        ),
        f"{winner.name}: {high}, against {low}.",
        [KeyFact(f"{desk.name}: {each}", (each,)) for desk, each in zip(sides, told, strict=True)],
        expressions=[ratio.expression.format(*each) for each in amounts],
    )


def _both(one: Desk, other: Desk, item: Item) -> Question:
    figures = [desk.figure(item) for desk in (one, other)]
    told = [written(each, outflow=item.outflow) for each in figures]
    return joined(
        Joint(
            _id(one, other, f"both_{item.slug}"),
            Category.MULTI_DOCUMENT,
            (
                f"Set {_names(one, other)} side by side: what {item.words} did each report, "
                f"{_filings(one, other)}, {one.unit}?"
            ),
            [(desk, [figure]) for desk, figure in zip((one, other), figures, strict=True)],
            _words(one, other),
        ),
        f"{one.name}: {told[0]}; {other.name}: {told[1]}.",
        [
            KeyFact(f"{desk.name}, {item.words}: {each}", (each,))
            for desk, each in zip((one, other), told, strict=True)
        ],
    )


def _combined(one: Desk, other: Desk, item: Item) -> Question:
    """In millions, since their scales may differ."""
    sizes = [SIZES[desk.company.scale] / SIZES["millions"] for desk in (one, other)]
    shares = [d.value(item) * size for d, size in zip((one, other), sizes, strict=True)]
    places = 2
    total = money(sum(shares[1:], shares[0]) * SIZES["millions"], "millions", places)
    terms = [
        f"{desk.value(item)} / 1000" if desk.company.scale == "thousands" else f"{desk.value(item)}"
        for desk in (one, other)
    ]
    return joined(
        Joint(
            _id(one, other, f"combined_{item.slug}"),
            Category.MULTI_DOCUMENT,
            (
                f"What did {_names(one, other)} spend together on {item.words}, "
                f"{_filings(one, other)}? In USD millions, to two decimals."
            ),
            [(desk, [desk.figure(item)]) for desk in (one, other)],
            _words(one, other),
            how="sum of both",
        ),
        total,
        [KeyFact(f"{item.words} of both: {total}", (total,))],
        expressions=[" + ".join(terms)],
    )
