"""Does every figure of the answer come from what it cites, or from a calculation?

Why: a figure that stands in no cited passage and in no calculator result was made up, misread or
worked out in the model's head, and none of these can be checked by a reader. The scale may differ:
a filing prints 1,404 under "in thousands", an answer says $1.4 million. Figures of the question
itself ("at a rate of 8%") need no source.

Blind spot: it asks whether the number is there, not whether it is the right row, period or scale;
and an answer without figures is not scored, however wrong its words.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from evals.figures import SCALES, Amount, amounts, figures, within_half


def citation_support(
    answer: str, sources: Sequence[str], results: Sequence[str], question: str = ""
) -> float | None:
    """1 if every figure is supported, 0 if one isn't, None if the answer states none.

    Args:
        answer: its text.
        sources: the texts of the passages it cites.
        results: values of calculations, as decimal strings such as "6.9383".
        question: what was asked.
    """
    if not figures(answer):
        return None
    return float(not unsupported_figures(answer, sources, results, question))


def unsupported_figures(
    answer: str, sources: Sequence[str], results: Sequence[str], question: str = ""
) -> list[str]:
    """The figures, as printed, that have no source."""
    stated = (each for each in figures(answer) if not _converts(each))
    return [each.printed for each in without_source(stated, sources, results, question)]


def without_source(
    stated: Iterable[Amount], sources: Iterable[str], results: Iterable[str], question: str = ""
) -> list[Amount]:
    """Those that no source has, in any scale."""
    known = set(_values(sources, results, question))
    return [each for each in stated if not _is_supported(each, known)]


def is_source(printed: Amount, stated: Amount) -> bool:
    """Whether a figure of a passage is the one that an answer states, in any scale."""
    return _is_supported(stated, set(_values_of(printed)))


def _converts(stated: Amount) -> bool:
    """The 1000 of "138373 / 1000" changes a scale and needs no source."""
    return stated.is_bare and stated.magnitude in SCALES


def _values(sources: Iterable[str], results: Iterable[str], question: str) -> Iterable[Decimal]:
    for text in (*sources, question):
        for amount in amounts(text):
            yield from _values_of(amount)
    for result in results:
        try:
            yield abs(Decimal(result))
        except InvalidOperation:
            continue


def _values_of(amount: Amount) -> Iterable[Decimal]:
    """A table's scale may be named elsewhere, and a row's own be no scale of it."""
    return amount.magnitude * (amount.scale or 1), amount.magnitude


def _is_supported(stated: Amount, known: Iterable[Decimal]) -> bool:
    scale = stated.scale or Decimal(1)
    value, quantum = stated.magnitude * scale, stated.quantum * scale
    units = {*SCALES, scale}
    return any(within_half(each * unit, value, quantum) for each in known for unit in units)
