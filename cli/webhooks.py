"""Commands about webhook receivers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar
from uuid import UUID

import typer
from pydantic import BaseModel, ValidationError
from rich.console import Console

from cli.recording import recorded
from core.errors import InvalidInputError
from core.principal import local_principal
from core.settings import load_settings
from graphs.database import open_database
from server.webhooks.schemas import DeliveryQuery, NewWebhook, WebhookChange
from server.webhooks.service import Webhooks
from storage.webhook_deliveries import DeliveryStatus
from tools.outbound.addresses import Reach
from tools.outbound.client import OutboundClient

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Receivers of events and of the agent's messages.",
)
console = Console(highlight=False, markup=False, soft_wrap=True)
Result = TypeVar("Result")
Given = TypeVar("Given", bound=BaseModel)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What the agent calls it.")],
    url: Annotated[str, typer.Argument(help="https, or in COPILOT_WEBHOOK_NETWORKS.")],
    event: Annotated[
        list[str] | None,
        typer.Option(help="A type that it is told of; again for more; * for every one."),
    ] = None,
) -> None:
    """Register a receiver and print its signing secret, this once."""
    new = _checked(NewWebhook, name=name, url=url, events=event or [])
    endpoint = _on_webhooks("add", lambda webhooks, own: webhooks.register(own, new))
    console.print(endpoint.secret)


@app.command("list")
def list_() -> None:
    """List receivers."""
    for each in _on_webhooks("list", lambda webhooks, own: webhooks.endpoints.all(own)):
        state = "" if each.enabled else f"  disabled: {each.disabled_because}"
        console.print(f"{each.name}  {each.url}  {' '.join(each.events)}{state}".rstrip())


@app.command()
def test(name: str) -> None:
    """Send a test message now and tell how it went."""
    _, attempts = _on_webhooks("test", lambda webhooks, own: webhooks.test(own, name))
    last = attempts[-1]
    console.print(f"{last.error or f'taken, {last.status}'}  {last.duration_ms} ms")
    if last.error:
        raise typer.Exit(1)


@app.command()
def deliveries(name: str, status: DeliveryStatus | None = None) -> None:
    """List the newest messages to a receiver."""
    wanted = DeliveryQuery(status=status)
    for each in _on_webhooks(
        "deliveries", lambda webhooks, own: webhooks.deliveries(own, name, wanted)
    ):
        console.print(
            f"{each.id}  {each.created_at:%Y-%m-%d %H:%M:%S}  {each.event_type}  {each.status}  "
            f"{each.attempts} attempts"
        )


@app.command()
def enable(name: str) -> None:
    """Send again to a receiver that was disabled, what waited meanwhile too."""
    change = WebhookChange(enabled=True)
    _on_webhooks("enable", lambda webhooks, own: webhooks.change(own, name, change))


@app.command("rotate-secret")
def rotate_secret(name: str) -> None:
    """Print a new signing secret, this once; the old one is valid for 24 hours more."""
    endpoint = _on_webhooks("rotate-secret", lambda webhooks, own: webhooks.rotate(own, name))
    console.print(endpoint.secret)


@app.command()
def delete(name: str) -> None:
    """Forget a receiver."""
    _on_webhooks("delete", lambda webhooks, own: webhooks.endpoints.delete(own, name))


def _checked(model: type[Given], **given: object) -> Given:
    try:
        return model(**given)
    except ValidationError as error:
        raise InvalidInputError("; ".join(each["msg"] for each in error.errors())) from error


def _on_webhooks(
    command: str,
    work: Callable[[Webhooks, UUID], Awaitable[Result]],
) -> Result:
    settings, own = load_settings(), local_principal().organization_id

    async def run() -> Result:
        client = OutboundClient(Reach(settings.webhook_networks))
        async with open_database(settings) as database, recorded(database, f"webhooks {command}"):
            return await work(Webhooks(database, client), own)

    return asyncio.run(run())
