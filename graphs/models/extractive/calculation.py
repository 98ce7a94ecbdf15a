"""What is to be computed and looked up for a question."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from graphs.models.extractive.formulas import Need, Template, parse_formula
from knowledge.finance.named_formulas import DERIVED

MOST_CALCULATIONS = 4


@dataclass(frozen=True)
class Calculation:
    """One call of the calculator, once its figures are known."""

    title: str
    period: str
    template: Template
    kind: str
    """percent, points (of a percentage), ratio or amount."""
    company: str = ""
    """Set where companies are compared."""

    @property
    def of(self) -> str:
        return f"{self.company}, {self.period}" if self.company else self.period

    @property
    def needs(self) -> tuple[Need, ...]:
        return tuple(dict.fromkeys(part for part in self.template if isinstance(part, Need)))


@dataclass(frozen=True)
class Request:
    """Neither calculations nor look-ups: quote what fits."""

    calculations: tuple[Calculation, ...] = ()
    lookups: tuple[Need, ...] = ()
    otherwise: tuple[Calculation, ...] = ()
    """What to compute where no row prints what is looked up."""

    @property
    def needs(self) -> tuple[Need, ...]:
        wanted = [need for calculation in self.calculations for need in calculation.needs]
        return tuple(dict.fromkeys([*wanted, *self.lookups]))


def without_missing(calculation: Calculation, found: Collection[Need]) -> Calculation:
    """A metric that no row shows is computed from its parts, where it has any."""
    parts: list[str | Need] = []
    for part in calculation.template:
        words = DERIVED.get(part.metric.name) if isinstance(part, Need) else None
        formula = parse_formula("", words) if words and part not in found else None
        if formula and isinstance(part, Need):
            parts += ["(", *of_company(part.company, formula.bind(part.period)), ")"]
        else:
            parts.append(part)
    return replace(calculation, template=tuple(parts))


def of_company(company: str, template: Template) -> Template:
    return tuple(
        replace(part, company=company) if isinstance(part, Need) else part for part in template
    )
