"""Questions and truth of each document agree with what it prints."""

from dataclasses import replace
from decimal import Decimal

import pytest

from evals.evaluators.figure_correct import figure_correct, gold_figures
from evals.evaluators.wrong_figure import Expected, wrong_figure
from evals.examples import Category, Example
from evals.figures import SCALES, within_half
from evals.filings.world.catalogue import DOCUMENTS
from evals.filings.world.content import Document, Table
from evals.filings.world.question_lines import evidence
from evals.filings.world.truth import cells
from tools.arithmetic.answer import decimal_value
from tools.arithmetic.evaluation import evaluate
from tools.arithmetic.parser import parse

by_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.company)
ASKS = [(document, ask) for document in DOCUMENTS for ask in document.asks]
by_ask = pytest.mark.parametrize(
    ("document", "ask"), ASKS, ids=lambda each: getattr(each, "id", "")
)
OTHER_UNITS = (Decimal(10**5), Decimal(10**7))


def tables(document: Document) -> list[Table]:
    """One that goes on over a page is one again."""
    found: dict[str, Table] = {}
    for page in document.pages:
        for each in page.blocks:
            if isinstance(each, Table):
                before = found[each.title].rows if each.title in found else ()
                found[each.title] = replace(each, rows=before + each.rows)
    return list(found.values())


def test_set_is_large_and_mixed():
    categories = {ask.category for _, ask in ASKS}
    assert len(ASKS) >= 80
    assert {ask.language for _, ask in ASKS} == {"en", "de", "fr", "es"}
    assert categories >= {Category.LOOKUP, Category.COMPUTATION, Category.UNANSWERABLE}
    assert 0.15 < sum(not ask.is_answerable for _, ask in ASKS) / len(ASKS) < 0.3


@by_document
def test_names_and_ids_are_given_once(document):
    ids = [ask.id for ask in document.asks]
    assert len(set(ids)) == len(ids)
    assert sum(each.name == document.name for each in DOCUMENTS) == 1


@by_document
def test_every_row_has_a_value_for_every_column_or_is_a_heading(document):
    for table in tables(document):
        for row in table.rows:
            assert len(row.values) == (0 if row.style == "heading" else len(table.columns))


@by_ask
def test_answerable_question_has_evidence_and_another_one_has_none(document, ask):
    assert bool(evidence(ask, document)) == ask.is_answerable


@by_ask
def test_gold_figure_is_printed_or_calculated(document, ask):
    if not ask.is_answerable:
        return
    (gold, *_) = gold_figures(ask.answer)
    if ask.expression:
        known = [abs(decimal_value(evaluate(parse(ask.expression)))[0])]
    else:
        pages = {page for page, _ in evidence(ask, document)}
        known = [abs(cell.value) for cell in cells(document) if cell.page in pages]
        said = " ".join(ask.says)
        known += [each.magnitude for each in gold_figures(said)]
    units = (*SCALES, *OTHER_UNITS)
    assert any(
        within_half(value, gold.magnitude * unit, gold.quantum * unit)
        for value in known
        for unit in (*units, *(1 / each for each in units))
    )


@by_ask
def test_gold_answer_is_right_and_not_wrong(document, ask):
    if not ask.is_answerable:
        return
    example = Example("q", ask.question, ask.answer, document.name, frozenset())
    answer = f"It was {ask.answer} [1]."
    assert figure_correct(ask.answer, answer) == 1.0
    assert wrong_figure(Expected.of(example), answer) == 0.0


@by_document
def test_totals_of_statements_add_up(document):
    """Of columns that sum what stands above: each total is one of the sums that end before it."""
    for table in tables(document):
        if not any(row.style == "total" for row in table.rows) or table.title in UNSUMMED:
            continue
        for at, column in enumerate(table.columns):
            if not column.is_text:
                assert not _unexplained(table, at), (table.title, column)


UNSUMMED = {"Statement of Profit and Loss", "Transactions"}
"""Expenses are printed without a sign; a balance is no sum of its column."""


def _unexplained(table: Table, at: int) -> list[str]:
    """Labels of totals that no run of the lines and totals above adds up to."""
    found, above = [], []
    for row in table.rows:
        if row.unit or not row.values:
            continue
        value = row.values[at]
        if not isinstance(value, Decimal):
            continue
        if row.style == "total" and above and not _is_sum(value, above):
            found.append(row.label)
        above.append((row.style, value))
    return found


def _is_sum(value: Decimal, above: list[tuple[str, Decimal]]) -> bool:
    """Of the lines since any row; of the total before and the lines since; or of all totals."""
    runs, running = [], Decimal(0)
    for _, each in reversed(above):
        running += each
        runs.append(running)
    totals = [each for style, each in above if style == "total"]
    runs += [sum(totals[first:], Decimal(0)) for first in range(len(totals))]
    return value in runs
