"""The command that runs the service."""

import contextlib
from typing import Annotated

import typer
from rich.console import Console

from core.settings import load_settings
from graphs.runtime import Runtime
from server.identity.sessions import LINKS_ARE_OFF
from server.serve import serve

console = Console(highlight=False, soft_wrap=True)


def up(
    demo: Annotated[
        bool, typer.Option("--demo", help="Index two sample filings if there are no documents yet.")
    ] = False,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Leave the indexing to `copilot worker`.")
    ] = False,
) -> None:
    """Start the service and print its address with a one-time sign-in link."""
    on_start = _load_demo if demo else None
    with contextlib.suppress(KeyboardInterrupt):  # raised once all is closed
        serve(load_settings(), _announce, worker=not no_worker, on_start=on_start)


async def _load_demo(runtime: Runtime) -> None:
    from cli.demo import load_demo  # noqa: PLC0415  # a service without it needs no evals

    await load_demo(runtime)


def _announce(address: str, link: str | None) -> None:
    console.print(f"\nThe copilot answers at {address}")
    told = f"Sign in (works once, for an hour): {link}" if link else LINKS_ARE_OFF
    console.print(f"{told}\n")
