"""Errors that no test can provoke at will, as problem documents."""

import psycopg
import psycopg_pool
import pytest
import sqlalchemy.exc
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from server import problems


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (sqlalchemy.exc.OperationalError("select secret", {}, OSError("host")), 503, "unavailable"),
        (psycopg.OperationalError("host 10.0.0.1"), 503, "unavailable"),
        (psycopg_pool.PoolTimeout("pool-1"), 503, "unavailable"),
        (psycopg.InterfaceError("the connection to host is lost"), 503, "unavailable"),
        (sqlalchemy.exc.TimeoutError("secret"), 503, "unavailable"),
        (RuntimeError("a secret"), 500, "internal"),
    ],
)
async def test_internals_stay_inside(error, status, kind):
    app = FastAPI()
    problems.install(app)

    @app.get("/")
    async def broken() -> None:
        raise error

    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        response = await client.get("/")
    assert response.status_code == status
    assert ("retry-after" in response.headers) == (status == 503)
    assert response.headers["content-type"] == problems.MEDIA_TYPE
    assert response.json()["type"] == f"urn:copilot:problem:{kind}"
    assert not any(word in response.text for word in ("secret", "host", "pool-1"))
