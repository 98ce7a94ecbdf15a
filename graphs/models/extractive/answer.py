"""The wording of an answer: results first, then the figures with quotes and citation markers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from graphs.models.extractive.calculation import Calculation, Request
from graphs.models.extractive.figures import Figure
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.passages import Passage
from graphs.models.extractive.prose import Quote, best_quotes
from graphs.models.extractive.question import Question
from graphs.models.extractive.rows import Row
from graphs.models.extractive.turn import Called

CLOSING = (
    "Answered by the extractive model: it quotes the filings and computes; "
    "no language model wrote this."
)
NOT_ANSWERED = "The documents I was given do not answer this question."


@dataclass(frozen=True)
class Outcome:
    """A calculation and how far it came: no expression means that figures are missing."""

    calculation: Calculation
    expression: str
    scale: str
    called: Called | None
    first: bool = False
    """From figures as first reported, restated since."""

    @property
    def result(self) -> dict[str, Any]:
        return self.called.value if self.called and not self.called.failed else {}

    @property
    def shown(self) -> str:
        """`display` with its unit: `6.94 %`, `3,215.4 million`; empty without a result."""
        display = str(self.result.get("display", self.result.get("value", "")))
        if display and self.calculation.kind == "points":
            return f"{display.removesuffix(' %')} percentage points"
        if display and self.calculation.kind == "percent" and "%" not in display:
            return f"{display} %"
        return f"{display} {self.scale}".strip() if display else ""


@dataclass(frozen=True)
class Findings:
    """All that an answer may draw on."""

    question: Question
    passages: Sequence[Passage] = ()
    relevant: Sequence[Passage] = ()
    request: Request = field(default_factory=Request)
    figures: dict[Need, Figure] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    unread: tuple[Row, ...] = ()
    """Rows of the right name whose period no heading tells."""


def wording(findings: Findings) -> str:
    parts = _computed(findings) or _looked_up(findings) or _unread(findings) or _quoted(findings)
    return "\n\n".join([*(parts or [_not_answered(findings)]), CLOSING])


def _computed(findings: Findings) -> list[str]:
    """Empty where no figure at all was found."""
    if not findings.outcomes or not findings.figures:
        return []
    results = [_result_line(outcome, findings.figures) for outcome in findings.outcomes]
    comparison = _comparison(findings.outcomes)
    used = [line for figure in findings.figures.values() for line in _figure_lines(figure)]
    computed = [
        f"Computed: {outcome.expression} = {outcome.shown}"
        for outcome in findings.outcomes
        if outcome.shown
    ]
    return [
        "\n".join([*results, *comparison]),
        "\n".join(["Figures used:", *(f"- {line}" for line in used)]),
        *(["\n".join(computed)] if computed else []),
    ]


def _result_line(outcome: Outcome, figures: dict[Need, Figure]) -> str:
    calculation = outcome.calculation
    title = f"{calculation.title}, {calculation.of}"
    if not outcome.expression:
        missing = [n for n in calculation.needs if n not in figures]
        rows = "; ".join(need.name for need in missing)
        if not missing:
            return f"{title}: not computed, because no caption tells the scale of every figure."
        return f"{title}: not computed, because the documents I was given show no row for {rows}."
    used = [_as_used(figures[need], first=outcome.first) for need in calculation.needs]
    if outcome.shown:
        note = _vintage(used, outcome)
        return f"{title}{note}: {outcome.shown} {_markers(used)}"
    reason = "the calculator was not available"
    if outcome.called:
        reason = f"the calculator refused ({_one_line(outcome.called.result)})"
    return f"{title}: not computed, because {reason}: {outcome.expression}"


def _as_used(figure: Figure, *, first: bool) -> Figure:
    return figure.earlier or figure if first else figure


def _vintage(used: Sequence[Figure], outcome: Outcome) -> str:
    if outcome.first:
        return " (as first reported)"
    changed = any(figure.earlier or figure.column.restated for figure in used)
    return f" ({_restated(used)})" if changed else ""


def _restated(figures: Sequence[Figure]) -> str:
    named = any(figure.column.restated for figure in figures)
    return "as restated" if named else "by the newest document"


def _markers(figures: Sequence[Figure]) -> str:
    ids = dict.fromkeys(figure.row.passage.id for figure in figures)
    return "".join(f"[{number}]" for number in ids)


def _comparison(outcomes: tuple[Outcome, ...]) -> list[str]:
    """Two results of one formula, side by side."""
    outcomes = tuple(outcome for outcome in outcomes if not outcome.first)
    if len(outcomes) < 2:  # noqa: PLR2004 - the two latest
        return []
    new, old = (_value(outcome) for outcome in outcomes[:2])
    if new is None or old is None:
        return []
    word = "the same" if new == old else "higher" if new > old else "lower"
    first, second = (_with_preposition(outcome.calculation) for outcome in outcomes[:2])
    return [f"That is {word} {first} {'as' if new == old else 'than'} {second}."]


def _with_preposition(calculation: Calculation) -> str:
    return f"{'for' if calculation.company else 'in'} {calculation.of}"


def _value(outcome: Outcome) -> Decimal | None:
    try:
        return Decimal(str(outcome.result["value"]))
    except (KeyError, InvalidOperation):
        return None


def _looked_up(findings: Findings) -> list[str]:
    figures = [findings.figures[n] for n in findings.request.lookups if n in findings.figures]
    lines = [line for figure in figures for line in _figure_lines(figure)]
    missing = [n for n in findings.request.lookups if n not in findings.figures]
    lines += [f"{need.name}: no row of the documents I was given shows it." for need in missing]
    return ["\n".join(lines)] if figures else []


def _figure_lines(figure: Figure) -> list[str]:
    """Where documents disagree, the newest one's figure and the one first reported."""
    if figure.earlier is None:
        return [_figure_line(figure, "")]
    first = _figure_line(figure.earlier, " (as first reported)")
    return [_figure_line(figure, f" ({_restated([figure])})"), first]


def _figure_line(figure: Figure, note: str) -> str:
    need, passage = figure.need, figure.row.passage
    amount = f"{figure.cell.printed} {figure.scale}".strip()
    note = note or (" (as restated)" if figure.column.restated else "")
    place = f"{passage.document}, page {passage.page}"
    head = f"{need.name}{note}: {amount} [{passage.id}]"
    return f'{head}, from "{figure.row.quote}" ({place})'


def _unread(findings: Findings) -> list[str]:
    return [
        f'"{row.quote}" [{row.passage.id}]\n'
        "I could not read which period each figure of this row is for, so I state none of them."
        for row in findings.unread
    ]


def _quoted(findings: Findings) -> list[str]:
    quotes = best_quotes(findings.question, findings.relevant)
    if findings.request.needs:  # a figure was asked for and no row has it: no row of another year
        quotes = [quote for quote in quotes if _tells_of(quote, findings.question.years)]
    return ["\n".join(f'"{quote.text}" [{quote.passage.id}]' for quote in quotes)] if quotes else []


def _tells_of(quote: Quote, years: Sequence[int]) -> bool:
    return all(str(year) in quote.text for year in years)


def _not_answered(findings: Findings) -> str:
    if findings.passages and not findings.relevant:
        return f"{NOT_ANSWERED} None of the passages is about {findings.question.names[0]}."
    return NOT_ANSWERED


def _one_line(text: str | None) -> str:
    return " ".join((text or "no result").split())[:300]
