"""What a question wants done: figures to look up, expressions to compute, or passages to quote."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from graphs.models.extractive.formulas import (
    METRIC,
    METRIC_OF,
    Formula,
    Need,
    Template,
    Term,
    call,
    named_formula,
    parse_formula,
    spelled_formula,
)
from graphs.models.extractive.parts import is_part_of_company
from graphs.models.extractive.periods import Period
from graphs.models.extractive.question import Question
from knowledge.finance.metrics import DERIVED, DISCLOSED, Metric

MOST_CALCULATIONS = 4
_PROSE = re.compile(
    r"^(?:why|who|whom|describe|explain|list|summari[sz]e)\b|"
    r"\b(?:explains?|explained|led to|drove|caused|drivers?|because|and why|due to)\b|"
    r"\brestatement\b|"
    r"\bwhich\b|\breasons?\b|\bwhat are (?:the )?(?:major|main|primary|key)\b"
)
_PERCENT_OF = re.compile(
    r"as an? (?:%|percent|percentage) of|as % of|\b(?:percent|percentage|%|share) of\b"
)
_RATIO = re.compile(r"\bratio\b|\bdivided by\b|\bto\b.{0,40}\bratio\b")
_CAGR = re.compile(r"\bcagr\b|compound annual")
_MOVES = re.compile(
    r"\b(?:grow|grew|growth|increased?|decreased?|declined?|drop|dropped|fall|fell|rise|rose|"
    r"changed?|improv\w{1,6}|higher|lower|compared?|versus|vs)\b"
)
_TREND = re.compile(
    r"\b(?:consistent\w{0,2}|historical\w{0,2}|fluctuat\w{1,5}|trend\w{0,3}|over time)\b"
)
_ABSOLUTE = re.compile(
    r"\bdifference\b|\babsolute\b|\bby how much\b|\bin (?:dollars|usd)\b|\bdollar\b"
)
_LOOKS_UP = re.compile(
    r"\bwhat\b|\bhow (?:much|many|large|big|high)\b|"
    r"^(?:give|report|show|find|extract|state)\b|^(?:\S+ ?){1,8}$"
)
_SINCE_YEAR_END = re.compile(
    r"\b(?:last|previous|prior) (?:fiscal )?year[- ]?end|since year[- ]end"
)
_AVERAGE = re.compile(r"\b(?:average|mean)\b")


@dataclass(frozen=True)
class Calculation:
    """One call of the calculator, once its figures are known."""

    title: str
    period: str
    template: Template
    kind: str
    """percent, ratio or amount."""

    @property
    def needs(self) -> tuple[Need, ...]:
        return tuple(dict.fromkeys(part for part in self.template if isinstance(part, Need)))


@dataclass(frozen=True)
class Request:
    """Neither calculations nor look-ups: quote what fits."""

    calculations: tuple[Calculation, ...] = ()
    lookups: tuple[Need, ...] = ()
    otherwise: tuple[Calculation, ...] = ()
    """What to compute where no row prints what is looked up."""

    @property
    def needs(self) -> tuple[Need, ...]:
        wanted = [need for calculation in self.calculations for need in calculation.needs]
        return tuple(dict.fromkeys([*wanted, *self.lookups]))


def without_missing(calculation: Calculation, found: Collection[Need]) -> Calculation:
    """A metric that no row shows is computed from its parts, where it has any."""
    parts: list[str | Need] = []
    for part in calculation.template:
        words = DERIVED.get(part.metric.name) if isinstance(part, Need) else None
        formula = parse_formula("", words) if words and part not in found else None
        if formula and isinstance(part, Need):
            parts += ["(", *formula.bind(part.period), ")"]
        else:
            parts.append(part)
    return replace(calculation, template=tuple(parts))


def metrics_in(text: str) -> list[Metric]:
    """In the order of the text, each once."""
    return list(dict.fromkeys(METRIC_OF[found[0]] for found in METRIC.finditer(text)))


def read_request(question: Question, latest: int | None) -> Request:
    """`latest` is the year to take where the question names none; without one, nothing computes."""
    text = question.lower
    periods = question.periods or ((Period(latest),) if latest else ())
    if not periods or _PROSE.search(text) or is_part_of_company(text):
        return Request()
    formula = spelled_formula(text) or named_formula(text) or _two_metrics(text)
    if formula:
        return _disclosed(formula, text, periods) or Request(
            _apply(formula, text, periods)[:MOST_CALCULATIONS]
        )
    metrics = metrics_in(text)
    return _one_metric(metrics[0], text, periods) if metrics else Request()


def _disclosed(formula: Formula, text: str, periods: tuple[Period, ...]) -> Request | None:
    """A rate that filings print is looked up, unless the question says how to compute it."""
    metric = DISCLOSED.get(formula.title)
    if not metric or spelled_formula(text):
        return None
    computed = _apply(formula, text, periods)[:MOST_CALCULATIONS]
    return Request(
        lookups=tuple(Need(metric, period) for period in reversed(periods)), otherwise=computed
    )


def _two_metrics(text: str) -> Formula | None:
    metrics = metrics_in(text)
    if len(metrics) < 2:  # noqa: PLR2004 - both sides
        return None
    first, second = Term(metrics[0]), Term(metrics[1])
    title = f"{metrics[0].name} %s {metrics[1].name.lower()}"
    if _PERCENT_OF.search(text):
        return Formula(title % "in percent of", (first, "%", second))
    if _RATIO.search(text):
        return Formula(title % "to", (first, "/", second))
    return Formula(title % "less", (first, "-", second)) if "difference between" in text else None


def _apply(formula: Formula, text: str, periods: tuple[Period, ...]) -> tuple[Calculation, ...]:
    """The formula for every period asked about, or its average over them."""
    own_years = any(isinstance(item, Term) and item.years for item in formula.items)
    if own_years:
        periods = periods[-1:]
    elif len(periods) > 1 and _AVERAGE.search(text):
        return (_average(formula, periods),)
    elif len(periods) == 1 and periods[0].is_annual:
        span = 3 if _TREND.search(text) else 2 if _MOVES.search(text) else 1
        periods = tuple(periods[0].back(by) for by in reversed(range(span)))
    return tuple(
        Calculation(formula.title, period.name, formula.bind(period), formula.kind)
        for period in reversed(periods)
    )


def _average(formula: Formula, periods: tuple[Period, ...]) -> Calculation:
    parts: list[str | Need] = ["average("]
    for at, period in enumerate(periods):
        parts += [", "] if at else []
        parts += formula.bind(period)
    title = f"Average of {formula.title[0].lower()}{formula.title[1:]}"
    span = f"{periods[0].name} to {periods[-1].name}"
    return Calculation(title, span, (*parts, ")"), formula.kind)


def _one_metric(metric: Metric, text: str, periods: tuple[Period, ...]) -> Request:
    needs = [Need(metric, period) for period in periods]
    name = metric.name.lower()
    if len(needs) > 1 and _AVERAGE.search(text) and not _MOVES.search(text):
        span = f"{periods[0].name} to {periods[-1].name}"
        return _compute(f"Average of {name}", span, call("average", *needs), "amount")
    new = needs[-1]
    old = needs[0] if len(needs) > 1 else Need(metric, _before(new.period, text))
    span = f"{old.period.name} to {new.period.name}"
    if _CAGR.search(text):
        template = call("cagr", old, new, str(new.period.year - old.period.year))
        return _compute(f"CAGR of {name}", span, template, "percent")
    if _ABSOLUTE.search(text) and (len(needs) > 1 or _MOVES.search(text)):
        return _compute(f"Change of {name}", span, [new, " - ", old], "amount")
    if _MOVES.search(text):
        return _compute(f"Growth of {name}", span, call("growth", old, new), "percent")
    return Request(lookups=tuple(reversed(needs))) if _LOOKS_UP.search(text) else Request()


def _before(period: Period, text: str) -> Period:
    """What a change is measured against: the year before, or the end of the last fiscal year."""
    if period.month and _SINCE_YEAR_END.search(text):
        return replace(period, months=None, opening=True)
    return period.back()


def _compute(title: str, period: str, template: list[str | Need], kind: str) -> Request:
    return Request((Calculation(title, period, tuple(template), kind),))
