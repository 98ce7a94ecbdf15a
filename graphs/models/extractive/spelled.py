"""Formulas that a question itself spells out: defined, in brackets, as `divide A by B`."""

import re
from collections.abc import Iterator

from graphs.models.extractive.formulas import (
    METRIC,
    METRIC_OF,
    Formula,
    Term,
    named_formula,
    named_title,
    parse_formula,
)
from knowledge.finance.metrics import Metric
from knowledge.statements import Statement

_DEFINED = re.compile(
    r"\b(?:define[sd]?|calculated?|computed?|measured|taking)\b[^.?!]{0,80}?\bas\b\s?:?\s?"
    r"(?P<formula>[^?!;\n]+)"
)
_END_OF_DEFINITION = re.compile(r"\.(?:\s|$)|, (?:what|how)\b")
_IN_BRACKETS = re.compile(r"\((?P<formula>(?:[^()]|\([^()]{0,200}\)){3,300})\)")
_AFTER_COLON = re.compile(r": (?P<formula>[^:?!;]{3,300})")
_DIVIDED = re.compile(r"\bdivid(?:e|ing) (?P<part>.{3,200}?) by (?P<whole>[^.?;]{3,200})")
_TAKEN = re.compile(r"\btaking (?P<name>[^.?!]{2,40}?) as (?P<meaning>[^?!;.]{3,120})")
_PERCENT = re.compile(r"\bpercent(?:age)?\b(?! point)|%")
_PERCENT_OF = re.compile(
    r"as an? (?:%|percent|percentage) of|as % of|\b(?:percent|percentage|%|share) of\b"
)
_RATE = re.compile(r"\b(?:interest|coupon|discount|what|which) rates?\b")
_RATIO = re.compile(r"\bratio\b|\bdivided by\b|\bto\b.{0,40}\bratio\b|\bcover(?:s|ed|age)?\b")
_LESS = re.compile(r"\bdifference between\b|\bexceed(?:s|ed)?\b")
_DAYS_OF = re.compile(r"\bdays of\b")


def metrics_in(text: str) -> list[Metric]:
    """In the order of the text, each once."""
    return list(dict.fromkeys(METRIC_OF[found[0]] for found in METRIC.finditer(text)))


def spelled_formula(text: str) -> Formula | None:
    """`defined as: A / B`, `(A over B)`, `divide A by B`, in a question (lower case)."""
    for title, words in _spelled(text):
        if formula := parse_formula(named_title(text) or title, words):
            return _in_percent(formula, text)
    return None


def _spelled(text: str) -> Iterator[tuple[str, str]]:
    """Titles and words, the surest first."""
    for found in _DEFINED.finditer(text):
        yield "Result", _END_OF_DEFINITION.split(found["formula"], maxsplit=1)[0]
    for pattern in (_IN_BRACKETS, _AFTER_COLON):
        for found in pattern.finditer(text):
            yield "Result", found["formula"]
    for found in _DIVIDED.finditer(text):
        parts, wholes = metrics_in(found["part"]), metrics_in(found["whole"])
        if len(parts) == 1 and wholes:
            names = parts[0].asked[0], wholes[0].asked[0]
            yield f"{parts[0].name} to {wholes[0].name.lower()}", " / ".join(names)


def _in_percent(formula: Formula, text: str) -> Formula:
    """A quotient of two figures, where the question wants it in percent.

    So it does where it only explains a margin or another rate; a definition is taken as it stands.
    """
    named = None if _DEFINED.search(text) else named_formula(text)
    rate = named is not None and named.kind == "percent"
    quotient = len(formula.items) == len("A/B") and formula.items[1] == "/"
    if not quotient or not (rate or _PERCENT.search(text)):
        return formula
    first, _, second = formula.items
    return Formula(formula.title, (first, "%", second))


def as_taken(formula: Formula, text: str) -> Formula:
    """A metric of a named formula may be given a meaning: `taking debt as long-term debt`."""
    found = _TAKEN.search(text)
    names, meanings = (metrics_in(found[1]), metrics_in(found[2])) if found else ([], [])
    if not names or not meanings:
        return formula
    items = (
        Term(meanings[0], item.average, item.years)
        if isinstance(item, Term) and item.metric == names[0]
        else item
        for item in formula.items
    )
    return Formula(formula.title, tuple(items))


def two_metrics(text: str) -> Formula | None:
    """The two that a question (lower case) sets against each other."""
    metrics = metrics_in(text)
    if len(metrics) < 2:  # noqa: PLR2004 - both sides
        return None
    first, second = metrics[:2]
    if whole := _whole(text):
        part = next(metric for metric in metrics if metric != whole)
        return _formula(part, "in percent of", "%", whole)
    if _RATIO.search(text):
        return _formula(first, "to", "/", second)
    if _DAYS_OF.search(text) and second.statement == Statement.BALANCE:
        title = f"{second.name} in days of {first.name.lower()}"
        return Formula(title, ("365", "*", Term(second), "/", Term(first)))
    return _formula(first, "less", "-", second) if _LESS.search(text) else None


def compared_metrics(text: str) -> Formula | None:
    """`Is revenue higher than net income?`: by how much the first exceeds the second."""
    metrics = metrics_in(text)
    if len(metrics) < 2:  # noqa: PLR2004 - both sides
        return None
    return _formula(metrics[0], "less", "-", metrics[1])


def asks_rate(text: str) -> bool:
    """A share or a rate that no formula tells: the amount may not be given for it."""
    return bool(_PERCENT_OF.search(text) or _RATE.search(text))


def _whole(text: str) -> Metric | None:
    """What a share is one of: the metric right behind `share of`."""
    found = _PERCENT_OF.search(text)
    after = METRIC.search(text, found.end()) if found else None
    return METRIC_OF[after[0]] if after else None


def _formula(first: Metric, words: str, sign: str, second: Metric) -> Formula:
    title = f"{first.name} {words} {second.name.lower()}"
    return Formula(title, (Term(first), sign, Term(second)))
