"""What a request comes to: expressions for the calculator, and the results that came back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from graphs.models.extractive.calculation import Calculation, Request
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.look_ups import Finding, Found, LookUps
from graphs.models.extractive.question import Question
from graphs.models.extractive.turn import Called
from knowledge.figures.glossary import concept_of_label
from knowledge.query.periods import Period
from tools_registry.figure_lines import FigureLine

_SPENT = re.compile(r"^less\b|\b(?:expenses?|costs?|charges?)\b", re.IGNORECASE)
_EARNED = re.compile(r"\b(?:income|benefit|gains?|profit|net)\b|\(", re.IGNORECASE)


@dataclass(frozen=True)
class Outcome:
    """A calculation for one company and how far it came."""

    calculation: Calculation
    company: str
    figures: dict[Need, FigureLine]
    expression: str
    """Empty where figures are missing or can't be brought together."""
    called: Called | None
    note: str = ""

    @property
    def result(self) -> dict[str, Any]:
        return self.called.value if self.called and not self.called.failed else {}

    @property
    def value(self) -> Decimal | None:
        try:
            return Decimal(str(self.result["value"]))
        except (KeyError, InvalidOperation):
            return None

    @property
    def unit(self) -> str:
        """Of the result: `USD`, `percent`, `number`."""
        return str(self.result.get("unit", ""))

    @property
    def scale(self) -> int:
        """What the result's value is multiplied by."""
        return int(self.result.get("scale", 1))

    @property
    def missing(self) -> list[Need]:
        return [need for need in self.calculation.needs if need not in self.figures]


def outcomes_of(
    request: Request, look_ups: LookUps, question: Question, calls: Sequence[Called]
) -> list[Outcome]:
    """How each calculation stands, by company, in their order."""
    called = {str(call.args.get("expression")): call for call in calls}
    companies = look_ups.by_company(request.needs)
    return [
        outcome
        for calculation in request.calculations
        for company, found in (companies or {"": {}}).items()
        for outcome in _outcomes(calculation, company, found, question, called)
    ]


def total_of(findings: Sequence[Finding], calls: Sequence[Called]) -> Outcome | None:
    """The sum of what several companies report; None for one company, or where rows differ."""
    companies = dict.fromkeys(finding.company for finding in findings)
    lines = [each.line for finding in findings for each in finding.found]
    if len(companies) < 2 or len(lines) != len(findings):  # noqa: PLR2004 - several
        return None
    expression = f"sum({', '.join(_sized(line) for line in lines)})"
    called = {str(call.args.get("expression")): call for call in calls}
    period = " and ".join(dict.fromkeys(line.period for line in lines))
    name = lines[0].item.rsplit(" > ", 1)[-1]
    title = f"Sum of {name[0].lower()}{name[1:]}, {' and '.join(companies)}"
    figures = {Need(line.id, Period(0)): line for line in lines}
    calculation = Calculation(title, period, tuple(figures), "amount")
    return Outcome(calculation, "", figures, expression, called.get(expression))


def _sized(line: FigureLine) -> str:
    """An outlay counts by its size, whether or not it is printed in parentheses."""
    return f"abs({line.id})" if line.value < 0 and is_size(line) else line.id


def is_size(line: FigureLine) -> bool:
    """Whether a row's name says already that money goes out: "dividends paid" of 118."""
    label = line.item.rsplit(" > ", 1)[-1]
    concept = concept_of_label(label)
    if concept is not None:
        return concept.outlay
    return _SPENT.search(label) is not None and _EARNED.search(label) is None


def _outcomes(
    calculation: Calculation,
    company: str,
    found: Mapping[Need, Found],
    question: Question,
    called: Mapping[str, Called],
) -> list[Outcome]:
    """The result, and the one from figures as older documents report them."""
    newest = {need: each.line for need, each in found.items() if need in calculation.needs}
    first = {need: found[need].earlier or found[need].line for need in newest}
    if first == newest or question.wants_restated:
        return [_outcome(calculation, company, newest, called)]
    older = _outcome(calculation, company, first, called, "as first reported")
    if question.wants_first or question.report_year:
        return [older]
    newer = _outcome(calculation, company, newest, called, "by the newest document")
    return [newer, older] if newer.expression != older.expression else [newer]


def _outcome(
    calculation: Calculation,
    company: str,
    figures: dict[Need, FigureLine],
    called: Mapping[str, Called],
    note: str = "",
) -> Outcome:
    calculation = _with_meaning(figures, calculation)
    whole = all(need in figures for need in calculation.needs)
    expression = _express(calculation, figures) if whole else ""
    return Outcome(calculation, company, figures, expression, called.get(expression), note)


def _with_meaning(figures: Mapping[Need, FigureLine], calculation: Calculation) -> Calculation:
    """Growth from nil or from a loss has no percentage: the change has an amount."""
    if calculation.template[0] != "growth(":
        return calculation
    old, new = calculation.needs[0], calculation.needs[-1]
    if old not in figures or figures[old].value > 0:
        return calculation
    title = calculation.title.replace("Growth", "Change", 1)
    template = ("change(", old, ", ", new, ")")
    return replace(calculation, title=title, template=template, kind="amount")


def _express(calculation: Calculation, figures: Mapping[Need, FigureLine]) -> str:
    """The expression over the ids of figures."""
    parts = (
        _operand(part, figures[part]) if isinstance(part, Need) else part
        for part in calculation.template
    )
    return "".join(parts)


def _operand(need: Need, figure: FigureLine) -> str:
    return f"abs({figure.id})" if need.is_size and figure.value < 0 else figure.id
