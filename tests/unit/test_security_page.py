"""Every row of docs/security.md names tests that exist, or says that nothing holds it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = {
    "server": "tests/integration/server",
    "storage": "tests/integration/storage",
    "knowledge": "tests/integration/knowledge",
    "cli": "tests/integration/cli",
    "outbound": "tests/integration/tools/outbound",
    "unit": "tests/unit",
}


def rows() -> list[str]:
    lines = (ROOT / "docs" / "security.md").read_text("utf-8").splitlines()
    return [line for line in lines if re.match(r"\| (?!-|threat|chapter|risk)", line)]


def named(row: str) -> list[tuple[Path, str]]:
    """The files and functions that a row's last column names."""
    last = row.rstrip(" |").rsplit("|", 1)[-1]
    found = re.findall(r"`([\w/]+\.py)::(\w+)`", last)
    return [(ROOT / _in_full(path), name) for path, name in found]


def _in_full(path: str) -> str:
    place, _, rest = path.partition("/")
    return f"{PLACES[place]}/{rest}" if place in PLACES else path


def test_each_row_is_held_by_tests_that_exist():
    assert len(rows()) > 50
    for row in rows():
        tests = named(row)
        assert tests or row.rstrip(" |").endswith("not covered"), row
        for path, name in tests:
            assert path.exists(), f"{path} of {row}"
            assert re.search(rf"def {name}\b", path.read_text("utf-8")), f"{name} of {row}"
