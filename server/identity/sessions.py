"""One-time sign-in links, and the sessions that they and an identity provider open."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from itsdangerous import BadSignature, URLSafeTimedSerializer

from core.errors import UnauthenticatedError
from core.principal import Permission, Principal, local_principal
from core.settings import Settings
from storage.installation_key import installation_key
from storage.sign_in_links import SignInLinkRepository

LINK_SECONDS = 3600
SESSION_SECONDS = 30 * 24 * 3600
"""Of a laptop's user."""
PROVIDER_SESSION_SECONDS = 8 * 3600
"""Of somebody whose identity provider may think otherwise by tomorrow."""
HOW_TO_SIGN_IN = (
    "Open the sign-in link that the service printed, or make one with `copilot sign-in`."
)
LINKS_ARE_OFF = (
    "Sign-in links work only where COPILOT_HOST is this machine's own address. "
    "Send an API key (`copilot keys add` makes one), or set COPILOT_SIGN_IN_LINKS=anywhere."
)


@dataclass(frozen=True)
class Session:
    """Who signed in, when, and whether by a link."""

    principal: Principal
    began_at: datetime
    by_link: bool


class Signer:
    """Makes and checks links and sessions; they outlive a restart, since the key does."""

    def __init__(self, key: str) -> None:
        self._links = URLSafeTimedSerializer(key, salt="sign-in-link")
        self._sessions = URLSafeTimedSerializer(key, salt="session")

    def new_link_token(self) -> str:
        return self._links.dumps(str(uuid4()))

    def new_session(self, principal: Principal, *, by_link: bool = True) -> str:
        """Args: by_link: whether a one-time link opened it; else an identity provider did."""
        told = {
            "subject": principal.subject,
            "organization": str(principal.organization_id),
            "permissions": sorted(principal.permissions),
            "link": by_link,
            "began_at": time.time(),
        }
        return self._sessions.dumps(told)

    def link_id(self, token: str) -> UUID:
        """Raises: UnauthenticatedError: forged or older than LINK_SECONDS."""
        try:
            return UUID(self._links.loads(token, max_age=LINK_SECONDS))
        except (BadSignature, ValueError) as error:
            raise UnauthenticatedError(
                f"This sign-in link is not valid any more. {HOW_TO_SIGN_IN}"
            ) from error

    def session(self, token: str) -> Session:
        """Raises: UnauthenticatedError: forged or too old."""
        try:
            told = self._sessions.loads(token, max_age=SESSION_SECONDS)
            principal = Principal(
                told["subject"],
                UUID(told["organization"]),
                frozenset(map(Permission, told["permissions"])),
            )
            began_at = datetime.fromtimestamp(told["began_at"], UTC)
            session = Session(principal, began_at, told["link"])
        except (BadSignature, KeyError, TypeError, ValueError) as error:
            raise session_over() from error
        lasts = timedelta(seconds=PROVIDER_SESSION_SECONDS)
        if not session.by_link and began_at + lasts < datetime.now(UTC):
            raise session_over()
        return session


def session_over() -> UnauthenticatedError:
    return UnauthenticatedError(f"Your session has ended. {HOW_TO_SIGN_IN}")


def make_signer(settings: Settings) -> Signer:
    """What signs this installation's links and sessions."""
    return Signer(installation_key(settings.data_dir, settings.secret_key))


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
