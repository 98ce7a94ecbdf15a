"""Signed sessions and one-time sign-in links for the laptop's own user."""

import os
import secrets
from pathlib import Path
from uuid import UUID, uuid4

from itsdangerous import BadSignature, URLSafeTimedSerializer

from core.errors import UnauthenticatedError
from core.principal import Principal, local_principal
from core.settings import Settings
from storage.sign_in_links import SignInLinkRepository

LINK_SECONDS = 3600
SESSION_SECONDS = 30 * 24 * 3600
HOW_TO_SIGN_IN = (
    "Open the sign-in link that the service printed, or make one with `copilot sign-in`."
)
LINKS_ARE_OFF = (
    "Sign-in links work only where COPILOT_HOST is this machine's own address. "
    "Send an API key (`copilot keys add` makes one), or set COPILOT_SIGN_IN_LINKS=anywhere."
)


class Signer:
    """Makes and checks links and sessions; they outlive a restart, since the key does."""

    def __init__(self, key: str) -> None:
        self._links = URLSafeTimedSerializer(key, salt="sign-in-link")
        self._sessions = URLSafeTimedSerializer(key, salt="session")

    def new_link_token(self) -> str:
        return self._links.dumps(str(uuid4()))

    def new_session(self, principal: Principal) -> str:
        return self._sessions.dumps(principal.subject)

    def link_id(self, token: str) -> UUID:
        """Raises: UnauthenticatedError: forged or older than LINK_SECONDS."""
        try:
            return UUID(self._links.loads(token, max_age=LINK_SECONDS))
        except (BadSignature, ValueError) as error:
            raise UnauthenticatedError(
                f"This sign-in link is not valid any more. {HOW_TO_SIGN_IN}"
            ) from error

    def principal(self, session: str) -> Principal:
        """Raises: UnauthenticatedError: forged or older than SESSION_SECONDS."""
        try:
            self._sessions.loads(session, max_age=SESSION_SECONDS)
        except BadSignature as error:
            raise UnauthenticatedError(f"Your session has ended. {HOW_TO_SIGN_IN}") from error
        return local_principal()


def make_signer(settings: Settings) -> Signer:
    """What signs this installation's links and sessions."""
    return Signer(installation_key(settings))


def installation_key(settings: Settings) -> str:
    """The key from the settings, or one made once and kept in `data_dir`, for its owner alone."""
    return (
        settings.secret_key.get_secret_value() if settings.secret_key else _kept(settings.data_dir)
    )


async def sign_in(signer: Signer, links: SignInLinkRepository, token: str) -> str:
    """Trade a one-time link for a session.

    Raises:
        UnauthenticatedError: forged, too old, or used before.
    """
    link_id = signer.link_id(token)
    principal = local_principal()
    if not await links.use(principal, link_id):
        raise UnauthenticatedError(f"This sign-in link was used already. {HOW_TO_SIGN_IN}")
    return signer.new_session(principal)


def _kept(folder: Path) -> str:
    path = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"secret_key.{os.getpid()}"
    if not path.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(32))
        try:
            os.link(fresh, path)  # fails if another process was first: then theirs counts
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()
