"""The next step of a turn: search, calculate, tell a webhook, or answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graphs.models.extractive.answer import Findings, wording
from graphs.models.extractive.calculation import MOST_CALCULATIONS, Request, without_missing
from graphs.models.extractive.company import about, compared, is_of
from graphs.models.extractive.comparison import read_comparison
from graphs.models.extractive.figures import Figure, find_figure, unread_rows
from graphs.models.extractive.formulas import Need
from graphs.models.extractive.named import find_named
from graphs.models.extractive.outcomes import outcomes_of, worth_computing
from graphs.models.extractive.pages import all_rows
from graphs.models.extractive.passages import Passage
from graphs.models.extractive.queries import prose_queries, row_query, statement_queries
from graphs.models.extractive.question import Question
from graphs.models.extractive.request import read_request
from graphs.models.extractive.rows import Row
from graphs.models.extractive.schedule import find_due
from graphs.models.extractive.turn import Called, Turn

SEARCH, CALCULATE, WEBHOOK = "search_documents", "calculate", "send_webhook"
MOST_SEARCHES, MOST_PASSAGES = 3, 20


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
    question = turn.question
    passages = about(question, turn.passages)
    rows = all_rows(passages)
    request, found = _read(question, passages, rows)
    request = worth_computing(request, found, question)
    outcomes = outcomes_of(request, found, question, turn.of(CALCULATE))
    unread = () if found else unread_rows(request.needs, rows)
    return Findings(question, turn.passages, passages, request, found, outcomes, unread)


def _read(
    question: Question, passages: Sequence[Passage], rows: Sequence[Row]
) -> tuple[Request, dict[Need, Figure]]:
    """What to look up or compute, and the figures for it."""
    companies, latest = compared(question, passages), _latest_year(rows)
    if companies:
        request = read_comparison(question, companies, latest)
    else:
        due = find_due(question, passages)
        named = due or find_named(question, _own(question, rows))
        request = read_request(question, latest)
        if named and not request.calculations:
            return Request(lookups=tuple(named)), named
    found = _find(request, rows, question)
    derived = tuple(without_missing(c, found) for c in request.calculations)
    if derived != request.calculations:
        request = replace(request, calculations=derived)
        found = _find(request, rows, question)
    return _compute_undisclosed(request, found, rows, question)


def _own(question: Question, rows: Sequence[Row]) -> Sequence[Row]:
    """Those of the report that the question names, if it names one that is here."""
    year = question.report_year
    return [row for row in rows if year and str(row.passage.year) == year] or rows


def _find(request: Request, rows: Sequence[Row], question: Question) -> dict[Need, Figure]:
    own, year = _own(question, rows), question.report_year
    figures = (
        (need, find_figure(need, _of_company(need, own), asked=year)) for need in request.needs
    )
    wanted = ((need, _of_version(figure, question)) for need, figure in figures if figure)
    return {need: figure for need, figure in wanted if figure}


def _of_company(need: Need, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if is_of(row.passage, need.company)]


def _of_version(figure: Figure, question: Question) -> Figure | None:
    """Where a figure was restated, the version that the question asks for, if it asks for one."""
    if question.wants_first:
        first = figure.earlier or figure
        return None if first.column.restated else first
    return replace(figure, earlier=None) if question.wants_restated else figure


def _compute_undisclosed(
    request: Request, found: dict[Need, Figure], rows: Sequence[Row], question: Question
) -> tuple[Request, dict[Need, Figure]]:
    """A rate that no row discloses is computed."""
    if found or not request.otherwise:
        return request, found
    computed = Request(request.otherwise)
    figures = _find(computed, rows, question)
    whole = all(need in figures for c in computed.calculations[:1] for need in c.needs)
    return (computed, figures) if whole else (request, found)


def _latest_year(rows: Sequence[Row]) -> int | None:
    annual = [row.passage for row in rows if row.passage.quarter is None]
    named = [passage.year for passage in annual if passage.year]
    printed = (column.year for row in rows for column in row.columns)
    return max(named) if named else max(printed, default=None)


def _searches(turn: Turn, findings: Findings, tools: Collection[str]) -> list[Call]:
    """Up to two more, in the filing's words, for the rows that are missing or for prose."""
    done = {call.args.get("query") for call in turn.of(SEARCH)}
    room = MOST_SEARCHES - len(turn.of(SEARCH))
    if SEARCH not in tools or room <= 0:
        return []
    queries = _queries(findings, room)
    wanted = [query for query in dict.fromkeys(queries) if query not in done]
    return [Call(SEARCH, {"query": query, "limit": MOST_PASSAGES}) for query in wanted][:room]


def _queries(findings: Findings, room: int) -> list[str]:
    """A restated figure is worth a search too: the report of its year told another."""
    question, needs = findings.question, findings.request.needs
    if not needs:
        return prose_queries(question)
    missing = [need for need in needs if need not in findings.figures]
    restated = [
        need
        for need, figure in findings.figures.items()
        if figure.column.restated and not figure.earlier and not question.wants_restated
    ]
    if any(need.company for need in missing):
        return [row_query(need, question) for need in missing]
    instead = [need for c in findings.request.otherwise for need in c.needs] if missing else []
    queries = statement_queries([*missing, *instead] or restated, question, room)
    return [*queries, *(row_query(need, question) for need in missing)]


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
