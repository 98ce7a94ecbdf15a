"""`python -m bench [NAME ...] [--quick]`: writes `bench/results/<name>.json`, prints one table."""

import argparse
import asyncio
import json
import time
from importlib import import_module
from pathlib import Path

from bench.document import write_page
from bench.measure import Comparison, Effort

NAMES = (
    "agent_loop",
    "authentication",
    "deliveries",
    "embedding",
    "figures",
    "growth",
    "ingestion",
    "jobs",
    "limits",
    "loading",
    "pdf_text",
    "persistence",
    "recall",
    "retrieval",
    "token_streaming",
)
RESULTS = Path(__file__).parent / "results"
Table = dict[str, dict[str, Comparison]]


def main() -> None:
    """A goal that is missed is a finding and no failure: only a benchmark that breaks is one."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; else all")
    parser.add_argument("--quick", action="store_true", help="few repeats: does it still run?")
    given = parser.parse_args()
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    table = {name: _run(name, Effort(given.quick)) for name in given.names or NAMES}
    # After what is measured: matplotlib would count as its memory.
    import_module("bench.plot").draw(RESULTS)
    write_page(RESULTS)
    print(_lines(table))


def _run(name: str, effort: Effort) -> dict[str, Comparison]:
    started = time.perf_counter()
    # Each is imported alone: what another one loads would count as its memory and start.
    measured: dict[str, Comparison] = asyncio.run(import_module(f"bench.{name}").measure(effort))
    print(f"{name}: {time.perf_counter() - started:.0f} s", flush=True)
    if not effort.quick:  # whose figures aren't worth keeping
        RESULTS.mkdir(exist_ok=True)
        content = {thing: comparison.as_json() for thing, comparison in measured.items()}
        (RESULTS / f"{name}.json").write_text(
            json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        )
    return measured


def _lines(table: Table) -> str:
    lines = [_row("benchmark", "baseline", "ours", "unit", "ratio", "goal", "verdict")]
    lines += [
        _row(
            f"{name}: {thing}",
            f"{each.baseline:.2f}",
            f"{each.ours:.2f}",
            each.unit,
            f"{each.ratio:.2f}",
            each.goal_in_words,
            each.verdict,
        )
        for name, things in table.items()
        for thing, each in things.items()
    ]
    return "\n".join(lines)


def _row(*cells: str) -> str:
    name, *others = cells
    return f"{name:<52}" + "".join(f"{cell:>14}" for cell in others)


if __name__ == "__main__":
    main()
