"""Formulas in words, as questions spell them out, turned into expressions of the calculator."""

import re
from dataclasses import dataclass, field, replace

from knowledge.figures.glossary import CONCEPTS
from knowledge.finance.metrics import Metric
from knowledge.finance.named_formulas import NAMED_FORMULAS
from knowledge.finance.translations import MORE_NAMES
from knowledge.query.periods import Period


@dataclass(frozen=True)
class Need:
    """A figure that an expression stands on."""

    item: str
    """What to look up, with the words that narrow it: `services revenue`."""
    period: Period
    title: str = ""
    """What an answer calls it; the item if empty."""
    is_size: bool = False
    """Some filings print it in parentheses and some don't: its size is what counts."""
    metric: str = ""
    """Its name in the glossary, if it has one."""
    qualifier: str = ""
    """What of the item narrows the metric."""

    @property
    def name(self) -> str:
        return f"{self.title or self.item}, {self.period.name}"


Template = tuple[str | Need, ...]
"""An expression with needs where figures will stand."""


@dataclass
class Term:
    """A metric in a formula; no years means the year that the question asks about."""

    metric: Metric
    average: bool = False
    years: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Formula:
    title: str
    items: tuple[Term | str, ...]

    @property
    def kind(self) -> str:
        """percent, ratio or amount."""
        if "%" in self.items:
            return "percent"
        return "ratio" if "/" in self.items else "amount"

    def bind(self, period: Period, qualifier: str = "") -> Template:
        """Args: qualifier: words that narrow each figure: a segment, `adjusted`."""
        parts: list[str | Need] = []
        for item in self.items:
            if isinstance(item, str):
                parts.append(item if item in ("(", ")") else f" {item} ")
            else:
                parts += _bind_term(item, period, qualifier)
        if " % " not in parts:
            return tuple(parts)
        at = parts.index(" % ")
        return ("percent(", *parts[:at], ", ", *parts[at + 1 :], ")")


def need_of(metric: Metric, period: Period, qualifier: str = "") -> Need:
    """The figure of a metric."""
    title = f"{qualifier} {metric.name[0].lower()}{metric.name[1:]}" if qualifier else metric.name
    item = f"{qualifier} {metric.asked[0]}".strip()
    return Need(item, period, title, metric.outlay, metric.name, qualifier)


def _bind_term(term: Term, period: Period, qualifier: str) -> list[str | Need]:
    periods = [replace(period, year=year) for year in sorted(term.years)] or [period]
    if not term.average:
        return [need_of(term.metric, periods[-1], qualifier)]
    if len(periods) == 1:
        periods = [periods[0].back(), periods[0]]
    return call("average", *(need_of(term.metric, each, qualifier) for each in periods))


def call(function: str, *arguments: str | Need) -> list[str | Need]:
    parts: list[str | Need] = [f"{function}("]
    for at, argument in enumerate(arguments):
        parts += [", ", argument] if at else [argument]
    return [*parts, ")"]


def _alternatives(phrases: list[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase) for phrase in ordered)


METRIC_OF: dict[str, Metric] = {}
for _metric in CONCEPTS.values():
    for _phrase in (*_metric.asked, *MORE_NAMES.get(_metric.name, ())):
        METRIC_OF.setdefault(_phrase, _metric)
METRIC = re.compile(rf"(?<![\w-])(?:{_alternatives(list(METRIC_OF))})(?![\w-])")

_NAMED = {phrase: row for row in NAMED_FORMULAS for phrase in row[1].split("|")}
_NAMED_PATTERN = re.compile(rf"(?<![\w-])(?:{_alternatives(list(_NAMED))})(?![\w-])")

_ITEM = re.compile(
    rf"(?P<metric>(?<![\w-])(?:{_alternatives(list(METRIC_OF))})(?![\w-]))"
    r"|(?:fy|fiscal year|fiscal)? ?(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|(?P<percent>as an? (?:%|percent|percentage) of|as % of|%)"
    r"|(?P<average>\b(?:average|avg)\b)"
    r"|(?P<divide>\bdivided by\b|\bover\b|/|÷)|(?P<minus>\bminus\b|\bless\b|[-\u2212\u2013])"
    r"|(?P<plus>\bplus\b|\+)|(?P<times>\btimes\b|\bmultiplied by\b|\*|\u00d7|\bx\b)"
    r"|(?P<open>\()|(?P<close>\))|(?P<number>\b\d{1,9}(?:\.\d{1,9})?\b)|(?P<word>[a-z][\w'-]*)"
)
_SIGN = {
    "percent": "%",
    "divide": "/",
    "minus": "-",
    "plus": "+",
    "times": "*",
    "open": "(",
    "close": ")",
}
_FILLERS = "the of for and between in net total its our from at year end year-end company's"
_FILLER = frozenset(_FILLERS.split())


def is_term(text: str) -> bool:
    """Whether a text (lower case) speaks of a metric or a named formula."""
    return bool(METRIC.search(text) or _NAMED_PATTERN.search(text))


def named_formula(text: str) -> Formula | None:
    """The first ratio or sum with a name of its own in a question (lower case)."""
    found = _NAMED_PATTERN.search(text)
    if not found:
        return None
    title, _, words = _NAMED[found[0]]
    return parse_formula(title, words)


def named_phrase(text: str) -> str:
    """The words of the first named formula in a text (lower case), empty where there is none."""
    found = _NAMED_PATTERN.search(text)
    return found[0] if found else ""


def named_title(text: str) -> str:
    """The name of the first named formula in a text (lower case), empty where there is none."""
    found = _NAMED_PATTERN.search(text)
    return _NAMED[found[0]][0] if found else ""


def parse_formula(title: str, words: str) -> Formula | None:
    """None where a word is not understood or the formula is not whole."""
    items: list[Term | str] = []
    years: list[int] = []
    average = False
    for found in _ITEM.finditer(words):
        kind = str(found.lastgroup)
        if kind == "word" and found[0] not in _FILLER:
            return None
        if kind == "metric":
            items.append(Term(METRIC_OF[found[0]], average, years))
            years, average = [], False
        elif kind == "year":
            years = _note_year(items, years, int(found["year"]), words[found.end() :])
        elif kind == "average":
            average = True
        elif kind != "word":
            items.append(_SIGN.get(kind, found[0]))
    return Formula(title, tuple(items)) if _is_whole(items) else None


def _note_year(items: list[Term | str], waiting: list[int], year: int, rest: str) -> list[int]:
    """A year before a metric waits for it; any other belongs to the metric before."""
    if not METRIC.match(rest.lstrip()) and items and isinstance(items[-1], Term):
        items[-1].years.append(year)
        return waiting
    return [*waiting, year]


def _is_whole(items: list[Term | str]) -> bool:
    """Operands and operators take turns and brackets close."""
    depth, operand_next, operators = 0, True, 0
    for item in items:
        is_operand = isinstance(item, Term) or item[0].isdigit()
        if item == "(" or is_operand:
            if not operand_next:
                return False
            operand_next = item == "("
        elif operand_next:
            return False
        elif item != ")":
            operand_next, operators = True, operators + 1
        depth += (item == "(") - (item == ")")
        if depth < 0:
            return False
    return depth == 0 and not operand_next and operators > 0
