"""How one figure stands to another: the formulas that analysts write most."""

from fractions import Fraction

from tools.arithmetic.powers import power
from tools.arithmetic.quantity import Quantity, Unit, common_unit, is_share
from tools.arithmetic.refusal import DomainError

_ONE = Quantity(Fraction(1))


def growth(old: Quantity, new: Quantity) -> Quantity:
    """(new - old) / old, a percent.

    Refused from a base of zero or less, where the percentage has no meaning (filings print "n.m.").
    Source: CFA Institute, "Financial Analysis Techniques", horizontal analysis.
    """
    if old.value <= 0:
        raise DomainError(
            "growth from zero or from a negative base has no meaning: report change(old, new)"
        )
    return ((new - old) / old).measured_in(Unit.PERCENT)


def warn_of_percents(old: Quantity, new: Quantity, *_: Quantity) -> str | None:
    """From 5 % to 6 % is a growth of 20 %, which is hardly ever what was asked."""
    is_of_figures = old.measure is not None or new.measure is not None
    if is_of_figures and is_share(old) and is_share(new):
        return "this is the growth of a percent: change(old, new) gives percentage points"
    return None


def change(old: Quantity, new: Quantity) -> Quantity:
    """New - old, in their unit: percentage points between two percents."""
    return new - old


def cagr(begin: Quantity, end: Quantity, years: Quantity) -> Quantity:
    """(end / begin)^(1 / years) - 1, a percent: the compound annual growth rate.

    Source: CFA Institute, "Rates and Returns", the geometric mean return.
    """
    common_unit(begin, end)
    if begin.value <= 0 or end.value < 0:
        raise DomainError(
            "cagr needs a positive begin and an end that is not negative: report change(begin, end)"
        )
    if years.value <= 0 or is_share(years) or years.measure:
        raise DomainError("cagr needs a positive number of years: from 2019 to 2024 it is 5")
    factor = power((end / begin).measured_in(Unit.NUMBER), _ONE / years)
    return (factor - _ONE).measured_in(Unit.PERCENT)


def margin(part: Quantity, revenue: Quantity) -> Quantity:
    """Part / revenue, a percent; part is a profit, or a cost, of the same period.

    Source: CFA Institute, "Financial Analysis Techniques", profitability ratios.
    """
    common_unit(part, revenue)
    if revenue.value <= 0:
        raise DomainError(
            "a margin needs a positive revenue: check the order margin(part, revenue)"
        )
    return (part / revenue).measured_in(Unit.PERCENT)


def percent(part: Quantity, whole: Quantity) -> Quantity:
    """Part / whole, a percent (common-size or vertical analysis)."""
    common_unit(part, whole)
    return (part / whole).measured_in(Unit.PERCENT)


def ratio(a: Quantity, b: Quantity) -> Quantity:
    """A / b, a plain number, such as a current ratio or a leverage."""
    common_unit(a, b)
    return a / b
