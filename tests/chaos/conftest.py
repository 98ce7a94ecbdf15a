"""Processes that are killed, or watched by a client that moves between them."""

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chaos.fleet import Fleet
from integration.conftest import Loopback, _vectors

SECONDS_A_TEXT = 0.02
SECONDS_A_MESSAGE = 0.05


@pytest.fixture
def folder(request: pytest.FixtureRequest, tell: Callable[[str], None]) -> Iterator[Path]:
    """A folder that Postgres can work in; kept if the test fails, for its logs."""
    path = Path(tempfile.mkdtemp(prefix="copilot-chaos-"))
    path.chmod(0o755)
    failed = request.session.testsfailed
    yield path
    if request.session.testsfailed == failed:
        shutil.rmtree(path, ignore_errors=True)
    else:
        tell(f"what it left is in {path}")


@pytest.fixture
def embeddings() -> Iterator[Loopback]:
    """Starts are cheap with it: no model is loaded. Large documents take it a second."""

    def reply(headers, body):
        texts = json.loads(body)["inputs"]
        time.sleep(SECONDS_A_TEXT * (1 if isinstance(texts, str) else len(texts)))
        return _vectors(headers, body)

    with Loopback(reply) as endpoint:
        yield endpoint


@pytest.fixture
def receiver() -> Iterator[Loopback]:
    """As slow as one on a network, so that kills come while it is waited for."""

    def reply(_headers, _body):
        time.sleep(SECONDS_A_MESSAGE)
        return 204, {}, b""

    with Loopback(reply) as receiver:
        yield receiver


@pytest.fixture
def fleet_of(folder: Path, embeddings: Loopback) -> Iterator[Callable[..., Fleet]]:
    made: list[Fleet] = []

    def fleet_of(**environment: str) -> Fleet:
        own = {
            "COPILOT_EMBEDDINGS": "endpoint",
            "COPILOT_EMBEDDINGS_ENDPOINT_URL": embeddings.url,
        }
        made.append(Fleet(folder, own | environment))
        made[-1].start()
        return made[-1]

    yield fleet_of
    for each in made:
        each.stop()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """A line that is shown whether or not the test fails."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def tell(line: str) -> None:
        with capture.global_and_fixture_disabled():
            sys.stdout.write(f"\n{line}\n")

    return tell


@pytest.fixture
def seed(tell: Callable[[str], None]) -> int:
    chosen = int(os.environ.get("CHAOS_SEED") or random.SystemRandom().randrange(10**6))
    tell(f"CHAOS_SEED={chosen}")
    return chosen
