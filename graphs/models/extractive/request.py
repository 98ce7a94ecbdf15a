"""What a question wants computed."""

import re
from collections.abc import Callable
from dataclasses import replace

from graphs.models.extractive.calculation import Calculation, Request
from graphs.models.extractive.formulas import (
    METRIC,
    Formula,
    Need,
    Term,
    call,
    named_formula,
    named_phrase,
)
from graphs.models.extractive.question import Question
from graphs.models.extractive.spans import span_of
from graphs.models.extractive.spelled import (
    as_taken,
    asks_rate,
    compared_metrics,
    metrics_in,
    spelled_formula,
    two_metrics,
)
from knowledge.figures.item import is_telling
from knowledge.figures.words import words_of
from knowledge.finance.metrics import DISCLOSED
from knowledge.finance.named_formulas import DERIVED
from knowledge.query.periods import Period
from knowledge.query.words import LEGAL_FORMS
from knowledge.statements import Statement

MOST_CALCULATIONS = 4
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
_COMPARES = re.compile(
    r"\b(?:which|who|whose)\b.{0,80}?\b(?:higher|lower|larger|smaller|greater|bigger|more|less)\b|"
    r"\b(?:higher|lower|larger|smaller|greater|bigger|more|less) than\b"
)
_OPERATION = re.compile(
    r"\b(?:um wie viel prozent|gewachsen|gestiegen|gesunken|gefallen|wachstum|progress\xe9|"
    r"augment\xe9|"
    r"crecido|aumentado|de combien)\b|"
    r"\bcomparable (?:prior |earlier |previous )?periods?\b|"
    r"\b(?:by )?how (?:much|many)\b|\b(?:year[- ]over[- ]year|yoy|y/y|compound annual|cagr|"
    r"annual(?:ized)?)\b|"
    r"\b(?:grow|grew|grown|growth|increas\w{1,4}|decreas\w{1,4}|declin\w{1,4}|drop\w{0,4}|"
    r"fall|fell|fallen|"
    r"rise|rose|risen|chang\w{1,4}|improv\w{1,6}|higher|lower|compared?|versus|vs|against|"
    r"differences?|"
    r"deteriorat\w{1,4}|went|go|going|up|down|rate|basis points?|bps|percentage points?|"
    r"percent(?:age)?|"
    r"absolute|average|mean|sum|combined|cumulative|together|altogether|aggregate|between|"
    r"from|prior|"
    r"previous|before|since|than|more|less|trend\w{0,3}|over time|add(?:s|ed)? up|"
    r"consistent\w{0,2}|"
    r"yes|dollars?|terms|calculate|compute|derive|ratio|change|exceed\w{0,2}|over|"
    r"comput\w{0,4}|calculat\w{0,3}|days|times|cover\w{0,3}|"
    r"share)\b|%|[?:,;]",
    re.IGNORECASE,
)
"""What is done with figures, rather than which ones are meant."""
_OTHER_PERIOD = re.compile(
    r"\b(?:next|coming|following) (?:fiscal )?(?:year|quarter)\b|"
    r"\b(?:months|quarters?|years?) before (?:those|that|it)\b|"
    r"\b(?:margin|growth|ratio|rate|return|revenue|sales) targets?\b|\b(?:guidance|outlook)\b"
)
"""No column of a statement is such a period: its figure would be another's."""
_CAGR = re.compile(r"\bcagr\b|compound annual")
_MOVES = re.compile(
    r"\b(?:gewachsen|gestiegen|gesunken|gefallen|wachstum|progress\xe9|augment\xe9|crecido|"
    r"aumentado)\b|"
    r"\b(?:grow|grew|growth|increased?|decreased?|declined?|drop|dropped|fall|fell|rise|rose|"
    r"changed?|improv\w{1,6}|higher|lower|compared?|versus|vs)\b"
)
_TREND = re.compile(
    r"\b(?:consistent\w{0,2}|historical\w{0,2}|fluctuat\w{1,5}|trend\w{0,3}|over time)\b"
)
_DIFFERENCE = re.compile(
    r"\bdifference\b|\babsolute\b|\bby how much\b|\bby what amount\b|\bhow much (?:more|less)\b"
)
_GROWS = re.compile(
    r"\b(?:grow|grew|increas\w{1,4}|decreas\w{1,4}|declin\w{1,4}|drop\w{0,4}|fall|fell|rise|rose)\b"
)
_IN_MONEY = re.compile(r"\bin (?:us )?(?:dollars|usd)\b|\bdollar\b")
_IN_PERCENT = re.compile(r"\bpercent|%|\bgrowth rate\b")
_POINTS = re.compile(r"\bpercentage points\b|\bbasis points?\b|\bbps\b")
_COMPUTES = re.compile(r"\b(?:compute|calculate|derive)\b")
_SUM = re.compile(
    r"\badd(?:s|ed)? up\b|\bsum of\b|\b(?:cumulative|combined|together|altogether)\b|"
    r"\bin (?:total|aggregate)\b|"
    r"\btotal\b[^.?!]{1,90}\b(?:over|across|during)\b"
)
_SINCE_YEAR_END = re.compile(
    r"\b(?:last|previous|prior) (?:fiscal )?year[- ]?end|since year[- ]end"
)
_AVERAGE = re.compile(r"\b(?:average|mean)\b")


