"""The next step of a turn: look up, search, calculate, tell a webhook, or answer."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from graphs.models.extractive.answer import Findings, wording
from graphs.models.extractive.calculation import Request, without_missing
from graphs.models.extractive.look_ups import Finding, LookUps, arguments_of, own_periods
from graphs.models.extractive.outcomes import outcomes_of, total_of
from graphs.models.extractive.request import (
    MOST_CALCULATIONS,
    adds_up,
    asks_for_prose,
    read_request,
)
from graphs.models.extractive.topics import queries_of
from graphs.models.extractive.turn import Called, Turn
from knowledge.query.periods import Period

LOOK_UP, SEARCH, CALCULATE, WEBHOOK = (
    "look_up_figures",
    "search_documents",
    "calculate",
    "send_webhook",
)
MOST_LOOK_UPS, MOST_SEARCHES, MOST_PASSAGES = 16, 2, 20


@dataclass(frozen=True)
class Call:
    name: str
    args: dict[str, Any]


def next_step(turn: Turn, tools: Collection[str]) -> list[Call] | str:
    """Calls to make, or the answer."""
    if not turn.question.text:
        return wording(Findings(turn.question))
    calls = _first_calls(turn, tools)
    if calls:
        return calls
    findings, calls = _look(turn, tools)
    return calls or _webhook(turn, wording(findings), tools)


def _first_calls(turn: Turn, tools: Collection[str]) -> list[Call]:
    """The question itself is looked up and searched for, side by side."""
    question = turn.question
    calls = []
    if LOOK_UP in tools and not turn.of(LOOK_UP):
        periods = [period.name for period in question.periods]
        row = {"row": question.row} if question.row else {}
        args = {"item": question.item[:1000], "periods": periods[:12], **row}
        calls.append(Call(LOOK_UP, args))
    if SEARCH in tools and not turn.of(SEARCH):
        calls.append(Call(SEARCH, {"query": question.text[:2000]}))
    return calls


def _look(turn: Turn, tools: Collection[str]) -> tuple[Findings, list[Call]]:
    """What was found so far, and what to call for more."""
    question, look_ups = turn.question, LookUps(turn.of(LOOK_UP))
    prose = asks_for_prose(question.lower)
    if look_ups.failure and not prose:
        return Findings(question, turn.passages, failure=look_ups.failure), []
    direct = look_ups.direct()
    request = read_request(question, _latest(look_ups))
    if direct and (request.prefers_row or not request.calculations):
        return _direct(turn, direct, tools, asks_for_prose=prose)
    for wanted in (request, _with_parts(request, look_ups)):
        if calls := _look_up_calls(wanted, look_ups, tools):
            return Findings(question), calls
    return _compute(turn, _with_parts(request, look_ups), look_ups, tools)


def _compute(
    turn: Turn, request: Request, look_ups: LookUps, tools: Collection[str]
) -> tuple[Findings, list[Call]]:
    """What was asked, computed from the figures that were looked up; else passages to quote."""
    question = turn.question
    outcomes = outcomes_of(request, look_ups, question, turn.of(CALCULATE))
    prose = asks_for_prose(question.lower)
    findings = Findings(question, turn.passages, (), outcomes, asks_for_prose=prose)
    wanted = dict.fromkeys(o.expression for o in outcomes if o.expression and not o.called)
    room = 2 * MOST_CALCULATIONS - len(turn.of(CALCULATE))
    if CALCULATE in tools and wanted and room > 0:
        return findings, [Call(CALCULATE, {"expression": each}) for each in wanted][:room]
    quotes_only = not any(each.expression for each in outcomes)
    return findings, _searches(turn, tools) if quotes_only else []


def _direct(
    turn: Turn, direct: list[Finding], tools: Collection[str], *, asks_for_prose: bool
) -> tuple[Findings, list[Call]]:
    """The rows that the question names, or their sum over companies."""
    question = turn.question
    total = total_of(direct, turn.of(CALCULATE)) if adds_up(question.lower) else None
    outcomes = [total] if total else []
    findings = Findings(question, turn.passages, direct, outcomes, asks_for_prose=asks_for_prose)
    if total and total.called is None and CALCULATE in tools:
        return findings, [Call(CALCULATE, {"expression": total.expression})]
    return findings, []


def _with_parts(request: Request, look_ups: LookUps) -> Request:
    """With metrics that no row shows computed from their parts."""
    companies = look_ups.by_company(request.needs)
    found = {need for figures in companies.values() for need in figures}
    return replace(
        request, calculations=tuple(without_missing(each, found) for each in request.calculations)
    )


def _look_up_calls(request: Request, look_ups: LookUps, tools: Collection[str]) -> list[Call]:
    if LOOK_UP not in tools:
        return []
    wanted = [need for need in request.needs if (need.item, need.period.name) not in look_ups.made]
    room = MOST_LOOK_UPS - len(look_ups.made)
    return [Call(LOOK_UP, arguments_of(need)) for need in wanted][: max(room, 0)]


def _latest(look_ups: LookUps) -> Period | None:
    """The period to take where a question names none: the latest annual one, if there is any."""
    periods = own_periods(look_ups.results)
    annual = [period for period in periods if period.is_annual]
    return max(annual or periods, key=lambda p: (p.year, p.quarter or 0), default=None)


def _searches(turn: Turn, tools: Collection[str]) -> list[Call]:
    """One more, in the words that filings use for what was asked."""
    done = {call.args.get("query") for call in turn.of(SEARCH)}
    if SEARCH not in tools or len(turn.of(SEARCH)) >= MOST_SEARCHES:
        return []
    company = turn.question.names[0] if turn.question.names else ""
    queries = [f"{company} {query}".strip() for query in queries_of(turn.question.lower)]
    wanted = [query for query in queries if query not in done][:1]
    return [Call(SEARCH, {"query": query, "limit": MOST_PASSAGES}) for query in wanted]


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
