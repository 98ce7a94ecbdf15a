"""Masking a question, a comment or a page never holds up the event loop."""

import ast
from pathlib import Path

import pytest

REPO = Path(__file__).parents[4]
FILES = [
    path
    for package in ("knowledge", "tools", "tools_registry", "graphs", "server")
    for path in sorted((REPO / package).rglob("*.py"))
    if "masking" in path.read_text(encoding="utf-8")
]
MASKING = frozenset({"masked", "mask", "detect"})


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(REPO)))
def test_no_coroutine_masks_by_itself(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [
        call.lineno
        for coroutine in ast.walk(tree)
        if isinstance(coroutine, ast.AsyncFunctionDef)
        for call in ast.walk(coroutine)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MASKING
    ]
    assert calls == []


def test_callers_of_masking_are_looked_at():
    names = {str(path.relative_to(REPO)) for path in FILES}
    assert {"graphs/copilot/service.py", "server/runs/router.py", "knowledge/retrieval.py"} <= names
