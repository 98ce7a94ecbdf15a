"""The wording of an answer: results first, then the figures that they rest on, then quotations."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graphs.models.extractive.amounts import in_words, is_amount, rounded
from graphs.models.extractive.look_ups import Finding, is_ambiguous
from graphs.models.extractive.outcomes import Outcome, is_size
from graphs.models.extractive.passages import Passage
from graphs.models.extractive.prose import best_quotes
from graphs.models.extractive.question import Question
from knowledge.query.companies import mention
from tools_registry.figure_lines import FigureLine

CLOSING = (
    "Answered by the extractive model: it states figures of the documents' tables, computes and "
    "quotes; no language model wrote this."
)
NOT_FOUND = "I found no exact answer."
CLOSEST = f"{NOT_FOUND} The closest passages are:"
GREETING = (
    "Ask about the documents you uploaded: a figure of a company and period (revenue in "
    "fiscal 2023,"
    " net sales of a segment, cash at a date), a growth rate, margin or ratio, or what a document"
    " says about a subject. I state figures only as the documents print them."
)
MOST_CLOSEST = 3
LEAST_COVERED = 0.45
"""Of a question's telling words, in a sentence that is quoted as an answer."""
NO_QUESTION = Question("")
"""For figures as they are printed, whatever scale was asked for."""
_GREETS = re.compile(
    r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|hallo|bonjour|hola|thanks?|thank "
    r"you|help)\b"
    r"[\s!.,]*+(?:there|you)?+[\s!.?]*+$|\bwhat can (?:you|i) (?:do|ask)\b",
    re.IGNORECASE,
)
_ID = re.compile(r"\bF\d{1,6}\b")
_YES_OR_NO = re.compile(r"^(?:did|does|do|is|was|were|has|have|are)\b")
_UP = re.compile(
    r"\b(?:grow|grew|increas\w{1,4}|rise|rose|risen|improv\w{1,6}|higher|more|greater|up)\b"
)
_DOWN = re.compile(
    r"\b(?:decreas\w{1,4}|declin\w{1,4}|drop\w{0,4}|fall|fell|fallen|lower|less|smaller|down|"
    r"deteriorat\w{1,4}|shr[iau]nk)\b"
)


@dataclass(frozen=True)
class Findings:
    """All that an answer may draw on."""

    question: Question
    passages: Sequence[Passage] = ()
    direct: Sequence[Finding] = ()
    """What the look-up of the question itself found."""
    outcomes: Sequence[Outcome] = ()
    asks_for_prose: bool = False
    failure: str = ""
    """What a look-up said that failed."""


def wording(findings: Findings) -> str:
    """The whole answer."""
    if not findings.question.text or _GREETS.search(findings.question.text):
        return f"{GREETING}\n\n{CLOSING}"
    parts = _computed(findings) or _looked_up(findings) or _quoted(findings)
    return "\n\n".join([*parts, CLOSING])


def _computed(findings: Findings) -> list[str]:
    """Empty where no calculation came to a result."""
    done = [each for each in findings.outcomes if each.called is not None]
    if not done:
        return []
    results = [_result_line(each, findings) for each in done]
    used = dict.fromkeys(
        _figure_line(figure, NO_QUESTION, several=len(_companies(done)) > 1)
        for each in done
        for figure in each.figures.values()
    )
    computed = [
        f"Computed: {_in_figures(each)} = {shown}"
        for each in done
        if (shown := _shown(each, findings.question))
    ]
    head = [*_verdict(findings.question, done), *results, *_comparison(done)]
    return [
        "\n".join(head),
        "\n".join(["Figures used:", *(f"- {line}" for line in used)]),
        *(["\n".join(computed)] if computed else []),
    ]


def _companies(outcomes: Sequence[Outcome]) -> set[str]:
    return {each.company for each in outcomes}


def _result_line(outcome: Outcome, findings: Findings) -> str:
    calculation = outcome.calculation
    of = (
        f"{outcome.company}, " if outcome.company and len(_companies(findings.outcomes)) > 1 else ""
    )
    note = f" ({outcome.note})" if outcome.note else ""
    title = f"{calculation.title}, {of}{calculation.period}{note}"
    if shown := _shown(outcome, findings.question):
        return f"{title}: {shown} {_markers(outcome.figures.values())}"
    reason = " ".join((outcome.called.result or "no result").split()) if outcome.called else ""
    return f"{title}: not computed, because the calculator refused ({reason[:300]})."


