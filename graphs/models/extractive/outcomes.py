"""What a request comes to: expressions for the calculator, and the results that came back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from graphs.models.extractive.answer import Outcome
from graphs.models.extractive.calculation import MOST_CALCULATIONS, Calculation, Request
from graphs.models.extractive.figures import Figure, are_comparable, common_scale, shift
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.question import Question
from graphs.models.extractive.turn import Called


def worth_computing(request: Request, found: dict[Need, Figure], question: Question) -> Request:
    """Without the years that the passages lack, and with the conversions that are asked for."""
    request = replace(request, calculations=_worth_doing(request.calculations, found))
    return _in_asked_scale(request, found, question)


def outcomes_of(
    request: Request, found: dict[Need, Figure], question: Question, calls: Sequence[Called]
) -> tuple[Outcome, ...]:
    """How each calculation stands, in their order."""
    called = {call.args.get("expression"): call for call in calls}
    return tuple(
        outcome
        for calculation in map(partial(_with_meaning, found), request.calculations)
        for outcome in _outcomes(calculation, found, question, called)
    )


def _outcomes(
    calculation: Calculation,
    found: dict[Need, Figure],
    question: Question,
    called: Mapping[object, Called],
) -> list[Outcome]:
    """The result, and the one from figures as first reported where they were restated since."""
    if any(need not in found for need in calculation.needs):
        return [Outcome(calculation, "", "", None)]
    figures = {need: found[need] for need in calculation.needs}
    if not are_comparable(list(figures.values())):
        return [Outcome(calculation, "", "", None)]
    expression, scale = _express(calculation, figures, question)
    outcomes = [Outcome(calculation, expression, scale, called.get(expression))]
    first = {need: figure.earlier or figure for need, figure in figures.items()}
    if first != figures:
        expression, scale = _express(calculation, first, question)
        outcome = Outcome(calculation, expression, scale, called.get(expression), first=True)
        outcomes += [outcome] if expression != outcomes[0].expression else []
    return outcomes


def _with_meaning(found: dict[Need, Figure], calculation: Calculation) -> Calculation:
    """Growth from nil or from a loss has no percentage: the change has an amount."""
    old, new = calculation.needs[0], calculation.needs[-1]
    if calculation.template[0] != "growth(" or old not in found or found[old].value > 0:
        return calculation
    title = calculation.title.replace("Growth", "Change", 1)
    return replace(
        calculation, title=title, template=("change(", old, ", ", new, ")"), kind="amount"
    )


def _worth_doing(
    calculations: tuple[Calculation, ...], found: dict[Need, Figure]
) -> tuple[Calculation, ...]:
    """Earlier years of a trend are dropped where the passages don't reach so far back."""
    whole = [c for c in calculations if all(need in found for need in c.needs)]
    return tuple(whole) if calculations and calculations[0] in whole else calculations


def _in_asked_scale(request: Request, found: dict[Need, Figure], question: Question) -> Request:
    """A look-up in another scale than the table's is a conversion, as far as the calls reach."""
    wanted, looked_up = question.scale, [found[n] for n in request.lookups if n in found]
    calls = sum(2 if figure.earlier else 1 for figure in looked_up)
    converts = any(f.scale not in ("", wanted) for f in looked_up)
    if wanted is None or request.calculations or not converts or calls > MOST_CALCULATIONS:
        return request
    return Request(
        tuple(
            Calculation(need.metric.name, need.period.name, (need,), "amount", need.company)
            for need in request.lookups
        )
    )


def _express(
    calculation: Calculation, found: dict[Need, Figure], question: Question
) -> tuple[str, str]:
    """The expression with its figures in one scale, and the scale of the result."""
    figures = [found[need] for need in calculation.needs]
    scale = common_scale(figures)
    parts = [
        _number(found[part], scale) if isinstance(part, Need) else part
        for part in calculation.template
    ]
    expression = "".join(parts)
    if calculation.kind != "amount":
        scale = ""
    elif scale and question.scale is not None and question.scale != scale:
        by = shift(scale, question.scale)
        whole = expression if len(parts) == 1 else f"({expression})"
        expression = f"{whole} {'*' if by > 0 else '/'} {10 ** abs(by)}"
        scale = question.scale
    if question.digits is not None:
        expression = f"round({expression}, {question.digits})"
    return expression, scale


def _number(figure: Figure, scale: str) -> str:
    """As it is printed, with its conversion where the expression is in another scale."""
    value = f"{figure.value:f}"
    if by := shift(figure.scale, scale):
        return f"({value} {'*' if by > 0 else '/'} {10 ** abs(by)})"
    return f"({value})" if figure.value < 0 else value
