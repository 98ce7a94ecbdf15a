"""The command that lets one into the running service."""

from rich.console import Console

from core.settings import load_settings
from server.identity.sessions import make_signer

console = Console(highlight=False, soft_wrap=True)


def sign_in() -> None:
    """Print a new one-time sign-in link for the running service."""
    settings = load_settings()
    token = make_signer(settings).new_link_token()
    console.print(f"http://{settings.host}:{settings.port}/sign-in?token={token}")
