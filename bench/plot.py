"""Draws docs/retrieval-size.svg from the results of `recall` and `growth`."""

import json
from pathlib import Path

import matplotlib as mpl

from bench.document import PLOT, read
from bench.measure import Comparison

mpl.use("Agg")
mpl.rcParams["svg.hashsalt"] = "bench"  # the same picture for the same figures

from matplotlib import pyplot as plt  # noqa: E402  # after its backend is chosen
from matplotlib.axes import Axes  # noqa: E402  # as above

Results = dict[str, Comparison]
SHARES = (1, 10, 50, 100)
PLAIN, OURS = "tab:gray", "tab:blue"


def draw(results: Path) -> None:
    """Args: results: the folder of the JSON files; without the two nothing is drawn."""
    paths = [results / f"{name}.json" for name in ("recall", "growth")]
    if not all(path.exists() for path in paths):
        return
    recall, growth = (
        {name: read(each) for name, each in json.loads(path.read_text()).items()} for path in paths
    )
    figure, (found, waited, beside) = plt.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
    _recall(found, recall)
    _latency(waited, recall)
    _growth(beside, growth)
    figure.savefig(PLOT, metadata={"Date": None})
    plt.close(figure)


def _recall(axes: Axes, results: Results) -> None:
    _sides(axes, _of(results, "recall@10, "), "")
    axes.set(title="recall@10", ylim=(0, 1.05))
    _of_shares(axes)


def _latency(axes: Axes, results: Results) -> None:
    for percentile, line in (("p50", "-"), ("p95", ":")):
        _sides(axes, _of(results, f"{percentile}, "), f" {percentile}", line)
    axes.set(title="nearest ten, ms", ylim=(0, None))
    _of_shares(axes)


def _growth(axes: Axes, results: Results) -> None:
    sizes = [int(name.split()[0].replace(",", "")) for name in results]
    fewest = next(iter(results.values())).baseline
    axes.plot([10_000, *sizes], [fewest, *(each.ours for each in results.values())], "o-", c=OURS)
    slowest = max(each.ours for each in results.values())
    axes.set(title="search of 5,000 chunks, p50 ms", xlabel="chunks of others")
    axes.set(xscale="log", ylim=(0, 1.2 * max(fewest, slowest)))


def _of_shares(axes: Axes) -> None:
    """An organization's share of the rows from left to right."""
    axes.set(xlabel="the organization's % of the table's rows", xscale="log")
    axes.set_xticks(SHARES, map(str, SHARES))
    axes.legend()


def _sides(axes: Axes, points: Results, name: str, line: str = "-") -> None:
    shares = [float(share.removesuffix(" %")) for share in points]
    plain, ours = (
        [getattr(each, side) for each in points.values()] for side in ("baseline", "ours")
    )
    axes.plot(shares, plain, f"s{line}", c=PLAIN, label=f"plain{name}")
    axes.plot(shares, ours, f"o{line}", c=OURS, label=f"ours{name}")


def _of(results: Results, kind: str) -> Results:
    return {
        name.removeprefix(kind): each for name, each in results.items() if name.startswith(kind)
    }