def read_request(question: Question, latest: Period | None) -> Request:
    """What a question wants computed; nothing where a look-up or a quotation answers.

    Args:
        question: as asked.
        latest: the period to take where the question names none.
    """
    text = question.lower
    periods = question.periods or ((latest,) if latest else ())
    if not periods or asks_for_prose(text):
        return Request()
    if span := _span(text, periods):
        return Request((span,))
    if formula := formula_in(text):
        calculations = _apply(formula, question, periods)[:MOST_CALCULATIONS]
        return Request(calculations, prefers_row=_may_be_printed(formula, text))
    if asks_rate(text) and not _moves(text):
        return Request()
    return _one_item(question, periods) or _derived(question, periods) or Request()


def _derived(question: Question, periods: tuple[Period, ...]) -> Request | None:
    """A metric that many statements don't print, computed from its parts where none does."""
    metric = next(iter(metrics_in(question.lower)), None)
    if metric is None or metric.name not in DERIVED:
        return None
    formula = Formula(metric.name, (Term(metric),))
    return Request(_apply(formula, question, periods)[:MOST_CALCULATIONS], prefers_row=True)


def asks_for_prose(text: str) -> bool:
    """Whether a question (lower case) asks for reasons, descriptions or what is expected."""
    asked = _WHICH_IS_HIGHER.sub(" ", text)
    return bool(_PROSE.search(asked) or _OTHER_PERIOD.search(asked))


def _span(text: str, periods: tuple[Period, ...]) -> Calculation | None:
    """A flow over a span that is computed from others."""
    metrics = metrics_in(text)
    if not metrics or metrics[0].statement == Statement.BALANCE:
        return None
    found = span_of(text, metrics[0], periods)
    return Calculation(metrics[0].name, found[0], found[1], "amount") if found else None


def formula_in(text: str) -> Formula | None:
    """What a question (lower case) wants computed of one period."""
    formula = spelled_formula(text) or named_formula(text)
    if formula:
        return as_taken(formula, text)
    return compared_metrics(text) if _COMPARES.search(text) else two_metrics(text)


def adds_up(text: str) -> bool:
    """Whether a question (lower case) asks for a sum."""
    return bool(_SUM.search(text))


def _adds_up_over_years(text: str, formula: Formula) -> bool:
    """Whether a sum is asked for: rates have none, nor have balances of several years."""
    terms = [item for item in formula.items if isinstance(item, Term)]
    balances = any(term.metric.statement == Statement.BALANCE for term in terms)
    return adds_up(text) and formula.kind == "amount" and not balances


def _may_be_printed(formula: Formula, text: str) -> bool:
    """Whether a row may say what the formula computes, unless the question says how."""
    if spelled_formula(text) or _COMPUTES.search(text):
        return False
    return formula.title in DISCLOSED or named_phrase(text) != ""


def qualifier_of(question: Question) -> str:
    """The words of a question that narrow the figures of a formula: `Services`, `adjusted`."""
    text = question.item
    for phrase in filter(None, (named_phrase(question.lower), *METRIC.findall(question.lower))):
        text = re.sub(re.escape(phrase), " ", text, flags=re.IGNORECASE)
    words = _OPERATION.sub(" ", text).split()
    return " ".join(word for word in words if _tells(word))


def _tells(word: str) -> bool:
    return any(is_telling(each) for each in words_of(word))


def _apply(
    formula: Formula, question: Question, periods: tuple[Period, ...]
) -> tuple[Calculation, ...]:
    """The formula for every period asked about, or once over them."""
    text = question.lower
    qualifier = "" if spelled_formula(text) else qualifier_of(question)
    own_years = any(isinstance(item, Term) and item.years for item in formula.items)
    if own_years:
        periods = periods[-1:]
    elif formula.kind == "percent" and _POINTS.search(text):
        return (_in_points(formula, periods, qualifier),)
    elif len(periods) > 1 and (function := _over_years(text, formula)):
        return (_at_once(function, formula, periods, qualifier),)
    elif len(periods) == 1 and periods[0].is_annual:
        span = 3 if _TREND.search(text) else 2 if _moves(text) else 1
        periods = tuple(periods[0].back(by) for by in reversed(range(span)))
    return tuple(
        Calculation(formula.title, period.name, formula.bind(period, qualifier), formula.kind)
        for period in reversed(periods)
    )


