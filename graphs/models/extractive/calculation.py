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

    @property
    def needs(self) -> tuple[Need, ...]:
        return tuple(dict.fromkeys(part for part in self.template if isinstance(part, Need)))


@dataclass(frozen=True)
class Request:
    """What to compute; nothing where what is asked is looked up or quoted."""

    calculations: tuple[Calculation, ...] = ()
    prefers_row: bool = False
    """Whether a row that says it all goes before the computation, as of a rate that is printed."""

    @property
    def needs(self) -> tuple[Need, ...]:
        return tuple(dict.fromkeys(need for each in self.calculations for need in each.needs))


def without_missing(calculation: Calculation, found: Collection[Need]) -> Calculation:
    """A metric that no row shows is computed from its parts, where it has any."""
    parts: list[str | Need] = []
    for part in calculation.template:
        words = DERIVED.get(part.metric) if isinstance(part, Need) else None
        formula = parse_formula("", words) if words and part not in found else None
        if formula and isinstance(part, Need):
            parts += ["(", *formula.bind(part.period, part.qualifier), ")"]
        else:
            parts.append(part)
    return replace(calculation, template=tuple(parts))
