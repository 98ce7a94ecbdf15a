"""What an amount is counted in: currencies, shares, and one per the other.

A measure holds names with exponents: US dollars per share are `(("USD", 1), ("share", -1))`, and a
ratio of two amounts is `()`.
"""

from collections import Counter
from typing import Final

from tools.arithmetic.refusal import DomainError

Measure = tuple[tuple[str, int], ...]
UNSTATED: Final = "unstated unit"
_CODE_LENGTH: Final = 3
"""Of a currency: `USD` has no plural."""


def of_names(above: str, *below: str) -> Measure:
    """`of_names("USD", "shares")` is that of dollars per share."""
    names = Counter({_singular(above): 1})
    for name in below:
        names[_singular(name)] -= 1
    return _sorted(names)


def product(one: Measure, other: Measure, *, sign: int = 1) -> Measure:
    """Args: sign: -1 for the quotient."""
    names = Counter(dict(one))
    for name, exponent in other:
        names[name] += sign * exponent
    return _sorted(names)


def is_rate(measure: Measure) -> bool:
    """Whether it is something per something else."""
    return any(exponent < 0 for _, exponent in measure)


def currency_of(measure: Measure) -> str | None:
    """The code of the currency that amounts are in, if they are."""
    if len(measure) != 1:
        return None
    ((name, exponent),) = measure
    is_code = len(name) == _CODE_LENGTH and name.isupper()
    return name if is_code and exponent == 1 else None


def in_words(measure: Measure) -> str:
    """For messages, of any measure: `USD times USD per share`."""
    above = [_plural(name) for name, exponent in measure for _ in range(exponent)]
    below = [name for name, exponent in measure for _ in range(-exponent)]
    return " per ".join(" times ".join(names) for names in (above or ["1"], below) if names)


def render(measure: Measure) -> str:
    """`USD`, `USD/share`, `shares`.

    Raises:
        DomainError: nothing is counted in it, such as USD times USD.
    """
    exponents = sorted(exponent for _, exponent in measure)
    if exponents not in ([1], [-1, 1]):
        raise DomainError(
            f"the result would be in {in_words(measure)}, in which nothing is counted: check what"
            " is multiplied or divided by what"
        )
    return in_words(measure).replace(" per ", "/")


def _sorted(names: Counter[str]) -> Measure:
    return tuple(sorted((name, exponent) for name, exponent in names.items() if exponent))


def _singular(name: str) -> str:
    is_plural = len(name) > _CODE_LENGTH and name.endswith("s") and not name.endswith("ss")
    return name[:-1] if is_plural else name


def _plural(name: str) -> str:
    return name if name.isupper() or name == UNSTATED or name.endswith("s") else f"{name}s"
