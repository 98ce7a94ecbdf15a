"""Connection strings for the two roles: the owner migrates, the app can't bypass row security."""

from dataclasses import dataclass

from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import make_url

OWNER_ROLE = "copilot_owner"
APP_ROLE = "copilot_app"


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
    """Args: owner: the migrating login's URL; app: the app's own login, if it has one."""
    return DatabaseUrls(owner=owner, app=app or owner, app_takes_role=app is None)


def for_sqlalchemy(url: str) -> str:
    """The same address for SQLAlchemy with psycopg 3."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
