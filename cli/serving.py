"""Commands that run the service's parts."""

import asyncio
import contextlib
from typing import Annotated

import typer
from rich.console import Console

from cli.demo import load_demo
from core.settings import load_settings
from core.telemetry import configure_logging
from graphs.runtime import open_database, open_runtime
from server.app import make_signer
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
    serve(load_settings(), _announce, worker=not no_worker, on_start=load_demo if demo else None)


def worker() -> None:
    """Index documents until stopped. Run as many as you like."""
    settings = load_settings()
    configure_logging()

    async def work() -> None:
        async with open_runtime(settings) as runtime:
            console.print("Working. Stop with Ctrl-C.")
            await runtime.queue.work_on()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(work())


def migrate() -> None:
    """Bring the database's schema to the newest revision."""
    settings = load_settings()

    async def run() -> None:
        async with contextlib.AsyncExitStack() as stack:
            await open_database(settings, stack)

    asyncio.run(run())
    console.print("The schema is up to date.")


def sign_in() -> None:
    """Print a new one-time sign-in link for the running service."""
    settings = load_settings()
    token = make_signer(settings).new_link_token()
    console.print(f"http://{settings.host}:{settings.port}/sign-in?token={token}")


def _announce(address: str, link: str) -> None:
    console.print(f"\nThe copilot answers at {address}")
    console.print(f"Sign in (works once, for an hour): {link}\n")
