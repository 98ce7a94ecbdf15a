"""The next step of a turn: search, calculate, tell a webhook, or answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from graphs.models.extractive.answer import Findings, Outcome, wording
from graphs.models.extractive.company import about
from graphs.models.extractive.figures import Figure, common_scale, find_figure, in_scale, shift
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.passages import Passage
from graphs.models.extractive.question import Question
from graphs.models.extractive.request import Calculation, Request, read_request, without_missing
from graphs.models.extractive.rows import read_rows
from graphs.models.extractive.turn import Called, Turn

SEARCH, CALCULATE, WEBHOOK = "search_documents", "calculate", "send_webhook"
MOST_SEARCHES, MOST_CALCULATIONS = 3, 4


@dataclass(frozen=True)
class Call:
    name: str
    args: dict[str, Any]


def next_step(turn: Turn, tools: Collection[str]) -> list[Call] | str:
    """Calls to make, or the answer."""
    if not turn.question.text:
        return wording(Findings(turn.question))
    first = Call(SEARCH, {"query": turn.question.text})
    if SEARCH in tools and not turn.of(SEARCH):
        return [first]
    findings = _look(turn)
    calls = _searches(turn, findings, tools) or _calculations(turn, findings, tools)
    if calls:
        return calls
    return _webhook(turn, wording(findings), tools)


def _look(turn: Turn) -> Findings:
    """What the passages so far hold, and how each calculation stands."""
    passages = about(turn.question, turn.passages)
    request = read_request(turn.question, _latest_year(passages))
    found = _find(request, passages)
    derived = tuple(without_missing(c, found) for c in request.calculations)
    if derived != request.calculations:
        request = replace(request, calculations=derived)
        found = _find(request, passages)
    request = replace(request, calculations=_worth_doing(request.calculations, found))
    called = {call.args.get("expression"): call for call in turn.of(CALCULATE)}
    outcomes = []
    for calculation in map(partial(_with_meaning, found), request.calculations):
        whole = all(need in found for need in calculation.needs)
        expression, scale = _express(calculation, found, turn.question) if whole else ("", "")
        outcomes.append(Outcome(calculation, expression, scale, called.get(expression)))
    return Findings(turn.question, turn.passages, passages, request, found, tuple(outcomes))


def _find(request: Request, passages: Sequence[Passage]) -> dict[Need, Figure]:
    figures = ((need, find_figure(need, passages)) for need in request.needs)
    return {need: figure for need, figure in figures if figure}


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


def _latest_year(passages: Sequence[Passage]) -> int | None:
    named = [passage.year for passage in passages if passage.year]
    printed = (c.year for p in passages for row in read_rows(p) for c in row.columns)
    return max(named) if named else max(printed, default=None)


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
    elif scale and question.scale and question.scale != scale:
        by = shift(scale, question.scale)
        expression = f"({expression}) {'*' if by > 0 else '/'} {10 ** abs(by)}"
        scale = question.scale
    if question.digits is not None:
        expression = f"round({expression}, {question.digits})"
    return expression, scale


def _number(figure: Figure, scale: str) -> str:
    value = in_scale(figure, scale)
    return f"({value:f})" if value < 0 else f"{value:f}"


def _searches(turn: Turn, findings: Findings, tools: Collection[str]) -> list[Call]:
    """One query a missing row, naming the statement that prints it."""
    done = {call.args.get("query") for call in turn.of(SEARCH)}
    room = MOST_SEARCHES - len(turn.of(SEARCH))
    if SEARCH not in tools or room <= 0:
        return []
    missing = [need for need in findings.request.needs if need not in findings.figures]
    queries = dict.fromkeys(_query(need, turn.question) for need in missing)
    return [Call(SEARCH, {"query": query}) for query in queries if query not in done][:room]


def _query(need: Need, question: Question) -> str:
    company = question.names[0] if question.names else ""
    title = need.metric.statement.value if need.metric.statement else ""
    words = f"{company} {title} {need.metric.rows[0]} {max(question.years, default=need.year)}"
    return words.strip()


def _calculations(turn: Turn, findings: Findings, tools: Collection[str]) -> list[Call]:
    room = MOST_CALCULATIONS - len(turn.of(CALCULATE))
    if CALCULATE not in tools or room <= 0:
        return []
    wanted = dict.fromkeys(o.expression for o in findings.outcomes if o.expression and not o.called)
    return [Call(CALCULATE, {"expression": expression}) for expression in wanted][:room]


def _webhook(turn: Turn, answer: str, tools: Collection[str]) -> list[Call] | str:
    """Only the person's own words name an endpoint; a passage's never do."""
    endpoint = turn.question.webhook
    if not endpoint:
        return answer
    sent = next(iter(turn.of(WEBHOOK)), None)
    if sent is None and WEBHOOK in tools:
        payload = {"question": turn.question.text, "answer": answer}
        args = {"endpoint": endpoint, "event_type": "answer.ready", "payload": payload}
        return [Call(WEBHOOK, args)]
    body, _, closing = answer.rpartition("\n\n")
    return f"{body}\n\n{_delivery(endpoint, sent)}\n\n{closing}"


def _delivery(endpoint: str, sent: Called | None) -> str:
    if sent is None:
        return f'The webhook "{endpoint}" was not called: there is no tool for it.'
    told = " ".join((sent.result or "no result").split())[:300]
    return f'The webhook "{endpoint}" {"refused" if sent.failed else "was called"}: {told}'