def _shown(outcome: Outcome, question: Question) -> str:
    """`6.94 %`, `USD 3,215.4 million`; empty without a result."""
    value, display = outcome.value, str(outcome.result.get("display", ""))
    if value is None:
        return ""
    if outcome.unit == "percentage points":
        return _points(value, question) or display
    unit = "" if outcome.unit == "number" else outcome.unit
    if question.digits is None and (question.scale is None or not is_amount(unit)):
        return display
    return in_words(value, unit, outcome.scale, question)


def _points(value: Decimal, question: Question) -> str:
    """Percentage points with the digits that are asked for, or basis points; empty for neither."""
    if question.asks_basis_points:
        shown = rounded(value * 100, 1 if question.digits is None else question.digits)
        return f"{Decimal(shown.replace(',', '')).normalize():f} basis points"
    digits = question.digits
    return "" if digits is None else f"{rounded(value, digits)} percentage points"


def _in_figures(outcome: Outcome) -> str:
    """The expression with the printed figures in place of their ids."""
    by_id = {figure.id: f"{figure.value:,f}" for figure in outcome.figures.values()}
    return _ID.sub(lambda found: by_id.get(found[0], found[0]), outcome.expression)


def _markers(figures: Iterable[FigureLine]) -> str:
    numbers = dict.fromkeys(figure.passage for figure in figures)
    return "".join(f"[{number}]" for number in numbers)


def _verdict(question: Question, outcomes: Sequence[Outcome]) -> list[str]:
    """Yes or no, where a question of that kind asks for a direction."""
    value = outcomes[0].value
    if (
        value is None
        or not _YES_OR_NO.search(question.lower)
        or outcomes[0].calculation.kind == "ratio"
    ):
        return []
    title = outcomes[0].calculation.title
    changes = title.startswith(("Growth", "Change", "CAGR")) or " less " in title
    if not changes or len(_companies(outcomes)) > 1:
        return []
    up, down = _UP.search(question.lower), _DOWN.search(question.lower)
    if not up and not down:
        return []
    holds = value > 0 if up else value < 0
    return ["Yes." if holds else "No."]


def _comparison(outcomes: Sequence[Outcome]) -> list[str]:
    """Two results of one formula, side by side."""
    if len(outcomes) < 2 or outcomes[0].note or outcomes[1].note:  # noqa: PLR2004 - a pair
        return []
    first, second = outcomes[:2]
    if first.value is None or second.value is None or first.unit != second.unit:
        return []
    word = (
        "the same"
        if first.value == second.value
        else "higher"
        if first.value > second.value
        else "lower"
    )
    than = "as" if first.value == second.value else "than"
    if first.company != second.company:
        one, other = first.company, second.company.rstrip(".")
        return [f"That is {word} for {one} {than} for {other}."]
    return [f"That is {word} in {first.calculation.period} {than} in {second.calculation.period}."]


def _looked_up(findings: Findings) -> list[str]:
    """Empty where the question itself names no figure exactly."""
    if not findings.direct or findings.asks_for_prose:
        return []
    if refusal := _other_currency(findings):
        return [refusal]
    several = len({each.company for each in findings.direct}) > 1
    lines: list[str] = []
    for finding in _in_currency(findings):
        if is_ambiguous(finding):
            lines.append(f"{len(finding.found)} rows fit the question and differ:")
        for each in finding.found:
            lines += _versions(findings.question, each.line, each.earlier, several=several)
    return ["\n".join([*lines, *_higher(findings)])]


def _versions(
    question: Question, line: FigureLine, earlier: FigureLine | None, *, several: bool
) -> list[str]:
    if earlier is None or question.wants_restated:
        return [_figure_line(line, question, several=several)]
    if question.wants_first or question.report_year:
        return [_figure_line(earlier, question, several=several)]
    return [
        _figure_line(line, question, several=several, note="by the newest document"),
        _figure_line(earlier, question, several=several, note="as first reported"),
    ]


