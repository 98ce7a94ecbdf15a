"""Whether a figure is exactly what is asked for.

Every word of the question has to be accounted for by what is printed around the figure, and every
word printed around the figure by the question, but for words that change nothing. So a part is
never answered by the total, nor an adjusted figure by the unadjusted one.
"""

import re
from dataclasses import dataclass

from knowledge.figures.glossary import CONCEPTS, concepts_in
from knowledge.figures.item import Item, Reading
from knowledge.figures.neutral import IN_COLUMNS, IN_GROUPS, IN_LABELS
from knowledge.figures.periods import months_of
from knowledge.figures.words import stems_in, stems_of_all, words_of
from knowledge.finance.metrics import Metric
from knowledge.pdf.tables.calendar import dates_in
from knowledge.query.periods import MONTHS_A_YEAR
from knowledge.query.stems import stem
from knowledge.statements import Statement
from storage.figures.figure import Basis, Figure, Version

_SCHEDULED = re.compile(r"(?:fiscal |fy ?|year )?(?:19|20)\d\d|(?:and )?thereafter|later years")
_DUE = stems_in(
    "due fall falls maturity maturities mature matures maturing schedule scheduled payable "
    "repayment"
)
_UNIT_WORDS = stems_in("percent percentage percentages rate margin basis points bps per share unit")
_SEGMENT = stems_in("segment segments reportable region category product line division")
_CHANGES = stems_in("change changes increase decrease growth variance difference")
BY_COLUMN = 2
SEVERAL_WORDS = 2
_OF_PARENT = stems_in("parent company standalone alone only separate")


@dataclass(frozen=True)
class Fit:
    """How well a figure fits: smaller is better, exact in any case."""

    dropped: int
    """How many of the asked words name no more than the document does."""
    place: int
    """0 if the words stand in label, groups or column, 1 if the caption is needed for them."""
    by_context: int
    """0 if the label names the concept, 1 if the table does, 2 if the column alone is named."""
    literal: int
    """0 if the label says what was asked word for word."""
    statement: int
    """0 on the primary statement that prints the concept, 1 on another, 2 elsewhere."""


def fit_of(item: Item, reading: Reading, figure: Figure, of_document: frozenset[str]) -> Fit | None:
    """How a figure fits one reading of an item; None if it is another figure.

    Args:
        item: what is asked.
        reading: one of the item's.
        figure: any figure.
        of_document: stems of the company's and the document's name, which tell nothing apart.
    """
    if not _is_of_kind(item, reading, figure):
        return None
    named = _naming(reading, figure)
    if named is None:
        return None
    by_context, explained = named
    near = stems_of_all((figure.label, *figure.groups, figure.column)) | explained
    far = near | (stems_of_all((figure.caption, figure.section)) - of_document)
    wanted = reading.stems - of_document if not reading.stems <= near else reading.stems
    if item.is_percent or item.is_per_share:
        wanted -= _UNIT_WORDS
    if item.row:
        wanted -= _DUE
    if reading.concept is None and not wanted & near:
        return None  # its table alone is named
    if wanted - far - (_OF_PARENT if item.is_of_parent else frozenset()):
        return None
    by_column = _is_entry(figure, reading, wanted)
    if not by_column and _extra(figure, reading, wanted, explained):
        return None
    return Fit(
        dropped=len(reading.stems - near) if wanted != reading.stems else 0,
        place=0 if wanted <= near else 1,
        by_context=BY_COLUMN if by_column else by_context,
        literal=0 if _says_literally(item, figure) else 1,
        statement=_statement_rank(reading.concept, figure),
    )


def _is_of_kind(item: Item, reading: Reading, figure: Figure) -> bool:
    concept = reading.concept
    if figure.is_adjusted != item.is_adjusted or item.row != _row_of_schedule(figure):
        return False
    if (figure.basis is Basis.PARENT) != item.is_of_parent:
        return False
    if figure.version is Version.ADJUSTMENT:
        return False
    if not _fits_unit(item, reading, figure):
        return False
    measured = concept or CONCEPTS.get(figure.concept or "")
    is_balance = measured is not None and measured.statement is Statement.BALANCE
    earned = measured is not None and measured.statement is Statement.INCOME
    if earned and figure.statement == Statement.BALANCE.value:
        return False  # what is owed of it: "income taxes" among current liabilities
    asks_change = bool(_CHANGES & reading.stems)
    return asks_change or not (is_balance and _is_change(figure))


