"""A command whose module is imported when it is wanted: importing all of them takes seconds."""

import gc
from collections.abc import Callable
from pkgutil import resolve_name
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_command


class LazyCommand(TyperCommand):
    """Lists itself with one line of help; all else is left to the command that it stands for."""

    def __init__(self, name: str, target: str, line: str) -> None:
        """Args: target: `module:name` of a function, or of a Typer app with more commands."""
        super().__init__(name, help=line)
        self._target = target

    def make_context(self, *arguments: Any, **more: Any) -> Any:  # noqa: ANN401  # passed on as they are
        """The other's: what runs it, shows its help or completes a word asks the context for it."""
        found = _imported(self._target)
        app = found if isinstance(found, typer.Typer) else _app_of(found)
        return get_command(app).make_context(*arguments, **more)


def _imported(target: str) -> Any:  # noqa: ANN401  # a function or an app
    """What modules make stays: looking for garbage meanwhile takes a fifth of the time."""
    gc.disable()
    try:
        return resolve_name(target)
    finally:
        gc.freeze()
        gc.enable()


def _app_of(function: Callable[..., None]) -> typer.Typer:
    app = typer.Typer(add_completion=False)
    app.command()(function)
    return app
