"""Writes docs/benchmarks.md from `bench/results/*.json`: no figure in it is typed by hand."""

import json
from pathlib import Path
from typing import Any

from bench.measure import Bound, Comparison

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
PLOT = ROOT / "docs" / "retrieval-size.svg"
HEAD = """# Benchmarks

Written by `make bench` from `bench/results/*.json`. Each row compares ours with the plain way in
the same run: the sides take turns, and the median of each counts. Trust the ratios, not the
absolute figures. How each is measured is told at the head of `bench/<name>.py`.

| benchmark | baseline | ours | unit | ratio | goal | outcome |
|---|---|---|---|---|---|---|
"""
FOOT = f"""
![Search by the organization's share of a table and by what others store]({PLOT.name})
"""


def write_page(results: Path) -> None:
    """Args: results: the folder of the JSON files."""
    rows = [
        _row(f"{path.stem}: {thing}", read(measured))
        for path in sorted(results.glob("*.json"))
        for thing, measured in json.loads(path.read_text()).items()
    ]
    PAGE.write_text(HEAD + "".join(rows) + (FOOT if PLOT.exists() else ""))


def read(measured: dict[str, Any]) -> Comparison:
    """Args: measured: as `Comparison.as_json` gave it."""
    given = {name: value for name, value in measured.items() if name not in ("ratio", "bound")}
    return Comparison(**given, bound=Bound(measured.get("bound", Bound.RATIO_AT_MOST)))


def _row(name: str, each: Comparison) -> str:
    return (
        f"| {name} | {each.baseline:g} | {each.ours:g} | {each.unit} | {each.ratio:.2f} "
        f"| {each.goal_in_words} | {each.verdict} |\n"
    )
