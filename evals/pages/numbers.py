"""How numbers are printed: alike in the page's tables, its drawings and the summary."""

HUNDRED, TEN = 100, 10
MINUS = "\N{MINUS SIGN}"


def number(value: float) -> str:
    """Three decimals of small ones, none of large ones: `0.838`, `28.6`, `6,104`."""
    magnitude = abs(value)
    if magnitude >= HUNDRED:
        return f"{value:,.0f}".replace("-", MINUS)
    decimals = 1 if magnitude >= TEN else 3
    return f"{value:.{decimals}f}".replace("-", MINUS)


def signed(value: float) -> str:
    """`+0.012`; 0 has no sign."""
    printed = number(value)
    if not printed.strip(f"0.{MINUS}"):
        return printed.lstrip(MINUS)
    return printed if value < 0 else f"+{printed}"


def interval(low: float, high: float) -> str:
    """Of a mean."""
    return f"{number(low)} to {number(high)}"


def difference(low: float, high: float) -> str:
    """Of the difference of two means."""
    return f"{signed(low)} to {signed(high)}"
