"""The pages that answer a question: where its figures stand, and where else they are printed."""

from collections.abc import Iterable, Sequence

from evals.filings.questions.desk import Desk
from evals.filings.questions.question import Piece
from evals.filings.sheet import Saying, Sheet
from evals.filings.tables import Figure


def cited(desk: Desk, figures: Sequence[Figure], *, only_here: bool = False) -> tuple[Piece, ...]:
    """Pages of the desk's filing, and of the company's others that print all of the figures.

    Args:
        desk: holds the filing.
        figures: of that filing.
        only_here: the question names the filing, so that no other answers it.
    """
    pieces = list(_pages(desk.sheet, figures))
    others = () if only_here else desk.siblings
    for sheet in others:
        if all(sheet.same(figure) for figure in figures):
            pieces += _pages(sheet, figures)
    return tuple(pieces)


def pieces_of(desk: Desk, saying: Saying) -> tuple[Piece, ...]:
    return tuple(Piece(desk.report.doc_name, each.page, each.text) for each in saying.evidence)


def _pages(sheet: Sheet, figures: Sequence[Figure]) -> Iterable[Piece]:
    """Each page once, with the rows of every table on it; a dash is no figure to look for."""
    shown = [same for figure in figures for same in _printed(sheet, figure)]
    for evidence in sheet.cite(shown):
        yield Piece(sheet.report.doc_name, evidence.page, evidence.text)


def _printed(sheet: Sheet, figure: Figure) -> Sequence[Figure]:
    found = sheet.same(figure)
    if figure.value:
        return sorted(found, key=lambda each: each.statement != figure.statement)
    return [each for each in found if each.statement == figure.statement]