def _in_points(formula: Formula, periods: tuple[Period, ...], qualifier: str) -> Calculation:
    """The change of a rate is in percentage points."""
    new = periods[-1]
    old = periods[0] if len(periods) > 1 else new.back()
    template = (*formula.bind(new, qualifier), " - ", *formula.bind(old, qualifier))
    title = f"Change of {formula.title[0].lower()}{formula.title[1:]}"
    return Calculation(title, f"{old.name} to {new.name}", template, "points")


def _over_years(text: str, formula: Formula) -> str:
    """What several years are brought to: average, sum, or empty where each stands alone."""
    return (
        "average" if _AVERAGE.search(text) else "sum" if _adds_up_over_years(text, formula) else ""
    )


def _at_once(
    function: str, formula: Formula, periods: tuple[Period, ...], qualifier: str
) -> Calculation:
    parts: list[str | Need] = [f"{function}("]
    for at, period in enumerate(periods):
        parts += [", "] if at else []
        parts += formula.bind(period, qualifier)
    title = f"{function.capitalize()} of {formula.title[0].lower()}{formula.title[1:]}"
    span = f"{periods[0].name} to {periods[-1].name}"
    return Calculation(title, span, (*parts, ")"), formula.kind)


def _one_item(question: Question, periods: tuple[Period, ...]) -> Request | None:
    """A sum, an average or a change of what the question names."""
    text = question.lower
    item = " ".join(_OPERATION.sub(" ", question.item).split())
    metric = next(iter(metrics_in(text)), None)
    is_size, title = metric is not None and metric.outlay, _title_of(question, item)

    def need(period: Period) -> Need:
        return Need(item, period, title, is_size)

    if not any(_tells(word) for word in item.split()):
        return None
    formula = Formula(title, (Term(metric),)) if metric else None
    function = _over_years(text, formula) if formula else ""
    if len(periods) > 1 and function and not _moves(text):
        template = tuple(call(function, *map(need, periods)))
        span = f"{periods[0].name} to {periods[-1].name}"
        name = f"{function.capitalize()} of {title[0].lower()}{title[1:]}"
        return Request((Calculation(name, span, template, "amount"),))
    change = _change(need, text, periods)
    if change is None:
        return None
    asks_money = question.scale is not None or _IN_MONEY.search(text)
    if change.kind == "amount" and _GROWS.search(text) and not asks_money:
        growth = replace(
            change,
            title=change.title.replace("Change", "Growth", 1),
            template=tuple(call("growth", change.needs[1], change.needs[0])),
            kind="percent",
        )
        return Request((growth, change))
    return Request((change,))


def _title_of(question: Question, item: str) -> str:
    """What an answer calls an item: the metric's name if nothing narrows it."""
    metrics = metrics_in(question.lower)
    qualifier, item = (_without_names(words, question) for words in (qualifier_of(question), item))
    if not metrics:
        return item[:1].upper() + item[1:]
    name = metrics[0].name
    return f"{qualifier} {name[0].lower()}{name[1:]}" if qualifier else name


def _without_names(words: str, question: Question) -> str:
    """Words without the company's name, which the figures below a result tell."""
    for name in question.names:
        for written in (f"{name}'s", f"{name}\u2019s", name):
            words = words.replace(written, " ")
    return " ".join(word for word in words.split() if word.strip(".&").lower() not in LEGAL_FORMS)


def _change(
    need: Callable[[Period], Need], text: str, periods: tuple[Period, ...]
) -> Calculation | None:
    """From the first period to the last, or from the one before the only one."""
    new = need(periods[-1])
    old = need(periods[0] if len(periods) > 1 else _before(new.period, text))
    name, span = new.title[:1].lower() + new.title[1:], f"{old.period.name} to {new.period.name}"
    if _CAGR.search(text):
        years = str(new.period.year - old.period.year)
        template = tuple(call("cagr", old, new, years))
        return Calculation(f"CAGR of {name}", span, template, "percent")
    if _POINTS.search(text):
        return Calculation(f"Change of {name}", span, (new, " - ", old), "points")
    if _is_absolute(text, several=len(periods) > 1):
        return Calculation(f"Change of {name}", span, (new, " - ", old), "amount")
    if _moves(text):
        template = tuple(call("growth", old, new))
        return Calculation(f"Growth of {name}", span, template, "percent")
    return None


def _moves(text: str) -> bool:
    """Whether a change over time is asked for, not which of two is higher."""
    return _MOVES.search(_COMPARES.sub(" ", text)) is not None


def _is_absolute(text: str, *, several: bool) -> bool:
    """Whether a change is asked for as an amount: a unit alone makes no change of a look-up."""
    moves = _moves(text)
    if _DIFFERENCE.search(text):
        return several or moves
    return moves and bool(_IN_MONEY.search(text)) and not _IN_PERCENT.search(text)


def _before(period: Period, text: str) -> Period:
    """What a change is measured against: the year before, or the end of the last fiscal year."""
    if period.month and _SINCE_YEAR_END.search(text):
        return replace(period, months=None, opening=True)
    return period.back()
