"""What a question wants done: figures to look up, expressions to compute, or passages to quote."""

import re
from dataclasses import replace

from graphs.models.extractive.calculation import MOST_CALCULATIONS, Calculation, Request
from graphs.models.extractive.formulas import (
    Formula,
    Need,
    Term,
    call,
    named_formula,
)
from graphs.models.extractive.parts import is_part_of_company
from graphs.models.extractive.periods import Period
from graphs.models.extractive.question import Question
from graphs.models.extractive.spans import span_of
from graphs.models.extractive.spelled import (
    as_taken,
    asks_rate,
    metrics_in,
    spelled_formula,
    two_metrics,
)
from knowledge.finance.metrics import DISCLOSED, Metric
from knowledge.statements import Statement

_PROSE = re.compile(
    r"^(?:why|who|whom|describe|explain|list|summari[sz]e)\b|"
    r"\b(?:explains?|explained|led to|drove|caused|drivers?|because|and why|due to)\b|"
    r"(?<!before the )\brestatement\b|"
    r"\b(?:by what|on what basis) (?:is|are|was|were|does|do|did)\b|"
    r"\bwhat (?:does|do|did)\b[^?]{1,200}\b(?:say|mean|tell)\b|"
    r"\bwhich\b|\breasons?\b|\bwhat are (?:the )?(?:major|main|primary|key)\b"
)
_WHICH_IS_HIGHER = re.compile(
    r"\bwhich\b(?= (?:\w+ ){0,3}(?:higher|lower|larger|smaller|greater|bigger|more|less)\b)"
)
_OTHER_PERIOD = re.compile(
    r"\b(?:next|coming|following) (?:fiscal )?(?:year|quarter)\b|\b(?:first|second) half\b|"
    r"\b(?:months|quarters?|years?) before (?:those|that|it)\b|"
    r"\b(?:margin|growth|ratio|rate|return|revenue|sales) targets?\b|\b(?:guidance|outlook)\b"
)
"""No column of a statement is such a period: its figure would be another's."""
_CAGR = re.compile(r"\bcagr\b|compound annual")
_MOVES = re.compile(
    r"\b(?:grow|grew|growth|increased?|decreased?|declined?|drop|dropped|fall|fell|rise|rose|"
    r"changed?|improv\w{1,6}|higher|lower|compared?|versus|vs)\b"
)
_TREND = re.compile(
    r"\b(?:consistent\w{0,2}|historical\w{0,2}|fluctuat\w{1,5}|trend\w{0,3}|over time)\b"
)
_DIFFERENCE = re.compile(
    r"\bdifference\b|\babsolute\b|\bby how much\b|\bby what amount\b|\bhow much (?:more|less)\b"
)
_IN_MONEY = re.compile(r"\bin (?:us )?(?:dollars|usd)\b|\bdollar\b")
_IN_PERCENT = re.compile(r"\bpercent|%|\bgrowth rate\b")
_POINTS = re.compile(r"\bpercentage points\b")
_COMPUTES = re.compile(r"\b(?:compute|calculate|derive)\b")
_SUM = re.compile(
    r"\badd(?:s|ed)? up\b|\bsum of\b|\b(?:cumulative|combined|together|altogether)\b|"
    r"\bin (?:total|aggregate)\b|"
    r"\btotal\b[^.?!]{1,90}\b(?:over|across|during)\b"
)
_LOOKS_UP = re.compile(
    r"\bwhat\b|\bhow (?:much|many|large|big|high)\b|"
    r"(?:^|[:,;.] )(?:please )?(?:give|report|show|find|extract|state|express|set out|tell)\b|"
    r"^\S++(?: \S++){0,7} ?$"
)
_SINCE_YEAR_END = re.compile(
    r"\b(?:last|previous|prior) (?:fiscal )?year[- ]?end|since year[- ]end"
)
_AVERAGE = re.compile(r"\b(?:average|mean)\b")


def read_request(question: Question, latest: int | None) -> Request:
    """`latest` is the year to take where the question names none; without one, nothing computes."""
    text = question.lower
    periods = question.periods or ((Period(latest),) if latest else ())
    if periods and (span := _span(text, periods)):
        return Request((span,))
    if not periods or not is_about_statements(text):
        return Request()
    if formula := formula_in(text):
        return _disclosed(formula, text, periods) or Request(
            _apply(formula, text, periods)[:MOST_CALCULATIONS]
        )
    metrics = [] if asks_rate(text) else metrics_in(text)
    return _one_metric(metrics[0], text, periods) if metrics else Request()


def _span(text: str, periods: tuple[Period, ...]) -> Calculation | None:
    """A flow over a span that is computed from others."""
    metrics = metrics_in(text)
    if not metrics or metrics[0].statement == Statement.BALANCE or is_part_of_company(text):
        return None
    found = span_of(text, metrics[0], periods)
    return Calculation(metrics[0].name, found[0], found[1], "amount") if found else None


def is_about_statements(text: str, *, compares: bool = False) -> bool:
    """Whether statements can tell; of several companies they tell which has the higher figure."""
    if compares:
        text = _WHICH_IS_HIGHER.sub("", text)
    found = _PROSE.search(text) or _OTHER_PERIOD.search(text)
    return not found and not is_part_of_company(text)


