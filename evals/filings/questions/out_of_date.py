"""A later filing corrects the figure: which version is asked for decides."""

from collections.abc import Iterator
from dataclasses import replace

from evals.examples import Category, KeyFact
from evals.filings.questions.amounts import dollars
from evals.filings.questions.citing import cited
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Asked, looked_up, phrased, searches
from evals.filings.questions.items import Item
from evals.filings.questions.question import COMPARISON, Piece, Question
from evals.filings.questions.reasons import SAID
from evals.filings.sheet import Sheet
from evals.filings.tables import Figure

TABLE = "Effects of the Restatement"
REPORTED, ADJUSTMENT, RESTATED = "As previously reported", "Adjustment", "As restated"
LINES = {
    "Net revenue": "net revenue",
    "Cost of revenue": "cost of revenue",
    "Gross profit": "gross profit",
    "Operating income (loss)": "operating income",
    "Provision for income taxes": "provision for income taxes",
    "Net income (loss)": "net income",
    "Inventories": "year-end inventories",
    "Deferred revenue": "year-end deferred revenue",
    "Retained earnings": "year-end retained earnings",
}
RESTATED_WORDINGS = (
    "What was {name}'s FY{year} {words} as restated, {unit}?",
    "According to {name}'s latest filing that shows it, what was its FY{year} {words}, {unit}?",
    "After the correction in its FY{next} 10-K, what does {name} show as FY{year} {words}, {unit}?",
)
REPORTED_WORDINGS = (
    (
        "What FY{year} {words} did {name} originally report in its FY{year} 10-K, before the "
        "restatement, {unit}?"
    ),
    "Before it was restated, what was {name}'s FY{year} {words}, {unit}?",
)


def out_of_date(desk: Desk) -> Iterator[Question]:
    if not desk.report.restates:
        return
    yield _why(desk)
    first = next((s for s in desk.siblings if s.report.fiscal_year == desk.year - 1), None)
    for label, words in LINES.items():
        if _of(desk, label, ADJUSTMENT).value:
            yield _restated(desk, label, words)
            if first:
                yield _reported(desk, first, label, words)


def _of(desk: Desk, label: str, column: str) -> Figure:
    return desk.figure(_item(label, column, ""))


def _item(label: str, column: str, words: str) -> Item:
    slug = words.replace(" ", "_").replace("-", "_")
    return Item(slug, TABLE, f"{label}: {column}", words)


def _restated(desk: Desk, label: str, words: str) -> Question:
    item = _item(label, RESTATED, words)
    old = _of(desk, label, REPORTED)
    question = phrased(RESTATED_WORDINGS, f"{desk.slug}.{item.slug}").format(
        name=desk.name, year=desk.year - 1, next=desk.year, words=words, unit=desk.unit
    )
    found = looked_up(
        Asked(
            desk,
            Category.OUT_OF_DATE,
            f"{item.slug}_restated",
            question,
            wrong=[dollars(old.value, old.scale)],
        ),
        item,
    )
    return _with_statement(found, desk.sheet, label, desk.figure(item))


def _reported(desk: Desk, first: Sheet, label: str, words: str) -> Question:
    """Its own filing has it, and so has the restatement's table."""
    item = _item(label, REPORTED, words)
    new, year = _of(desk, label, RESTATED), desk.year - 1
    question = phrased(REPORTED_WORDINGS, f"{desk.slug}.{item.slug}").format(
        name=desk.name, year=year, words=words, unit=desk.unit
    )
    found = looked_up(
        Asked(
            desk,
            Category.OUT_OF_DATE,
            f"{item.slug}_originally",
            question,
            wrong=[dollars(new.value, new.scale)],
        ),
        item,
    )
    return _with_statement(found, first, label, desk.figure(item))


def _with_statement(question: Question, sheet: Sheet, label: str, figure: Figure) -> Question:
    """About the filing whose statements print the figure, with their pages."""
    found = [
        each
        for each in sheet.figures
        if each.row_label.startswith(label) and each.value == figure.value
        and each.unit == "USD" and each.statement != figure.statement
    ]  # fmt: skip
    name = sheet.report.doc_name
    pieces = [Piece(name, each.page, each.text) for each in sheet.cite(found)]
    slug = question.id.partition(".")[2]
    return replace(
        question,
        id=f"{name.lower()}.{slug}",
        reports=(sheet.report,),
        evidence=(*pieces, *question.evidence),
    )


def _why(desk: Desk) -> Question:
    year, label = desk.year - 1, "Net income (loss)"
    figures = [_of(desk, label, column) for column in (REPORTED, ADJUSTMENT, RESTATED)]
    before, change, after = figures
    amounts = [dollars(each.value, each.scale) for each in (before, after)]
    note = desk.sheet.prose("restatement")
    reasons = SAID[desk.report.doc_name]["restatement"]
    word = "fell" if change.value < 0 else "rose"
    facts = (
        *(KeyFact(f"FY{year} net income, before and after: {each}", (each,)) for each in amounts),
        *(KeyFact(f"The reason: {each}", (each,)) for each in reasons),
    )
    question = f"How did the restatement change {desk.name}'s FY{year} net income, and why?"
    return Question(
        f"{desk.slug}.{Category.OUT_OF_DATE}.restatement",
        Category.OUT_OF_DATE,
        question,
        f"Net income {word} from {amounts[0]} to {amounts[1]}. {note.text}",
        (desk.report,),
        (
            *cited(desk, figures, only_here=True),
            Piece(desk.report.doc_name, note.page, note.text),
        ),
        facts,
        (),
        searches(desk.search_words(question)),
        COMPARISON,
        "domain-relevant",
        f"Adjustment of {change.printed}.",
    )
