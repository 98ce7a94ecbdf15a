"""A bar over examples, where somebody looks at it."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.progress import track

from evals.examples import Example


def watched(examples: Sequence[Example], doing: str, console: Console) -> Iterable[Example]:
    """The examples, one after another; in a log file the bar is left out."""
    return track(examples, doing, console=console, transient=True, disable=not console.is_terminal)