def formula_in(text: str) -> Formula | None:
    """What a question (lower case) wants computed of one period."""
    formula = spelled_formula(text) or named_formula(text)
    return as_taken(formula, text) if formula else two_metrics(text)


def adds_up(text: str, formula: Formula) -> bool:
    """Whether a sum is asked for: rates have none, nor have balances of several years."""
    terms = [item for item in formula.items if isinstance(item, Term)]
    balances = any(term.metric.statement == Statement.BALANCE for term in terms)
    return bool(_SUM.search(text)) and formula.kind == "amount" and not balances


def _disclosed(formula: Formula, text: str, periods: tuple[Period, ...]) -> Request | None:
    """A rate that filings print is looked up, unless the question says how to compute it."""
    metric = DISCLOSED.get(formula.title)
    if not metric or spelled_formula(text) or _COMPUTES.search(text):
        return None
    computed = _apply(formula, text, periods)[:MOST_CALCULATIONS]
    return Request(
        lookups=tuple(Need(metric, period) for period in reversed(periods)), otherwise=computed
    )


def _apply(formula: Formula, text: str, periods: tuple[Period, ...]) -> tuple[Calculation, ...]:
    """The formula for every period asked about, or once over them."""
    own_years = any(isinstance(item, Term) and item.years for item in formula.items)
    if own_years:
        periods = periods[-1:]
    elif formula.kind == "percent" and _POINTS.search(text):
        return (_in_points(formula, periods),)
    elif len(periods) > 1 and (function := _over_years(text, formula)):
        return (_at_once(function, formula, periods),)
    elif len(periods) == 1 and periods[0].is_annual:
        span = 3 if _TREND.search(text) else 2 if _MOVES.search(text) else 1
        periods = tuple(periods[0].back(by) for by in reversed(range(span)))
    return tuple(
        Calculation(formula.title, period.name, formula.bind(period), formula.kind)
        for period in reversed(periods)
    )


def _in_points(formula: Formula, periods: tuple[Period, ...]) -> Calculation:
    """The change of a rate is in percentage points."""
    new = periods[-1]
    old = periods[0] if len(periods) > 1 else new.back()
    template = (*formula.bind(new), " - ", *formula.bind(old))
    title = f"Change of {formula.title[0].lower()}{formula.title[1:]}"
    return Calculation(title, f"{old.name} to {new.name}", template, "points")


def _over_years(text: str, formula: Formula) -> str:
    """What several years are brought to: average, sum, or empty where each stands alone."""
    return "average" if _AVERAGE.search(text) else "sum" if adds_up(text, formula) else ""


def _at_once(function: str, formula: Formula, periods: tuple[Period, ...]) -> Calculation:
    parts: list[str | Need] = [f"{function}("]
    for at, period in enumerate(periods):
        parts += [", "] if at else []
        parts += formula.bind(period)
    title = f"{function.capitalize()} of {formula.title[0].lower()}{formula.title[1:]}"
    span = f"{periods[0].name} to {periods[-1].name}"
    return Calculation(title, span, (*parts, ")"), formula.kind)


def _one_metric(metric: Metric, text: str, periods: tuple[Period, ...]) -> Request:
    needs = [Need(metric, period) for period in periods]
    formula = Formula(metric.name, (Term(metric),))
    function = _over_years(text, formula)
    if len(needs) > 1 and function and not _MOVES.search(text):
        return Request((_at_once(function, formula, periods),))
    change = _change(metric, text, periods)
    if change:
        return Request((change,))
    return Request(lookups=tuple(reversed(needs))) if _LOOKS_UP.search(text) else Request()


def _change(metric: Metric, text: str, periods: tuple[Period, ...]) -> Calculation | None:
    """From the first period to the last, or from the one before the only one."""
    new = Need(metric, periods[-1])
    old = Need(metric, periods[0] if len(periods) > 1 else _before(new.period, text))
    name, span = metric.name.lower(), f"{old.period.name} to {new.period.name}"
    if _CAGR.search(text):
        years = str(new.period.year - old.period.year)
        template = tuple(call("cagr", old, new, years))
        return Calculation(f"CAGR of {name}", span, template, "percent")
    if _is_absolute(text, several=len(periods) > 1):
        return Calculation(f"Change of {name}", span, (new, " - ", old), "amount")
    if _MOVES.search(text):
        template = tuple(call("growth", old, new))
        return Calculation(f"Growth of {name}", span, template, "percent")
    return None


def _is_absolute(text: str, *, several: bool) -> bool:
    """Whether a change is asked for as an amount: a unit alone makes no change of a look-up."""
    moves = bool(_MOVES.search(text))
    if _DIFFERENCE.search(text):
        return several or moves
    return moves and bool(_IN_MONEY.search(text)) and not _IN_PERCENT.search(text)


def _before(period: Period, text: str) -> Period:
    """What a change is measured against: the year before, or the end of the last fiscal year."""
    if period.month and _SINCE_YEAR_END.search(text):
        return replace(period, months=None, opening=True)
    return period.back()
