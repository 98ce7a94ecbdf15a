"""The floors below which a change must not push a metric on the sample filings."""

import tomllib
from pathlib import Path

from evals.report import Report

FLOORS = Path(__file__).with_name("gates.toml")


def below_floor(report: Report, floors: Path = FLOORS) -> list[str]:
    """One line for each metric that is too low; a metric that nothing could be scored on is.

    Raises:
        KeyError: a floor is set for a section or metric that the suite doesn't have.
    """
    suites = tomllib.loads(floors.read_text(encoding="utf-8"))
    return [
        f"{report.suite}.{section}: {metric} is {value}, below its floor of {floor}"
        for section, metrics in suites.get(report.suite, {}).items()
        for metric, floor in metrics.items()
        if (value := report.sections[section][metric]) is None or value < floor
    ]
