"""It takes more than one filing: years apart, a half year more, another company."""

from collections.abc import Iterator, Sequence

from evals.filings.questions.comparisons import compared
from evals.filings.questions.desk import Desk
from evals.filings.questions.half_years import half_years
from evals.filings.questions.question import Question
from evals.filings.questions.years_apart import years_apart


def multi_document(desks: Sequence[Desk]) -> Iterator[Question]:
    for first in desks:
        for second in desks:
            if first is not second:
                yield from _of_pair(first, second)


def _of_pair(first: Desk, second: Desk) -> Iterator[Question]:
    """In that order; of two companies, each pair once."""
    if first.company is not second.company:
        if first.slug < second.slug and (first.year, first.report.quarter) == (
            second.year,
            second.report.quarter,
        ):
            yield from compared(first, second)
    elif first.is_annual and second.year == first.year + 1:
        yield from years_apart(first, second) if second.is_annual else half_years(first, second)
