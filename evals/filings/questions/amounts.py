"""Figures as an analyst writes them."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from evals.filings.tables import Figure

MoneyScale = Literal["USD", "thousands", "millions", "billions"]
SIZES: dict[str, Decimal] = {
    "ones": Decimal(1),
    "USD": Decimal(1),
    "thousands": Decimal(10**3),
    "millions": Decimal(10**6),
    "billions": Decimal(10**9),
}


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def dollars(amount: Decimal, scale: str) -> str:
    """USD millions of an amount in a filing's scale; a filing in millions has no decimals."""
    return money(amount * SIZES[scale], "millions", 0 if scale == "millions" else 2)


def money(usd: Decimal, scale: MoneyScale, places: int) -> str:
    """Such as `$959.66 million`, `-$2,832 thousand` or `$6,017,000,000`."""
    amount = rounded(usd / SIZES[scale], places)
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount):,}" + ("" if scale == "USD" else f" {scale[:-1]}")


def percent(value: Decimal) -> str:
    """To one decimal, of a value that is in percent."""
    return f"{rounded(value, 1)}%"


def points(value: Decimal) -> str:
    """A difference of two percents."""
    return f"{rounded(value, 1)} percentage points"


def in_prose(figure: Figure, *, outflow: bool = False) -> str:
    """As a filing's prose rounds it, where it is money: to one decimal of a million."""
    if figure.unit != "USD" or figure.scale == "millions":
        return written(figure, outflow=outflow)
    value = -figure.value if outflow else figure.value
    return money(value * SIZES[figure.scale], "millions", 1)


def written(figure: Figure, *, outflow: bool = False) -> str:
    """A figure in its own unit; `outflow`: what is printed in parentheses, as what was spent."""
    value = -figure.value if outflow else figure.value
    match figure.unit:
        case "USD":
            return dollars(value, figure.scale)
        case "USD/share":
            return f"{'-' if value < 0 else ''}${abs(value)}"
        case "percent":
            return percent(value)
        case _:
            return f"{value:,}"
