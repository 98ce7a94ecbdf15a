"""Commands about webhook receivers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console

from cli.recording import recorded
from core.errors import InvalidInputError
from core.principal import local_principal
from core.settings import load_settings
from graphs.database import open_database
from server.webhooks.schemas import NewWebhook
from storage.webhook_endpoints import WebhookEndpoint, WebhookEndpointRepository

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Receivers that the agent may notify."
)
console = Console(highlight=False, markup=False, soft_wrap=True)
Result = TypeVar("Result")


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What the agent calls it.")],
    url: Annotated[str, typer.Argument(help="https, or http on this machine.")],
) -> None:
    """Register a receiver and print its signing secret, this once."""
    try:
        endpoint = NewWebhook(name=name, url=url).with_new_secret()
    except ValidationError as error:
        raise InvalidInputError("; ".join(each["msg"] for each in error.errors())) from error
    organization_id = local_principal().organization_id
    _on_endpoints("add", lambda endpoints: endpoints.add(organization_id, endpoint))
    console.print(endpoint.secret)


@app.command("list")
def list_() -> None:
    """List receivers."""
    organization_id = local_principal().organization_id
    endpoints: list[WebhookEndpoint] = _on_endpoints(
        "list", lambda endpoints: endpoints.all(organization_id)
    )
    for endpoint in endpoints:
        console.print(f"{endpoint.name}  {endpoint.url}")


@app.command()
def delete(name: str) -> None:
    """Forget a receiver."""
    organization_id = local_principal().organization_id
    _on_endpoints("delete", lambda endpoints: endpoints.delete(organization_id, name))


def _on_endpoints(
    command: str, work: Callable[[WebhookEndpointRepository], Awaitable[Result]]
) -> Result:
    settings = load_settings()

    async def run() -> Result:
        async with open_database(settings) as database, recorded(database, f"webhooks {command}"):
            return await work(WebhookEndpointRepository(database))

    return asyncio.run(run())
