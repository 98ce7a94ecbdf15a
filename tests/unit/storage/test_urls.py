"""Connection strings as people write them."""

import pytest

from core.errors import ConfigurationError
from storage.urls import database_urls

PLAIN = "postgresql://jo:pass@db.example:5433/copilot?sslmode=require"  # pragma: allowlist secret


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_usual_schemes_become_libpqs(scheme):
    assert database_urls(PLAIN.replace("postgresql", scheme)).app == PLAIN


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "mysql://a:secretmark@b/c",  # pragma: allowlist secret
        "postgresql+asyncpg://a:secretmark@b/c",  # pragma: allowlist secret
        "postgresql://a:secretmark@b:port/c",  # pragma: allowlist secret
        "postgresql://a:secretmark@b/c?no_such_option=1",  # pragma: allowlist secret
        "host=127.0.0.1 password=secretmark",
    ],
)
def test_anything_else_is_refused_by_the_name_of_its_setting(url):
    with pytest.raises(ConfigurationError, match=r"^DATABASE_URL") as raised:
        database_urls(url)
    assert "secretmark" not in raised.value.detail
    with pytest.raises(ConfigurationError, match=r"^COPILOT_APP_DATABASE_URL"):
        database_urls(PLAIN, url)
