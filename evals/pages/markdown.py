"""A summary for a pull request, short enough for a comment whatever was run."""

import re
from collections.abc import Iterable, Iterator

from evals.changes import Change, Direction
from evals.pages.contents import Contents, RunContents
from evals.pages.metric_rows import MetricRow
from evals.pages.numbers import difference, interval, number, signed
from evals.suite import metric_key

LIMIT = 60_000
"""Characters: a comment on GitHub holds 65,536."""
REASON = 300
"""Characters of a line that the gate tells."""
QUESTION = 160
"""Characters of a question."""
REST = "\n\nThe rest is left out; the page of `copilot eval report` has it.\n"
HEAD = "| suite | model | metric | value | 95 % interval | change against what was accepted |"
_SPECIAL = re.compile(r"[\\`*\[\]!|~<>&$@#]|(?<!\w)_|_(?!\w)|(?<=www)\.|:(?=//)")
_LINKED = "@#.:"
"""What GitHub makes a link of when entities are read already: parted from what follows."""
APART = "&#8203;"
_WORDS = {
    Direction.BETTER: "**better**",
    Direction.WORSE: "**worse**",
    Direction.CHANCE: "within chance",
    Direction.SAME: "unchanged",
}


def markdown(contents: Contents) -> str:
    """The verdict in its first line, then a table, then the examples that changed."""
    text = f"{_sign(contents)} {contents.verdict}\n"
    for part in _parts(contents):
        if len(text) + len(part) + len(REST) > LIMIT:
            return text + REST
        text += part
    return text


def plain(text: str, most: int | None = None) -> str:
    """A text that means nothing to Markdown: one line, no markup, nobody is mentioned.

    Args:
        text: from anywhere.
        most: its characters; more are cut off.
    """
    line = " ".join(text.split())
    if most is not None and len(line) > most:
        line = f"{line[: most - 1]}…"
    return _SPECIAL.sub(_entity, line)


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};{APART if found[0] in _LINKED else ''}"


def _sign(contents: Contents) -> str:
    if not contents.is_held:
        return "⚪"
    return "❌" if contents.stopped else "✅"


def _parts(contents: Contents) -> Iterator[str]:
    """Each is whole by itself, so that the summary can end after any."""
    reasons = [line for run in contents.stopped for line in run.failures]
    yield from _separated(f"- {plain(line, REASON)}\n" for line in reasons)
    yield f"\n{HEAD}\n|---|---|---|--:|---|---|\n"
    for run in contents.runs:
        for section, rows in run.sections.items():
            yield from (_row(run, metric_key(section, row.name), row) for row in rows)
    for run in contents.runs:
        yield from (_flipped(run, key, change) for key, change in run.changed.items())


def _separated(lines: Iterable[str]) -> Iterator[str]:
    """A list begins after an empty line."""
    for at, line in enumerate(lines):
        yield line if at else f"\n{line}"


def _row(run: RunContents, key: str, row: MetricRow) -> str:
    estimate = row.estimate
    value = number(estimate.mean) if estimate else "none scored"
    if row.is_missed and not run.unheld:
        sign = "≤" if row.metric.at_least is None else "≥"
        value += f" (**misses {sign} {row.metric.threshold}**)"
    cells = (
        run.header.suite,
        plain(run.header.model),
        f"`{key}`",
        value,
        interval(estimate.low, estimate.high) if estimate else "",
        _told(row.change),
    )
    return f"| {' | '.join(cells)} |\n"


def _told(change: Change | None) -> str:
    if change is None:
        return ""
    if change.direction is Direction.SAME:
        return _WORDS[change.direction]
    found = change.difference
    return f"{_WORDS[change.direction]}, {signed(found.mean)} ({difference(found.low, found.high)})"


def _flipped(run: RunContents, key: str, change: Change) -> str:
    """The examples that are worse or better by a metric, folded; at most a part of the summary."""
    counts = f"{len(change.worse)} worse, {len(change.better)} better"
    title = f"{run.header.suite}, {plain(run.header.model)}, <code>{key}</code>: {counts}"
    told = [
        f"- {word}: {_example(run, each)}"
        for word, ids in (("worse", change.worse), ("better", change.better))
        for each in ids
    ]
    shown = _within(told, LIMIT // 10)
    if len(shown) < len(told):
        shown.append(f"- and {len(told) - len(shown)} more")
    lines = "\n".join(shown)
    return f"\n<details><summary>{title}</summary>\n\n{lines}\n\n</details>\n"


def _example(run: RunContents, example_id: str) -> str:
    question = run.report.examples[example_id].question
    return f"{plain(example_id, QUESTION)}: {plain(question, QUESTION)}"


def _within(lines: list[str], most: int) -> list[str]:
    """As many lines as stay within so many characters."""
    shown: list[str] = []
    for line in lines:
        most -= len(line) + 1
        if most < 0:
            break
        shown.append(line)
    return shown
