"""A wrong setting stops the start with one line that names it."""

import socket

import pytest


def stopped(service_type, folder, *arguments: str, **settings: str) -> str:
    """The one line that a start with wrong settings prints."""
    done = service_type(folder).command(*arguments, **settings)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("command", "settings", "named"),
    [
        ("up", {"COPILOT_X": "1"}, "COPILOT_X"),
        ("up", {"COPILOT_PORT": "http"}, "COPILOT_PORT"),
        ("up", {"COPILOT_EMBEDDINGS": "torch"}, "COPILOT_EMBEDDINGS"),
        ("up", {"COPILOT_EMBEDDINGS_PRECISION": "int4"}, "COPILOT_EMBEDDINGS_PRECISION"),
        ("up", {"COPILOT_DATA_DIR": "/srv/a folder"}, "COPILOT_DATA_DIR"),
        ("documents", {"COPILOT_MODELS": "groq:openai/gpt-oss-20b"}, "GROQ_API_KEY"),
    ],
)
def test_a_wrong_setting(service_type, tmp_path, command, settings, named):
    assert named in stopped(service_type, tmp_path / "data", command, **settings)
    assert not (tmp_path / "data").exists()


def database(urls) -> dict[str, str]:
    return {"DATABASE_URL": urls.owner, "COPILOT_APP_DATABASE_URL": urls.app}


@pytest.mark.parametrize("command", [("up",), ("ask", "a")])
def test_a_model_that_doesnt_exist(service_type, urls, tmp_path, command):
    settings = {"COPILOT_MODELS": "nonsense", **database(urls)}
    told = stopped(service_type, tmp_path / "data", *command, **settings)
    assert "COPILOT_MODELS" in told
    assert "nonsense" in told


def test_a_port_in_use(service_type, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = stopped(service_type, tmp_path / "data", "up", COPILOT_PORT=port)
    assert "COPILOT_PORT" in told
    assert port in told
