"""A command waits for no other's imports."""

import subprocess
import sys

import pytest

GRAPH = ("langgraph", "langchain_core")
EVALS = ("evals", "reportlab")
SERVER = ("server.app", "fastapi", "uvicorn")
READING = ("pypdf", "pypdfium2", "numpy")
DATABASE = ("sqlalchemy", "psycopg", "alembic")


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        ((), (*GRAPH, *EVALS, *SERVER, *READING, *DATABASE, "pydantic")),
        (("samples",), (*GRAPH, *SERVER, *DATABASE)),
        (("documents",), (*GRAPH, *EVALS, *SERVER, *READING)),
        (("migrate",), (*GRAPH, *EVALS, *SERVER, *READING)),
        (("sign-in",), (*GRAPH, *EVALS, *SERVER, *READING)),
        (("webhooks", "list"), (*GRAPH, *EVALS, *SERVER, *READING)),
        (("ingest",), (*EVALS, *SERVER)),
        (("worker",), (*EVALS, *SERVER)),
        (("search",), (*EVALS, *SERVER)),
        (("ask",), (*EVALS, *SERVER)),
        (("resume",), (*EVALS, *SERVER)),
        (("up",), EVALS),
        (("eval", "retrieval"), SERVER),
    ],
)
def test_a_command_leaves_out(command, unneeded):
    script = f"""
import sys
from contextlib import suppress
from cli.main import app
sys.argv = ["copilot", *{command!r}, "--help"]
with suppress(SystemExit):
    app()
loaded = sorted(set({unneeded!r}) & set(sys.modules))
assert not loaded, loaded
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Usage: copilot" in done.stdout
