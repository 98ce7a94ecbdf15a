"""Pages are tested with thresholds of their own: the suites' move with what is measured."""

from dataclasses import replace

import pytest

from evals.suites.answers import ANSWERS

FLOORS = {"figure_correct": 0.76, "citation_support": 0.98}


@pytest.fixture(autouse=True)
def thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    metrics = ANSWERS.sections["all_documents"]
    for name, metric in dict(metrics).items():
        monkeypatch.setitem(metrics, name, replace(metric, at_least=FLOORS.get(name)))
