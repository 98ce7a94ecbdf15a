"""What a question about several companies wants: a figure of each, or their sum."""

from collections.abc import Iterator, Sequence

from graphs.models.extractive.calculation import (
    MOST_CALCULATIONS,
    Calculation,
    Request,
    of_company,
)
from graphs.models.extractive.formulas import Formula, Need, Term
from graphs.models.extractive.periods import Period
from graphs.models.extractive.question import Question
from graphs.models.extractive.request import adds_up, formula_in, is_about_statements
from graphs.models.extractive.spelled import metrics_in

Pair = tuple[str, Period]
"""A company and a period of it."""


def read_comparison(question: Question, companies: Sequence[str], latest: int | None) -> Request:
    """`latest` is the year to take where the question names none."""
    text = question.lower
    pairs = list(_pairs(question, companies, latest))
    if not pairs or not is_about_statements(text, compares=True):
        return Request()
    formula, metrics = formula_in(text), metrics_in(text)
    alone = Formula(metrics[0].name, (Term(metrics[0]),)) if metrics else None
    if formula is None and alone and adds_up(text, alone):
        return Request((_sum(alone, pairs),))
    if formula:
        each = (_calculation(formula, company, period) for company, period in pairs)
        return Request(tuple(each)[:MOST_CALCULATIONS])
    return Request(
        lookups=tuple(Need(metrics[0], period, name) for name, period in pairs) if metrics else ()
    )


def _pairs(question: Question, companies: Sequence[str], latest: int | None) -> Iterator[Pair]:
    """As many dates as companies are theirs in order; any other period is everybody's."""
    if len(question.dates) == len(companies):
        yield from zip(companies, question.dates, strict=True)
        return
    periods = question.periods or ((Period(latest),) if latest else ())
    for period in reversed(periods):
        for company in companies:
            yield company, period


def _calculation(formula: Formula, company: str, period: Period) -> Calculation:
    template = of_company(company, formula.bind(period))
    return Calculation(formula.title, period.name, template, formula.kind, company)


def _sum(formula: Formula, pairs: Sequence[Pair]) -> Calculation:
    template: list[str | Need] = ["sum("]
    for at, (company, period) in enumerate(pairs):
        template += [", "] if at else []
        template += of_company(company, formula.bind(period))
    companies = " and ".join(dict.fromkeys(company for company, _ in pairs))
    periods = " and ".join(dict.fromkeys(period.name for _, period in pairs))
    title = f"Sum of {formula.title[0].lower()}{formula.title[1:]}"
    return Calculation(title, periods, (*template, ")"), formula.kind, companies)
