"""Commands about API keys."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, TypeVar
from uuid import UUID

import typer
from pydantic import ValidationError
from rich.console import Console

from cli.on_database import on_database
from core.errors import InvalidInputError
from core.principal import Permission, local_principal
from server.identity.api_keys import ApiKeys
from server.keys.schemas import DAYS, MAX_DAYS, MAX_OVERLAP_HOURS, OVERLAP_HOURS, NewKey
from storage.api_keys import ApiKey, ApiKeyRepository

app = typer.Typer(add_completion=False, no_args_is_help=True, help="API keys for machines.")
console = Console(highlight=False, markup=False, soft_wrap=True)
Result = TypeVar("Result")
Days = Annotated[int, typer.Option(min=1, max=MAX_DAYS, help="After which the key expires.")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Which machine.")],
    permission: Annotated[list[Permission], typer.Option(help="May be repeated.")],
    days: Days = DAYS,
) -> None:
    """Make a key and print it, this once."""
    try:
        grant = NewKey(name=name, permissions=set(permission), days=days).as_grant()
    except ValidationError as error:
        raise InvalidInputError("; ".join(each["msg"] for each in error.errors())) from error
    _, text = _on_keys("add", lambda keys: ApiKeys(keys).make(local_principal(), grant))
    console.print(text)


@app.command("list")
def list_() -> None:
    """List keys, the newest first."""
    keys: list[ApiKey] = _on_keys("list", lambda keys: keys.all(local_principal().organization_id))
    for key in keys:
        console.print(f"{key.id}  {key.name}, {key.state}, until {key.expires_at:%Y-%m-%d}")
        console.print(f"    {', '.join(sorted(key.permissions))}")


@app.command()
def rotate(
    key: UUID,
    overlap_hours: Annotated[
        int, typer.Option(min=0, max=MAX_OVERLAP_HOURS, help="For which the old key works on.")
    ] = OVERLAP_HOURS,
    days: Days = DAYS,
) -> None:
    """Make a key in another's place and print it, this once."""
    overlap, lasts = timedelta(hours=overlap_hours), timedelta(days=days)
    _, text = _on_keys(
        "rotate", lambda keys: ApiKeys(keys).rotate(local_principal(), key, overlap, lasts), key
    )
    console.print(text)


@app.command()
def revoke(key: UUID) -> None:
    """Revoke a key at once."""
    _on_keys("revoke", lambda keys: keys.revoke(local_principal().organization_id, key), key)


def _on_keys(
    command: str, work: Callable[[ApiKeyRepository], Awaitable[Result]], target: object = ""
) -> Result:
    return on_database(f"keys {command}", lambda database: work(ApiKeyRepository(database)), target)
