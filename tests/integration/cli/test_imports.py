"""A command waits for no other's imports."""

import subprocess
import sys

import pytest

from cli.main import COMMANDS

GRAPH = {"langgraph", "langchain_core"}
EVALS = {"evals", "reportlab"}
SERVER = {"server.app", "fastapi", "uvicorn"}
READING = {"pypdf", "pypdfium2", "numpy"}
DATABASE = {"sqlalchemy", "psycopg", "alembic"}
UNNEEDED = {
    "up": EVALS,
    "worker": EVALS | SERVER,
    "migrate": GRAPH | EVALS | SERVER | READING,
    "sign-in": GRAPH | EVALS | SERVER | READING,
    "ingest": EVALS | SERVER,
    "reindex": EVALS | SERVER,
    "documents": GRAPH | EVALS | SERVER | READING,
    "jobs": GRAPH | EVALS | SERVER | READING,
    "delete": EVALS | SERVER,
    "organizations": GRAPH | EVALS | SERVER | READING,
    "samples": GRAPH | SERVER | DATABASE,
    "search": EVALS | SERVER,
    "ask": EVALS | SERVER,
    "resume": EVALS | SERVER,
    "keys": GRAPH | EVALS | SERVER | READING,
    "webhooks": GRAPH | EVALS | SERVER | READING,
    "audit": GRAPH | EVALS | SERVER | READING,
    "eval": SERVER,
}


def help_of(*command: str, without: set[str]) -> str:
    """In one line, by a process that must not load some modules."""
    script = f"""
import sys
from contextlib import suppress
from cli.main import app
sys.argv = ["copilot", *{command!r}, "--help"]
with suppress(SystemExit):
    app()
loaded = {without!r} & set(sys.modules)
assert not loaded, loaded
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_the_list_of_commands_loads_none_of_them():
    shown = help_of(without=GRAPH | EVALS | SERVER | READING | DATABASE | {"pydantic"})
    assert all(f" {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_loads_what_it_needs_and_says_what_the_list_says(name):
    _, line = COMMANDS[name]
    assert line in help_of(name, without=UNNEEDED[name])
