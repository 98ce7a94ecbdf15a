"""The command that lets one into the running service."""

from rich.console import Console

from core.errors import ConfigurationError
from core.settings import load_settings
from server.identity.sessions import LINKS_ARE_OFF, make_signer

console = Console(highlight=False, soft_wrap=True)


def sign_in() -> None:
    """Print a new one-time sign-in link for the running service."""
    settings = load_settings()
    if not settings.takes_sign_in_links:
        raise ConfigurationError(LINKS_ARE_OFF)
    token = make_signer(settings).new_link_token()
    console.print(f"http://{settings.host}:{settings.port}/sign-in?token={token}")
