"""How a country prints figures."""

from dataclasses import dataclass
from decimal import Decimal

THIN_SPACE = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class Numbers:
    """`negative` and `nil` are what stands for a loss of 1 (`({})`) and for nothing."""

    grouping: str = ","
    point: str = "."
    negative: str = "({})"
    nil: str = EN_DASH
    has_lakhs: bool = False
    """Pairs of digits above the thousands: 1,23,456."""

    def printed(self, value: Decimal, places: int, suffix: str = "") -> str:
        if not value:
            return self.nil
        whole, _, decimals = f"{abs(value):.{places}f}".partition(".")
        digits = self.grouping.join(self._groups(whole))
        text = f"{digits}{self.point}{decimals}" if decimals else digits
        return (self.negative.format(text) if value < 0 else text) + suffix

    def _groups(self, whole: str) -> list[str]:
        groups, rest = [whole[-3:]], whole[:-3]
        size = 2 if self.has_lakhs else 3
        while rest:
            groups.insert(0, rest[-size:])
            rest = rest[:-size]
        return groups


ENGLISH = Numbers()
GERMAN = Numbers(".", ",", f"{EN_DASH}{{}}")
FRENCH = Numbers(THIN_SPACE, ",")
INDIAN = Numbers(has_lakhs=True)
