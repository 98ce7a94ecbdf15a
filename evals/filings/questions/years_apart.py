"""From the oldest column of one annual report to the latest of the next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evals.examples import Category, KeyFact
from evals.filings.questions import items
from evals.filings.questions.amounts import dollars, percent
from evals.filings.questions.citing import pieces_of
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Joint, calculation, joined, searches
from evals.filings.questions.items import Item
from evals.filings.questions.question import ARITHMETIC, COMPARISON, Question
from evals.filings.report import long_date
from evals.filings.tables import Figure

YEARS = 3
GROWN = (items.REVENUE, items.SELLING, items.OPERATING_CASH)
SUMMED = (items.CAPEX, items.DIVIDENDS)
HELD = (items.CASH_HELD, items.PROPERTY)
EMPLOYED = r"employed ([\d,]+) people"


@dataclass(frozen=True)
class Spanning:
    slug: str
    question: str
    figures: Sequence[Figure]
    """The first is the earlier report's, the others are the later one's."""
    expression: str
    wrong: Sequence[str]


def years_apart(early: Desk, late: Desk) -> Iterator[Question]:
    yield from (_growth(early, late, item) for item in GROWN)
    yield _compound_growth(early, late, items.REVENUE)
    yield from (_total(early, late, item) for item in SUMMED)
    yield from (_change(early, late, item) for item in HELD)
    yield _employees(early, late)


def _id(early: Desk, slug: str) -> str:
    return f"{early.company.code.lower()}.{Category.MULTI_DOCUMENT}.{slug}"


def _ends(early: Desk, late: Desk, item: Item) -> tuple[Figure, Figure]:
    return early.row(item)[-1], late.row(item)[0]


def _growth(early: Desk, late: Desk, item: Item) -> Question:
    first, last = _ends(early, late, item)
    before, now = first.value, last.value
    answer = percent((now - before) / before * 100)
    spanning = Spanning(
        f"{item.slug}_growth_{first.period[2:]}_{late.year}",
        f"By what percentage did {early.name}'s {item.words} grow from {first.period} to "
        f"{last.period}? One decimal.",
        (first, last),
        f"growth({before}, {now})",
        [percent((now - before) / now * 100)],
    )
    return _spanning(early, late, answer, spanning)


def _compound_growth(early: Desk, late: Desk, item: Item) -> Question:
    first, last = _ends(early, late, item)
    whole = last.value / first.value
    yearly = whole ** (Decimal(1) / YEARS) - 1
    spanning = Spanning(
        f"{item.slug}_cagr_{first.period[2:]}_{late.year}",
        f"What compound annual growth rate did {early.name}'s {item.words} show over the three "
        f"years from {first.period} to {last.period}, in percent to one decimal?",
        (first, last),
        f"cagr({first.value}, {last.value}, {YEARS})",
        [percent((whole - 1) * 100), percent((whole - 1) * 100 / YEARS)],
    )
    return _spanning(early, late, percent(yearly * 100), spanning)


def _change(early: Desk, late: Desk, item: Item) -> Question:
    first, last = _ends(early, late, item)
    scale = early.company.scale
    when = [each.words(figure) for each, figure in ((early, first), (late, last))]
    spanning = Spanning(
        f"{item.slug}_change",
        f"How much more {item.words} did {early.name} have {when[1]} than {when[0]}, {early.unit}? "
        "A decrease is negative.",
        (first, last),
        f"change({first.value}, {last.value})",
        [dollars(first.value - last.value, scale)],
    )
    return _spanning(early, late, dollars(last.value - first.value, scale), spanning)


def _total(early: Desk, late: Desk, item: Item) -> Question:
    """Four years, of which each report has three."""
    first, row = early.row(item)[-1], late.row(item)[::-1]
    amounts = [item.amount(each) for each in (first, *row)]
    scale = early.company.scale
    spanning = Spanning(
        f"{item.slug}_total_{first.period[2:]}_{late.year}",
        f"Add up {early.name}'s {item.words} of the four years {first.period} to FY{late.year}, "
        f"{early.unit}.",
        (first, *row),
        f"sum({', '.join(map(str, amounts))})",
        [dollars(sum(amounts[2:], amounts[1]), scale)],
    )
    return _spanning(early, late, dollars(sum(amounts[1:], amounts[0]), scale), spanning)


def _spanning(early: Desk, late: Desk, answer: str, asked: Spanning) -> Question:
    years = re.findall(r"\d{4}", asked.question)
    figures = asked.figures
    joint = Joint(
        _id(early, asked.slug),
        Category.MULTI_DOCUMENT,
        asked.question,
        [(early, figures[:1]), (late, figures[1:])],
        [f"{early.company.short} {year}" for year in sorted({min(years), max(years)})],
        "; ".join(f"{f.row_label} {f.period} = {f.printed}" for f in figures),
        asked.wrong,
    )
    fact = KeyFact(f"{early.name}, {asked.slug.replace('_', ' ')}: {answer}", (answer,))
    return joined(joint, answer, [fact], [asked.expression])


def _employees(early: Desk, late: Desk) -> Question:
    said = [desk.sheet.find(EMPLOYED) for desk in (early, late)]
    before, now = (int(each.match.group(1).replace(",", "")) for each in said if each)
    pieces = [p for d, s in zip((early, late), said, strict=True) if s for p in pieces_of(d, s)]
    answer = f"{abs(now - before):,}"
    return Question(
        _id(early, "employees_change"),
        Category.MULTI_DOCUMENT,
        f"By how many people did {early.name}'s workforce {'grow' if now > before else 'shrink'} "
        f"between {long_date(early.report.end)} and {long_date(late.report.end)}?",
        answer,
        (early.report, late.report),
        tuple(pieces),
        (KeyFact(f"{before:,} and {now:,} people: a difference of {answer}", (answer,)),),
        (),
        (
            *searches(*(f"{d.company.short} {d.report.end.year}" for d in (early, late))),
            calculation(f"abs({now} - {before})"),
        ),
        f"{ARITHMETIC}. {COMPARISON}",
    )
