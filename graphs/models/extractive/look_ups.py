"""What look-ups of a turn found, by what was looked up."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphs.models.extractive.formulas import Need
from graphs.models.extractive.turn import Called
from knowledge.query.asked_periods import asked_periods
from knowledge.query.periods import Period
from tools_registry.evidence import EARLIER
from tools_registry.figure_lines import FigureLine, read_figure_lines

_SEARCHED = re.compile(r"^Searched: (?P<documents>.*+)$", re.MULTILINE)
_OWN_PERIOD = re.compile(r"\b(?:Q[1-4] )?fiscal (?:19|20)\d\d\b")
_NEAREST = re.compile(r"^Nearest rows: (?P<rows>.*+)$", re.MULTILINE)


@dataclass(frozen=True)
class Found:
    """A figure that answers, of one company and period."""

    line: FigureLine
    earlier: FigureLine | None = None
    """What an older document says of the same."""


@dataclass(frozen=True)
class Finding:
    """What one look-up found for one company and period."""

    company: str
    period: str
    found: tuple[Found, ...]
    """Several where rows fit equally well and differ."""


def findings_of(result: str) -> list[Finding]:
    """Read a look-up's result, in its order."""
    groups: dict[tuple[str, str], list[Found]] = {}
    for line in read_figure_lines(result):
        found = groups.setdefault((line.company, line.period), [])
        if EARLIER in line.note and found:
            found[-1] = Found(found[-1].line, line)
        else:
            found.append(Found(line))
    return [Finding(company, period, tuple(found)) for (company, period), found in groups.items()]


def is_ambiguous(finding: Finding) -> bool:
    return len(finding.found) > 1


def own_periods(results: Sequence[str]) -> list[Period]:
    """The periods on which the searched documents report."""
    return [
        period
        for result in results
        for searched in _SEARCHED.finditer(result)
        for own in _OWN_PERIOD.findall(searched["documents"])
        for period in asked_periods(own)
    ]


def nearest_rows(results: Sequence[str]) -> list[str]:
    """Rows that came near what was looked up."""
    return [
        row
        for result in results
        for found in _NEAREST.finditer(result)
        for row in found["rows"].split("; ")
    ]


class LookUps:
    """The look-ups of a turn; one that found several rows for a need has found none."""

    def __init__(self, called: Sequence[Called]) -> None:
        self._called = [each for each in called if each.result is not None and not each.failed]
        failed = next((each.result for each in called if each.failed), None)
        self.failure = " ".join((failed or "").split())[:300]
        """What the first look-up said that failed; empty if none did."""
        self.made = {_key(each.args) for each in called}

    @property
    def results(self) -> list[str]:
        return [each.result or "" for each in self._called]

    def direct(self) -> list[Finding]:
        """What the turn's first look-up found: that of the question itself."""
        return findings_of(self._called[0].result or "") if self._called else []

    def by_company(self, needs: Sequence[Need]) -> Mapping[str, dict[Need, Found]]:
        """The figures of needs, by company, in the order in which companies were found."""
        companies: dict[str, dict[Need, Found]] = {}
        for need in needs:
            for finding in self._of(need):
                if len(finding.found) == 1:
                    companies.setdefault(finding.company, {})[need] = finding.found[0]
        return companies

    def _of(self, need: Need) -> Iterator[Finding]:
        for each in self._called:
            if _key(each.args) == (need.item, need.period.name):
                yield from findings_of(each.result or "")


def arguments_of(need: Need) -> dict[str, object]:
    """The arguments with which a need is looked up."""
    return {"item": need.item, "periods": [need.period.name]}


def _key(args: Mapping[str, object]) -> tuple[str, str]:
    periods = args.get("periods") or ()
    names = [str(each) for each in periods] if isinstance(periods, list | tuple) else []
    return str(args.get("item", "")), "; ".join(names)
