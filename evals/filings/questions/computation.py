"""Arithmetic on one filing: margins, ratios, growth, a segment's share."""

from collections.abc import Iterator
from decimal import Decimal

from evals.examples import Category, KeyFact
from evals.filings.questions import items
from evals.filings.questions.amounts import percent
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Asked, Joint, Work, computed, joined, phrased
from evals.filings.questions.items import Item
from evals.filings.questions.question import Question
from evals.filings.questions.ratios import RATIOS, Ratio
from evals.filings.questions.yearly_ratios import YEARLY_RATIOS

HUNDRED = Decimal(100)
YEARS_OF_CAGR = 2
NUMERATOR_AND_DENOMINATOR = 2
CAGR_ITEMS = (items.REVENUE, items.CAPEX)


def computation(desk: Desk) -> Iterator[Question]:
    ratios = (*RATIOS, *YEARLY_RATIOS) if desk.is_annual else RATIOS
    yield from (_ratio(desk, each) for each in ratios if all(desk.has(i) for i in each.items))
    yield _growth(desk, items.REVENUE)
    yield _growth(desk, items.SELLING)
    if desk.is_annual:
        yield from (_compound_growth(desk, item) for item in CAGR_ITEMS)
    if not desk.report.restates:
        yield _biggest_segment(desk)


def _ratio(desk: Desk, ratio: Ratio) -> Question:
    figures = [desk.figure(item) for item in ratio.items]
    amounts = [desk.value(item) for item in ratio.items]
    answer = ratio.answer(amounts, desk.company.scale)
    question = phrased(ratio.wordings, f"{desk.slug}.{ratio.slug}").format(
        name=desk.name,
        when=desk.when,
        day=desk.day,
        version=desk.version(figures),
        unit=desk.unit,
    )
    return computed(
        Asked(desk, Category.COMPUTATION, ratio.slug, question, wrong=[*_wrong(desk, ratio)]),
        answer,
        f"{ratio.how}, {desk.when}",
        Work(figures, ratio.expression.format(*amounts), ratio.how),
    )


def _wrong(desk: Desk, ratio: Ratio) -> Iterator[str]:
    """The period before, and a fraction upside down."""
    scale = desk.company.scale
    if all(desk.has(item, 1) for item in ratio.items):
        yield ratio.answer([desk.value(item, 1) for item in ratio.items], scale)
    if ratio.shown == "times" and len(ratio.items) == NUMERATOR_AND_DENOMINATOR:
        yield ratio.answer([desk.value(item) for item in reversed(ratio.items)], scale)


def _growth(desk: Desk, item: Item) -> Question:
    now, before = desk.value(item), desk.value(item, 1)
    figures = [desk.figure(item), desk.figure(item, 1)]
    return computed(
        Asked(
            desk,
            Category.COMPUTATION,
            f"{item.slug}_growth",
            (
                f"By what percentage did {desk.name}'s {item.words} grow in {desk.when} over the "
                f"comparable prior period{desk.version(figures)}? Round to one decimal."
            ),
            wrong=[
                percent((now - before) / now * HUNDRED),
                percent((before - now) / before * HUNDRED),
            ],
        ),
        percent((now - before) / before * HUNDRED),
        f"growth of {item.words} in {desk.when}",
        Work(figures, f"growth({before}, {now})", "(current - prior) / prior"),
    )


def _compound_growth(desk: Desk, item: Item) -> Question:
    now, first = desk.value(item), desk.value(item, YEARS_OF_CAGR)
    figures = [desk.figure(item), desk.figure(item, YEARS_OF_CAGR)]
    whole = now / first - 1
    return computed(
        Asked(
            desk,
            Category.COMPUTATION,
            f"{item.slug}_cagr",
            (
                f"What was the two-year compound annual growth rate of {desk.name}'s {item.words} "
                f"from FY{desk.year - YEARS_OF_CAGR} to FY{desk.year}{desk.version(figures)}? "
                "Percent, one decimal."
            ),
            wrong=[percent(whole * HUNDRED), percent(whole * HUNDRED / YEARS_OF_CAGR)],
        ),
        percent(((now / first).sqrt() - 1) * HUNDRED),
        f"CAGR of {item.words} from FY{desk.year - YEARS_OF_CAGR} to FY{desk.year}",
        Work(figures, f"cagr({first}, {now}, {YEARS_OF_CAGR})", "(last / first) ** (1/2) - 1"),
    )


def _biggest_segment(desk: Desk) -> Question:
    table = "Segment Information"
    names = [segment.name for segment in desk.company.segments]
    sold = [desk.figure(Item(name, table, name, name)) for name in names]
    total = desk.figure(Item("total", table, "Total segment revenue", "total"))
    biggest = max(sold, key=lambda figure: figure.value)
    share = percent(biggest.value / total.value * HUNDRED)
    facts = (
        KeyFact(f"The biggest segment is {biggest.row_label}", (biggest.row_label,)),
        KeyFact(f"Its share of net revenue is {share}", (share,)),
    )
    question = (
        f"Which segment of {desk.name} brought in most revenue in {desk.when}, and what share of "
        f"the total was that{desk.version([*sold, total])}?"
    )
    return joined(
        Joint(
            f"{desk.slug}.{Category.COMPUTATION}.biggest_segment",
            Category.COMPUTATION,
            question,
            [(desk, [*sold, total])],
            [desk.search_words(question)],
            how=f"{biggest.printed} / {total.printed}",
        ),
        f"{biggest.row_label}, with {share} of net revenue.",
        facts,
        expressions=[f"percent({biggest.value}, {total.value})"],
    )
