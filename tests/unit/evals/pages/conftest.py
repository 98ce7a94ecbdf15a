import pytest
from unit.evals.pages.runs import fix_thresholds


@pytest.fixture(autouse=True)
def thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    fix_thresholds(monkeypatch)
