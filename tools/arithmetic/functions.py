"""The table of functions: what a name calls, and with what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from tools.arithmetic import aggregates, comparisons, flows, powers
from tools.arithmetic.limits import MAX_FLOWS
from tools.arithmetic.periods import warn_of_order, warn_of_years
from tools.arithmetic.quantity import Quantity
from tools.arithmetic.refusal import DomainError


@dataclass(frozen=True, slots=True)
class Function:
    signature: str
    """As a caller writes it: "growth(old, new)"."""
    apply: Callable[..., Quantity]
    fewest: int
    most: int
    alike: tuple[int, int | None] = (0, None)
    """From which argument to before which they are amounts of one kind; the others are rates,
    counts of years or digits."""
    warnings: tuple[Callable[..., str | None], ...] = ()
    """Each looks at the arguments for what is allowed and yet likely to be a mistake."""


_GROWTH: Final = (warn_of_order, comparisons.warn_of_percents)
FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        "growth": Function("growth(old, new)", comparisons.growth, 2, 2, warnings=_GROWTH),
        "change": Function("change(old, new)", comparisons.change, 2, 2, warnings=(warn_of_order,)),
        "cagr": Function("cagr(begin, end, years)", comparisons.cagr, 3, 3, (0, 2), _GROWTH),
        "margin": Function(
            "margin(part, revenue)", comparisons.margin, 2, 2, warnings=(warn_of_years,)
        ),
        "percent": Function(
            "percent(part, whole)", comparisons.percent, 2, 2, warnings=(warn_of_years,)
        ),
        "ratio": Function("ratio(a, b)", comparisons.ratio, 2, 2),
        "npv": Function("npv(rate, cf0, cf1, ...)", flows.npv, 2, MAX_FLOWS + 1, (1, None)),
        "irr": Function("irr(cf0, cf1, ...)", flows.irr, 2, MAX_FLOWS),
        "average": Function("average(a, b, ...)", aggregates.average, 1, MAX_FLOWS),
        "sum": Function("sum(a, b, ...)", aggregates.total, 1, MAX_FLOWS),
        "min": Function("min(a, b, ...)", aggregates.least, 1, MAX_FLOWS),
        "max": Function("max(a, b, ...)", aggregates.greatest, 1, MAX_FLOWS),
        "abs": Function("abs(x)", aggregates.absolute, 1, 1),
        "round": Function("round(x, digits)", aggregates.rounded, 2, 2, (0, 1)),
        "sqrt": Function("sqrt(x)", powers.sqrt, 1, 1),
    }
)


def find_function(name: str, n_arguments: int) -> Function:
    """Raises DomainError when there is no such function or it takes another number of arguments."""
    function = FUNCTIONS.get(name)
    if function is None:
        raise DomainError(f"there is no function {name[:40]!r}: {_suggestion(name)}")
    if n_arguments < function.fewest:
        raise DomainError(f"too few arguments, {n_arguments}: write {function.signature}")
    if n_arguments > function.most:
        raise DomainError(
            f"{n_arguments} arguments, more than {function.most}: write {function.signature}, and"
            " numbers without thousands separators"
        )
    return function


def _suggestion(name: str) -> str:
    near = get_close_matches(name, FUNCTIONS, n=1)
    if near:
        return f"did you mean {FUNCTIONS[near[0]].signature}?"
    return f"use one of {', '.join(FUNCTIONS)}"
