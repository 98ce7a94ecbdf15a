"""Figures that an expression may name, such as F12."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from types import MappingProxyType
from typing import Final

from knowledge.figures.shown import ShownFigure
from storage.figures.figure import Figure
from tools.arithmetic.measure import UNSTATED, of_names
from tools.arithmetic.quantity import Quantity, Unit
from tools.arithmetic.refusal import DomainError

_SHARES: Final = {
    **dict.fromkeys(("percent", "per cent", "%"), (Unit.PERCENT, Fraction(1, 100))),
    **dict.fromkeys(("percentage points", "pp"), (Unit.POINTS, Fraction(1, 100))),
    **dict.fromkeys(("basis points", "bps", "bp"), (Unit.POINTS, Fraction(1, 10_000))),
}
_PENCE: Final = Fraction(1, 100)


@dataclass(frozen=True)
class Operand:
    """A figure as a calculation takes it."""

    value: Decimal
    """Signed, before scaling."""
    unit: str | None
    """As `Figure.unit`: `USD`, `percent`, `basis points`, `USD/share`, `pence/share`, `shares`."""
    scale: int = 1
    """What `value` is multiplied by."""
    period: str | None = None
    """As `Figure.period`: `FY2022`, `Q2 2024`, or the day of a balance."""
    doubts: tuple[str, ...] = ()
    """Why it may have been misread."""

    @classmethod
    def of(cls, figure: Figure | ShownFigure) -> "Operand":
        return cls(figure.value, figure.unit, figure.scale, figure.period, figure.doubts)

    @property
    def quantity(self) -> Quantity:
        """In single units of its currency: pence are hundredths of a pound."""
        value = Fraction(self.value) * self.scale
        periods = frozenset([self.period] if self.period else ())
        share = _SHARES.get((self.unit or "").strip().lower())
        if share:
            unit, factor = share
            return Quantity(value * factor, unit, measure=(), periods=periods)
        above, *below = [part.strip() for part in (self.unit or UNSTATED).split("/")]
        if above.lower() == "pence":
            value, above = value * _PENCE, "GBP"
        scale = 1 if below else self.scale
        return Quantity(value, measure=of_names(above, *below), scale=scale, periods=periods)


Operands = Mapping[str, Operand]
"""By id: `F12`."""
NO_OPERANDS: Final[Operands] = MappingProxyType({})


def find_operand(operands: Operands, name: str) -> Operand:
    """Raises DomainError when the conversation hasn't shown such a figure."""
    operand = operands.get(name)
    if operand is None:
        raise DomainError(
            f"{name} was not shown in this conversation; look it up first with look_up_figures. "
            + (f"Shown: {_ranges(operands)}" if operands else "No figure was shown yet")
        )
    return operand


def _ranges(operands: Operands) -> str:
    """`F1 to F12, F15`."""
    numbers = sorted(int(name[1:]) for name in operands)
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), key=lambda each: each[1] - each[0])
    ]
    return ", ".join(map(_range, runs))


def _range(run: Sequence[int]) -> str:
    return f"F{run[0]} to F{run[-1]}" if len(run) > 1 else f"F{run[0]}"