def _in_currency(findings: Findings) -> Sequence[Finding]:
    """Without the amounts of other currencies where one is asked for and is there."""
    asked = findings.question.currency
    if asked is None:
        return findings.direct
    kept = []
    for finding in findings.direct:
        found = tuple(each for each in finding.found if each.line.unit.startswith(asked))
        kept.append(replace(finding, found=found or finding.found))
    return kept


def _other_currency(findings: Findings) -> str:
    """What to say if an amount is asked in a currency in which no document states it."""
    asked = findings.question.currency
    lines = [each.line for finding in findings.direct for each in finding.found]
    stated = {line.unit.split("/")[0] for line in lines if line.unit}
    if asked is None or asked in stated or not stated:
        return ""
    codes = " and ".join(sorted(stated))
    printed = "\n".join(f"- {_figure_line(line, NO_QUESTION, several=False)}" for line in lines)
    return (
        f"Not stated in {asked}: the documents give it only in {codes}, and no exchange rate.\n\n"
        f"As printed:\n{printed}"
    )


def _higher(findings: Findings) -> list[str]:
    """Which of two companies has more, where one amount of each in one unit was found."""
    singles = [each for each in findings.direct if len(each.found) == 1]
    if len(singles) != 2 or singles[0].company == singles[1].company:  # noqa: PLR2004 - a pair
        return []
    one, other = (each.found[0].line for each in singles)
    if one.unit != other.unit or one.amount == other.amount:
        return []
    more = one if one.amount > other.amount else other
    return [f"That is higher for {more.company.rstrip('.')}."]


def _figure_line(figure: FigureLine, question: Question, *, several: bool, note: str = "") -> str:
    company = f" of {figure.company}" if several else ""
    notes = "; ".join(filter(None, (note, _doubts(figure))))
    said = f" ({notes})" if notes else ""
    value = abs(figure.value) if is_size(figure) else figure.value
    amount = in_words(value, figure.unit, figure.scale, question)
    source = figure.source.replace(" page ", ", page ")
    return f"{figure.item}{company}, {figure.period}{said}: {amount} [{figure.passage}] ({source})"


def _doubts(figure: FigureLine) -> str:
    doubts = [
        each
        for each in figure.note.split("; ")
        if each and not each.startswith(("several rows", "as an older"))
    ]
    return f"read with doubt: {', '.join(doubts)}" if doubts else ""


def _quoted(findings: Findings) -> list[str]:
    """Sentences as an answer where reasons or descriptions were asked, else as what comes near."""
    if unknown := _unknown_company(findings):
        return [unknown]
    if findings.failure:
        return [f"I could not look figures up: {findings.failure}"]
    quotes = best_quotes(findings.question, findings.passages)
    lines = [f'"{quote.text}" [{quote.passage.id}]' for quote in quotes]
    missing = _missing(findings)
    answers = bool(quotes) and quotes[0].score >= LEAST_COVERED
    if findings.asks_for_prose and answers and not missing:
        return ["\n".join(lines)]
    if not lines:
        return [missing or f"{NOT_FOUND} The documents I was given do not answer this question."]
    return [
        "\n".join([missing, CLOSEST] if missing else [CLOSEST]),
        "\n".join(lines[:MOST_CLOSEST]),
    ]


def _unknown_company(findings: Findings) -> str:
    """What to say if the question names somebody of whom no passage tells."""
    names = findings.question.names
    if not names or not findings.passages:
        return ""
    known = _squashed(
        " ".join(f"{each.document} {each.headline} {each.text}" for each in findings.passages)
    )
    if any(_squashed(name.split(" ")[0]) in known for name in names):
        return ""
    documents = {each.document for each in findings.passages}
    if any(mention(name, None, None, each) for name in names for each in documents):
        return ""  # by initials: "JnJ"
    return f"{NOT_FOUND} None of the documents is about {names[0]}."


def _squashed(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _missing(findings: Findings) -> str:
    """Why nothing was computed."""
    uncalled = next((each for each in findings.outcomes if each.expression), None)
    if uncalled is not None:
        return f"{uncalled.calculation.title}: not computed, because there is no calculator."
    names = dict.fromkeys(need.name for outcome in findings.outcomes for need in outcome.missing)
    if names:
        title = findings.outcomes[0].calculation.title
        return (
            f"{title}: not computed, because the documents I was given show no row for "
            f"{'; '.join(names)}."
        )
    return ""
