"""Writes docs/benchmarks.md from `bench/results/*.json`: no figure in it is typed by hand."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench` from `bench/results/*.json`. Each row compares ours with the plain way in
the same run: the sides take turns, and the median of each counts. Trust the ratios, not the
absolute figures. How each is measured is told at the head of `bench/<name>.py`.

| benchmark | baseline | ours | unit | ratio | goal |
|---|---|---|---|---|---|
"""


def write_page(results: Path) -> None:
    """Args: results: the folder of the JSON files."""
    rows = [
        _row(f"{path.stem}: {thing}", measured)
        for path in sorted(results.glob("*.json"))
        for thing, measured in json.loads(path.read_text()).items()
    ]
    PAGE.write_text(HEAD + "".join(rows))


def _row(name: str, measured: dict[str, float | str | None]) -> str:
    goal = measured["goal"]
    told = "" if goal is None else f"≤ {goal}"
    return (
        f"| {name} | {measured['baseline']} | {measured['ours']} | {measured['unit']} "
        f"| {measured['ratio']:.2f} | {told} |\n"
    )
