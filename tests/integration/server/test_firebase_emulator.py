"""Firebase's emulator, a job of its own: npm has to install it (`make test-firebase-emulator`).

It shows what the emulator is good for, a sign-in without Google, and why nothing else may use it.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

PROJECT = "copilot-test"
PACKAGE = "firebase-tools@14.27.0"
pytestmark = pytest.mark.skipif(
    os.environ.get("COPILOT_FIREBASE_EMULATOR") != "1" or shutil.which("npm") is None,
    reason="asked for by make test-firebase-emulator; needs npm",
)


@pytest.fixture(scope="module")
def emulator(tmp_path_factory):
    """Its host and port."""
    folder: Path = tmp_path_factory.mktemp("emulator")
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", PACKAGE]
    subprocess.run(install, cwd=folder, check=True, timeout=900)
    ports = []
    for _ in range(2):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            ports.append(listener.getsockname()[1])
    auth, hub = ({"host": "127.0.0.1", "port": port} for port in ports)
    emulators = {"auth": auth, "hub": hub, "ui": {"enabled": False}}
    (folder / "firebase.json").write_text(json.dumps({"emulators": emulators}))
    command = ["node_modules/.bin/firebase", "emulators:start", "--only", "auth"]
    with subprocess.Popen(
        [*command, "--project", PROJECT], cwd=folder, stdout=subprocess.DEVNULL
    ) as process:
        address = f"127.0.0.1:{auth['port']}"
        deadline = time.monotonic() + 60
        while not _answers(address):
            assert time.monotonic() < deadline
            time.sleep(0.2)
        yield address
        process.terminate()


def _answers(address) -> bool:
    try:
        return httpx.get(f"http://{address}/").status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture
def emulated(firebase_settings, emulator, monkeypatch):
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", emulator)
    return firebase_settings


def signed_up(emulator, principal) -> tuple[str, str]:
    """The ID token and the id of somebody new, whose custom claims an operator set."""
    api = f"http://{emulator}/identitytoolkit.googleapis.com/v1"
    who = {"email": f"{uuid4()}@desk.example", "password": "x" * 12, "returnSecureToken": True}
    made = httpx.post(f"{api}/accounts:signUp?key=x", json=who).json()
    claims = json.dumps({"organization_id": str(principal.organization_id), "role": "viewer"})
    owner = {"authorization": "Bearer owner"}
    changed = {"localId": made["localId"], "customAttributes": claims}
    httpx.post(f"{api}/projects/{PROJECT}/accounts:update", json=changed, headers=owner)
    again = httpx.post(f"{api}/accounts:signInWithPassword?key=x", json=who)
    return again.json()["idToken"], made["localId"]


async def test_who_signs_in_there_is_known(running, emulated, emulator, principal):
    token, _ = signed_up(emulator, principal)
    async with running(emulated) as client:
        answer = await client.get("/documents", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text


async def test_it_takes_a_forged_token_which_is_why_production_refuses_to_start(
    running, emulated, emulator, firebase, principal
):
    _, subject = signed_up(emulator, principal)  # somebody has to exist
    forged = firebase.forgeries(principal.organization_id, sub=subject, role="admin")["alg none"]
    async with running(emulated) as client:
        answer = await client.get("/audit", headers={"authorization": f"Bearer {forged}"})
    assert answer.status_code == 200
