"""What a request comes to: expressions for the calculator, and the results that came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from graphs.models.extractive.calculation import Calculation, Request
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.look_ups import Found, LookUps
from graphs.models.extractive.question import Question
from graphs.models.extractive.turn import Called
from tools_registry.figure_lines import FigureLine

POWERS = {"": 0, "thousand": 3, "million": 6, "billion": 9}


@dataclass(frozen=True)
class Outcome:
    """A calculation for one company and how far it came."""

    calculation: Calculation
    company: str
    figures: dict[Need, FigureLine]
    expression: str
    """Empty where figures are missing or can't be brought together."""
    unit: str
    """Of the result: `USD million`; empty for ratios and percentages."""
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
        return [_outcome(calculation, company, newest, question, called)]
    older = _outcome(calculation, company, first, question, called, "as first reported")
    if question.wants_first or question.report_year:
        return [older]
    newer = _outcome(calculation, company, newest, question, called, "by the newest document")
    return [newer, older] if newer.expression != older.expression else [newer]


def _outcome(  # noqa: PLR0913, PLR0917  # all that makes a result
    calculation: Calculation,
    company: str,
    figures: dict[Need, FigureLine],
    question: Question,
    called: Mapping[str, Called],
    note: str = "",
) -> Outcome:
    calculation = _with_meaning(figures, calculation)
    whole = all(need in figures for need in calculation.needs)
    expression, unit = "", ""
    if whole and _are_comparable(list(figures.values())):
        expression, unit = _express(calculation, figures, question)
    return Outcome(calculation, company, figures, expression, unit, called.get(expression), note)


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


def _are_comparable(figures: Sequence[FigureLine]) -> bool:
    """Amounts of one currency; those whose unit nothing tells only with others of their page."""
    units = {figure.unit.split(" ")[0] for figure in figures if figure.unit}
    plain = {unit for unit in units if len(unit) == len("USD") and unit.isupper()}
    if len(plain) > 1 or ("percent" in units and len(units) > 1):
        return False
    unknown = [figure for figure in figures if not figure.unit]
    return not unknown or len({figure.source for figure in figures}) == 1


def _express(
    calculation: Calculation, figures: Mapping[Need, FigureLine], question: Question
) -> tuple[str, str]:
    """The expression with its figures in one scale, and the unit of the result."""
    used = [figures[need] for need in calculation.needs]
    scale = max(figure.scale for figure in used)
    parts = [
        _number(part, figures[part], scale) if isinstance(part, Need) else part
        for part in calculation.template
    ]
    expression = "".join(parts)
    unit = ""
    if calculation.kind == "amount":
        expression, scale = _in_asked_scale(expression, len(parts), scale, question)
        unit = unit_in_words(next(iter(used)).unit, scale)
    if question.digits is not None:
        expression = f"round({expression}, {question.digits})"
    return expression, unit


def _in_asked_scale(expression: str, parts: int, scale: int, question: Question) -> tuple[str, int]:
    wanted = 10 ** POWERS[question.scale] if question.scale is not None else scale
    if wanted == scale:
        return expression, scale
    whole = expression if parts == 1 else f"({expression})"
    sign, by = ("*", scale // wanted) if scale > wanted else ("/", wanted // scale)
    return f"{whole} {sign} {by}", wanted


def _number(need: Need, figure: FigureLine, scale: int) -> str:
    """In the expression's scale."""
    value = abs(figure.value) if need.is_size else figure.value
    printed = f"{value:f}"
    if figure.scale != scale and not figure.unit.endswith("/share") and figure.unit != "percent":
        return f"({printed} / {scale // figure.scale})"
    return f"({printed})" if value < 0 else printed


def unit_in_words(unit: str, scale: int) -> str:
    """`USD million`."""
    words = {1000: "thousand", 10**5: "lakh", 10**6: "million", 10**7: "crore", 10**9: "billion"}
    return " ".join(filter(None, (unit, words.get(scale))))
