"""A wrong setting stops the start with one line that names it."""

import os
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
    assert f"Port {port} " in told
    assert f"process {os.getpid()} (" in told
    assert "copilot does" not in told


def test_port_that_another_copilot_has_is_told(service):
    port = service.url.rpartition(":")[2]
    done = service.command("up", COPILOT_PORT=port)
    assert done.returncode == 1
    told = " ".join(done.stderr.split())
    assert f"process {service.process.pid} (" in told
    assert "answers /health as another copilot does" in told


@pytest.mark.parametrize("key", ["", "x"])
def test_weak_secret_key_stops_the_start(service_type, tmp_path, key):
    told = stopped(service_type, tmp_path / "data", "up", COPILOT_SECRET_KEY=key)
    assert "COPILOT_SECRET_KEY" in told
    assert "secrets.token_urlsafe(48)" in told


@pytest.mark.parametrize(
    ("command", "content"), [("up", b""), ("worker", b"x"), ("sign-in", bytes(range(128, 200)))]
)
def test_unusable_key_file_stops_the_start(service_type, tmp_path, command, content):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "secret_key").write_bytes(content)
    told = stopped(service_type, folder, command)
    assert f"{folder}/secret_key" in told
    assert "secrets.token_urlsafe(48)" in told


@pytest.mark.parametrize(
    ("command", "below"), [(("up",), ""), (("worker",), "below"), (("keys", "list"), "")]
)
def test_data_dir_that_is_a_file_stops_the_start(service_type, tmp_path, command, below):
    (tmp_path / "data").write_text("a file")
    folder = tmp_path / "data" / below
    told = stopped(service_type, folder, *command, COPILOT_DATA_DIR=str(folder))
    assert "COPILOT_DATA_DIR" in told


def test_data_dir_that_cannot_be_made_stops_the_start(service_type, tmp_path):
    told = stopped(service_type, tmp_path / "data", "worker", COPILOT_DATA_DIR="/proc/nowhere")
    assert "COPILOT_DATA_DIR" in told


# pragma: allowlist nextline secret
@pytest.mark.parametrize("url", ["nonsense", "postgresql://a:secretmark@127.0.0.1:1/c"])
def test_bad_database_url_stops_the_start(service_type, urls, tmp_path, url):
    told = stopped(service_type, tmp_path / "data", "worker", DATABASE_URL=url)
    assert "DATABASE_URL" in told
    both = {**database(urls), "COPILOT_APP_DATABASE_URL": url}
    told_of_app = stopped(service_type, tmp_path / "data", "worker", **both)
    assert "COPILOT_APP_DATABASE_URL" in told_of_app
    assert "secretmark" not in told + told_of_app
