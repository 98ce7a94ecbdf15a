"""Connection strings for the two roles: the owner migrates, the app can't bypass row security."""

import re
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from core.errors import ConfigurationError

OWNER_ROLE = "copilot_owner"
APP_ROLE = "copilot_app"
_SCHEME = re.compile(r"^postgres(?:ql)?(?:\+psycopg)?://")
"""As libpq, SQLAlchemy and hosting providers write it."""


@dataclass(frozen=True)
class DatabaseUrls:
    """libpq connection strings, `postgresql://...`."""

    owner: str
    app: str
    app_takes_role: bool
    """The app connects as the owner's login and takes APP_ROLE at connect."""

    @property
    def app_conninfo(self) -> str:
        """For psycopg's own pool."""
        return make_conninfo(self.app, options=self.app_options)

    @property
    def app_options(self) -> str:
        """Start-up options of each app connection.

        A role given here is also what RESET ROLE goes back to. iterative_scan keeps a filtered HNSW
        search from coming back with too few rows.
        """
        role = f"-c role={APP_ROLE} " if self.app_takes_role else ""
        return f"{role}-c hnsw.iterative_scan=strict_order -c hnsw.ef_search=100"


def database_urls(owner: str, app: str | None = None) -> DatabaseUrls:
    """Read the settings.

    Args:
        owner: the migrating login's URL.
        app: the app's own login, if it has one.

    Raises:
        ConfigurationError: names the setting that is no URL of a Postgres.
    """
    owner = _libpq_url("DATABASE_URL", owner)
    own = None if app is None else _libpq_url("COPILOT_APP_DATABASE_URL", app)
    return DatabaseUrls(owner=owner, app=own or owner, app_takes_role=own is None)


def _libpq_url(setting: str, url: str) -> str:
    plain = _SCHEME.sub("postgresql://", url, count=1)
    try:
        conninfo_to_dict(plain)
        make_url(plain)  # takes URLs alone, where libpq takes `host=... dbname=...` too
    except (ValueError, ArgumentError, psycopg.ProgrammingError) as error:
        # Without its value: it may hold a password. Nor does a cause show one.
        raise ConfigurationError(
            f"{setting} is no URL of a Postgres. Write it like "
            # pragma: allowlist nextline secret
            "postgresql://USER:PASSWORD@HOST:5432/DATABASE, with special characters of the "
            "password percent-encoded."
        ) from error
    return plain


def for_sqlalchemy(url: str) -> str:
    """The same address for SQLAlchemy with psycopg 3."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
