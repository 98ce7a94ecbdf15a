"""Every question on the filings that are written."""

from collections.abc import Iterator, Sequence

from evals.filings.questions.ambiguous import ambiguous
from evals.filings.questions.computation import computation
from evals.filings.questions.desk import desks
from evals.filings.questions.footnote import footnote
from evals.filings.questions.languages import other_languages
from evals.filings.questions.lookup import lookup
from evals.filings.questions.multi_document import multi_document
from evals.filings.questions.multi_period import multi_period
from evals.filings.questions.near_duplicate import near_duplicate
from evals.filings.questions.out_of_date import out_of_date
from evals.filings.questions.question import Question
from evals.filings.questions.scaled_table import scaled_table
from evals.filings.questions.unanswerable import unanswerable
from evals.filings.sheet import Sheet

OF_A_FILING = (
    lookup, multi_period, computation, scaled_table, footnote, near_duplicate, out_of_date,
    other_languages,
)  # fmt: skip
OF_ALL_FILINGS = (multi_document, unanswerable, ambiguous)


def ask(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """First those of each filing, in order, then those that take several or none."""
    every = desks(sheets)
    for desk in every:
        for category in OF_A_FILING:
            yield from category(desk)
    for across in OF_ALL_FILINGS:
        yield from across(every)
