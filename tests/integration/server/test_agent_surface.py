"""What of LangServe isn't offered."""

import pytest
from langserve import api_handler
from langserve.lzstring import LZString

from core.principal import local_principal
from server.agent.playground import FILES
from server.identity.sessions import make_signer

HASH = "N4Ig"
"""Of an empty JSON object."""


def test_no_route_takes_a_config_hash(service):
    with service.client() as client:
        offered = client.get("/openapi.json").json()["paths"]
        for name in ("invoke", "batch", "stream", "stream_log", "stream_events"):
            body = {"input": {"question": "a"}}
            assert client.post(f"/agent/c/{HASH}/{name}", json=body).status_code == 404
        for name in ("input_schema", "output_schema", "config_schema", "playground/"):
            assert client.get(f"/agent/c/{HASH}/{name}").status_code == 404
    assert not [path for path in offered if path.startswith("/agent/c/")]


@pytest.fixture
async def app_client(running, settings):
    """The app in this process, as the local principal."""
    session = make_signer(settings).new_session(local_principal())
    async with running(settings) as client:
        client.headers["authorization"] = f"Bearer {session}"
        yield client


@pytest.fixture
def unpacking(monkeypatch):
    """What LangServe would have unpacked."""
    asked: list[str] = []
    monkeypatch.setattr(LZString, "decompressFromEncodedURIComponent", asked.append)
    return asked


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # LangServe's, of pydantic
async def test_nothing_a_client_sends_is_decompressed(app_client, unpacking):
    bodies = ({"config": HASH}, {"config": {"configurable": {"config_hash": HASH}}}, {})
    for name in ("invoke", "batch", "stream", "stream_log", "stream_events"):
        for more in bodies:
            body = {"input": {"question": "a"}, "inputs": [{"question": "a"}], **more}
            await app_client.post(f"/agent/{name}", json=body, params={"config_hash": HASH})
    for name in ("input_schema", "output_schema", "config_schema", "playground/"):
        answer = await app_client.get(f"/agent/{name}", params={"config_hash": HASH})
        assert answer.status_code == 200
    assert unpacking == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/agent/feedback"),
        ("HEAD", "/agent/feedback"),
        ("POST", "/agent/token_feedback"),
        ("PUT", "/agent/public_trace_link"),
        ("HEAD", "/agent/public_trace_link"),
    ],
)
def test_no_route_reaches_langsmith(service, method, path):
    with service.client() as client:
        assert client.request(method, path, json={}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "assets",
        "assets/",
        "a" * 5000,
        "..%2F__init__.py",
        "%2Fetc%2Fpasswd",
        "./index.html/",
        "assets%5C..",
    ],
)
def test_playground_has_no_other_files(service, path):
    with service.client() as client:
        assert client.get(f"/agent/playground/{path}").status_code == 404
    assert service.bugs() == []


def test_playground_serves_its_files(service):
    with service.client() as client:
        for file in FILES:
            answer = client.get(f"/agent/playground/{file}")
            assert answer.status_code == 200
            may_be_kept = answer.headers["cache-control"] != "no-store"
            assert may_be_kept is file.startswith("assets/")
        assert client.get("/agent/playground/").text == (
            client.get("/agent/playground/index.html").text
        )


async def test_traces_do_not_name_the_caller_s_browser(app_client, monkeypatch):
    seen = []
    defaults = api_handler._update_config_with_defaults

    def noting(*arguments, **named):
        config = defaults(*arguments, **named)
        seen.append(config["metadata"])
        return config

    monkeypatch.setattr(api_handler, "_update_config_with_defaults", noting)
    headers = {"user-agent": "a browser of mine"}
    await app_client.get("/agent/input_schema", headers=headers)
    assert [metadata["__useragent"] for metadata in seen] == [None]
