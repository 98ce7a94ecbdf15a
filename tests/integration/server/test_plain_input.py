"""Input that can't be stored or parsed safely is refused on every route, before its handler."""

import json
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.plain_input import UNREAD

AGENT = ("invoke", "batch", "stream", "stream_events", "stream_log")
HOSTILE = {
    "NUL in text": r'{"question": "a\u0000b", "name": "a\u0000b", "input": {"question": "\u0000"}}',
    "NUL in a name": r'{"a\u0000b": 1}',
    "half a surrogate": r'{"question": "\ud800", "name": "\ud800"}',
    "many digits": f'{{"input": {{"question": {"1" * 5000}}}, "days": {"1" * 5000}}}',
    "NaN": '{"data": NaN, "days": NaN}',
    "infinite": '{"data": 1e999, "days": -Infinity}',
    "deep": '{"arguments": ' + '{"a":' * 300 + "1" + "}" * 300 + "}",
    "very deep": '{"data": ' + "[" * 100_000 + "]" * 100_000 + "}",
}


@pytest.fixture(autouse=True)
def no_bug(service):
    logged = len(service.log.read_text())
    yield
    assert service.bugs(since=logged) == [], service.log.read_text()[logged:]


@pytest.fixture(scope="module")
def writing(service):
    """(method, path) of each operation that takes a body."""
    with service.client() as client:
        paths = client.get("/openapi.json").json()["paths"]
    offered = [
        (method.upper(), path.replace("{name}", "nobody").replace("{tool}", "send_webhook"))
        for path, operations in paths.items()
        for method, operation in operations.items()
        if "requestBody" in operation and path not in UNREAD
    ]
    ids = [(method, _with_ids(path)) for method, path in offered]
    return sorted({*ids, *[("POST", f"/agent/{each}") for each in AGENT]})


def _with_ids(path: str) -> str:
    parts = (str(uuid4()) if part.startswith("{") else part for part in path.split("/"))
    return "/".join(parts)


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_json_is_refused_everywhere(service, writing, what):
    assert len(writing) > 15
    with service.client() as client:
        for method, path in writing:
            for kind in ("application/json", "application/octet-stream"):
                answer = client.request(
                    method, path, content=HOSTILE[what], headers={"content-type": kind}
                )
                assert answer.status_code == 422, (method, path, kind)
                assert answer.headers["content-type"] == "application/problem+json"


HOSTILE_LEAVES = st.sampled_from([r'"\u0000"', r'"\udc00"', "NaN", "-1e999", "9" * 5000])
OTHER_LEAVES = st.sampled_from(["1", "null", '"a"', "[]", "{}", "1e308", r'"\\u0000"'])


def _around(child):
    names = st.sampled_from(["question", "input", "inputs", "config", "data", "name", "arguments"])
    return st.one_of(
        st.tuples(names, child, OTHER_LEAVES).map(lambda t: f'{{"{t[0]}": {t[1]}, "x": {t[2]}}}'),
        st.tuples(OTHER_LEAVES, child).map(lambda t: f"[{t[0]}, {t[1]}]"),
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.recursive(HOSTILE_LEAVES, _around, max_leaves=5), data=st.data())
def test_hostile_leaf_is_refused_wherever_it_stands(service, writing, body, data):
    method, path = data.draw(st.sampled_from(writing))
    with service.client() as client:
        answer = client.request(
            method, path, content=body, headers={"content-type": "application/json"}
        )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/documents?name=a%00b"),
        ("GET", "/jobs?status=%00"),
        ("GET", "/runs/%00"),
        ("GET", "/agent/playground/%00"),
        ("GET", "/sign-in?token=%00"),
        ("DELETE", "/webhooks/a%00b"),
        ("POST", "/webhooks/analysis-complete?organization=%00"),
    ],
)
def test_nul_in_an_address_is_refused(service, method, path):
    with service.client() as client:
        answer = client.request(method, path)
    assert answer.status_code == 422
    assert "%00" in answer.json()["detail"]


@pytest.mark.parametrize(
    "url",
    [
        "https://xn--127001-.com/",
        "https://xn--.com/",
        "https://\u3002.com/",
    ],
)
def test_webhook_at_a_name_that_is_none_is_refused(service, url):
    with service.client() as client:
        answer = client.post("/webhooks", json={"name": "idn", "url": url})
    assert answer.status_code == 422


def test_chunked_body_beyond_the_limit_is_refused(service):
    def chunks():
        for _ in range(40):
            yield b" " * 2**16

    with service.client() as client:
        answer = client.post("/ask", content=chunks())
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:copilot:problem:too-large"


def test_body_reaches_its_handler_unchanged(service):
    name = f"a-{uuid4().hex}"
    with service.client() as client:
        body = json.dumps({"name": name, "permissions": ["query:document"]}, indent=8).encode()
        chunks = (body[at : at + 7] for at in range(0, len(body), 7))
        headers = {"content-type": "application/json"}
        answer = client.post("/keys", content=chunks, headers=headers)
    assert answer.status_code == 201
    assert answer.json()["name"] == name