def _fits_unit(item: Item, reading: Reading, figure: Figure) -> bool:
    concept, unit = reading.concept, figure.unit or ""
    per_share = item.is_per_share or (concept is not None and concept.per_share)
    percent = item.is_percent or (concept is not None and concept.percent)
    if unit == "shares":
        return item.counts_shares and not percent
    if per_share != ("/" in unit or _is_per_unit(figure)):
        return False
    if unit == "percent":  # a rate with a name of its own needs no "percentage" beside it
        return percent or (concept is None and reading.narrowing == reading.stems)
    return not percent and not item.counts_shares


def _statement_rank(concept: Metric | None, figure: Figure) -> int:
    if figure.statement is None:
        return 2
    wanted = concept.statement if concept is not None else None
    return 0 if wanted is None or wanted.value == figure.statement else 1


def _row_of_schedule(figure: Figure) -> str | None:
    """The year that a row of a schedule names; None for other rows."""
    label = figure.label.strip(" :.").lower()
    return label.split()[-1] if _SCHEDULED.fullmatch(label) else None


def _is_per_unit(figure: Figure) -> bool:
    words = (
        *words_of(figure.label),
        *(word for group in figure.groups for word in words_of(group)),
    )
    return "per" in words or "je" in words


def _is_change(figure: Figure) -> bool:
    """Whether a row of a balance's name is its change in a period."""
    if figure.statement == Statement.CASH.value or months_of(figure) not in (None, MONTHS_A_YEAR):
        return True
    around = f"{figure.caption} {figure.section} {' '.join(figure.groups)}".lower()
    return "cash flow" in around or bool(_CHANGES & stems_of_all((figure.label, *figure.groups)))


def _naming(reading: Reading, figure: Figure) -> tuple[int, frozenset[str]] | None:
    """Where the concept is named and which stems of the figure it explains; None if it isn't."""
    concept = reading.concept
    if concept is None:
        return 0, frozenset()
    if figure.concept == concept.name:
        return 0, stems_in(figure.label) | stems_of_all(figure.groups[-1:])
    if found := _mention(concept, figure.label):
        return 0, found
    if figure.concept is not None or concepts_in(figure.label):
        return None
    around = (*reversed(figure.groups), figure.column, figure.caption, figure.section)
    nearest = next((words for words in around if concepts_in(words)), "")
    if {each.concept.name for each in concepts_in(nearest)} != {concept.name}:
        return None
    return 1, _mention(concept, nearest)


def _mention(concept: Metric, text: str) -> frozenset[str]:
    """The stems of a text that name a concept; empty if none do."""
    words = words_of(text)
    return frozenset(
        stem(word)
        for each in concepts_in(text)
        if each.concept.name == concept.name
        for word in words[each.start : each.end]
    )


def _extra(
    figure: Figure, reading: Reading, wanted: frozenset[str], explained: frozenset[str]
) -> frozenset[str]:
    """Stems around a figure that nothing asked for accounts for."""
    known = wanted | explained | (_OF_PARENT if figure.basis is Basis.PARENT else frozenset())
    label = frozenset() if _row_of_schedule(figure) else stems_in(figure.label) - known - IN_LABELS
    if wanted and figure.basis is Basis.PART:
        label -= _SEGMENT
    column = stems_in(figure.column) - known - IN_COLUMNS
    groups = stems_of_all(figure.groups) - known - IN_LABELS
    if figure.statement or reading.concept is not None:
        groups -= IN_GROUPS
    if len(wanted) >= SEVERAL_WORDS and wanted <= stems_in(figure.label):
        groups = frozenset()  # the label alone says what is asked
    if figure.basis is Basis.PART and not reading.narrowing and not _is_whole(figure):
        return label | column | groups | {"part"}
    return label | column | groups


def _is_whole(figure: Figure) -> bool:
    """Whether a row or column of a breakdown holds its total."""
    return (figure.is_total and "total" in words_of(figure.label)) or "total" in words_of(
        figure.column
    )


def _is_entry(figure: Figure, reading: Reading, wanted: frozenset[str]) -> bool:
    """Whether a figure is the asked column of a dated entry, as in a bank's statement."""
    is_dated = figure.ends_on is not None and figure.starts_on is None and not figure.statement
    asked = bool(wanted) and wanted <= stems_in(figure.column)
    return is_dated and asked and reading.concept is None and not dates_in(figure.column)


def _says_literally(item: Item, figure: Figure) -> bool:
    label = " ".join(words_of(figure.label))
    return bool(label) and label in " ".join(words_of(item.text))
