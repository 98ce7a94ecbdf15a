"""Literals beside figures: a plain number counts in what the figure beside it is printed in."""

from collections.abc import Sequence
from dataclasses import replace

from tools.arithmetic.answer import scale_in_words
from tools.arithmetic.measure import currency_of, in_words
from tools.arithmetic.quantity import Quantity, Unit
from tools.arithmetic.refusal import DomainError

Aligned = tuple[list[Quantity], str | None]


def aligned(quantities: Sequence[Quantity]) -> Aligned:
    """Bring what is added or compared to one scale.

    Returns:
        The quantities, and a warning if a literal was taken as an amount.

    Raises:
        DomainError: a literal stands beside figures of several scales, or a percent beside an
            amount.
    """
    amounts = [each for each in quantities if each.measure]
    literals = [each for each in quantities if each.measure is None and each.value]
    if not amounts or not literals:
        return list(quantities), None
    if any(each.unit is Unit.RATE for each in literals):
        raise DomainError(
            "a percent can't be added to or compared with an amount: to change F1 by 5 percent"
            " write F1 * (1 + 5%)"
        )
    scales = {each.scale for each in amounts}
    if len(scales) > 1:
        raise DomainError(
            "a plain number beside figures of different scales could be in either: look up the"
            " figure for it, or calculate with the figures first"
        )
    scale = scales.pop()
    taken = [
        replace(each, value=each.value * scale) if each.measure is None else each
        for each in quantities
    ]
    counted = in_words(amounts[0].measure or ())
    return taken, (
        f"plain numbers beside figures were taken as {counted}{scale_in_words(scale, ' ')}"
    )


def warn_of_currencies(left: Quantity, right: Quantity) -> str | None:
    """One currency per another is an exchange rate, and else no ratio."""
    names = {currency_of(each.measure or ()) for each in (left, right)} - {None}
    if len(names) <= 1:
        return None
    return f"figures in {' and '.join(sorted(filter(None, names)))}: no currency was converted"
