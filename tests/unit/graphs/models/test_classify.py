"""Doubles named like the SDKs' classes; the real ones are met in the integration tests."""

import json

import httpx
import pytest

from graphs.models.classify import failure_of
from graphs.models.failures import (
    CutAnswer,
    Failure,
    Refused,
    RetiredModel,
    Throttled,
    ToolUseFailed,
    Unavailable,
    Unexpected,
)


class APIError(Exception):
    def __init__(self, body: object = None) -> None:
        super().__init__("a secret: gsk_abc")
        self.body = body


class APIStatusError(APIError):
    def __init__(self, status: int, body: object = None, headers: dict[str, str] | None = None):
        super().__init__(body)
        self.status_code = status
        self.response = httpx.Response(status, headers=headers)


class APIConnectionError(APIError): ...


class APITimeoutError(APIConnectionError): ...


def of(error: Exception, *, begun: bool = False) -> Failure:
    failure = failure_of(error, model="groq:m", begun=begun)
    assert failure.error is error
    assert "gsk_" not in failure.reason
    return failure


@pytest.mark.parametrize(
    ("status", "kind", "blames_model"),
    [
        (400, Refused, False),
        (401, Refused, True),
        (403, Refused, True),
        (404, Refused, True),
        (408, Unavailable, True),
        (413, Refused, False),
        (422, Refused, False),
        (429, Throttled, True),
        (498, Throttled, True),
        (500, Unavailable, True),
        (503, Unavailable, True),
        (200, CutAnswer, True),
    ],
)
def test_status_codes(status, kind, blames_model) -> None:
    failure = of(APIStatusError(status))
    assert type(failure) is kind
    assert failure.blames_model is blames_model


def test_retry_after_is_read_whatever_its_case() -> None:
    failure = of(APIStatusError(429, headers={"Retry-After": "12"}))
    assert isinstance(failure, Throttled)
    assert failure.retry_after == 12


def test_no_waiting_mends_a_used_up_quota() -> None:
    assert type(of(APIStatusError(429, {"code": "insufficient_quota"}))) is Refused


@pytest.mark.parametrize(
    "error",
    [
        APIStatusError(400, {"error": {"code": "model_decommissioned", "message": "gone"}}),
        APIStatusError(404, {"code": "model_not_found", "message": "gone"}),
        APIStatusError(404, {"message": "model 'm' not found"}),
    ],
)
def test_a_retired_model_names_what_to_replace_and_where(error) -> None:
    failure = of(error)
    assert isinstance(failure, RetiredModel)
    assert "groq:m" in failure.reason
    assert "COPILOT_MODELS" in failure.reason


@pytest.mark.parametrize("wrap", [lambda body: body, lambda body: {"error": body}])
def test_a_failed_tool_use_keeps_the_complaint_out_of_the_reason(wrap) -> None:
    body = wrap({"code": "tool_use_failed", "message": "no such parameter: yeer"})
    for error in (APIStatusError(400, body), APIError(body)):
        failure = of(error)
        assert isinstance(failure, ToolUseFailed)
        assert "yeer" not in failure.reason
        assert "yeer" in failure.repair().text


@pytest.mark.parametrize(
    ("error", "before", "after"),
    [
        (APITimeoutError(), Unavailable, CutAnswer),
        (TimeoutError(), Unavailable, CutAnswer),
        (httpx.ReadTimeout("x"), Unavailable, CutAnswer),
        (APIConnectionError(), Unavailable, CutAnswer),
        (httpx.RemoteProtocolError("x"), Unavailable, CutAnswer),
        (ConnectionResetError(), Unavailable, CutAnswer),
        (APIError(), CutAnswer, CutAnswer),
        (json.JSONDecodeError("x", "y", 0), CutAnswer, CutAnswer),
        (ValueError("No generation chunks were returned"), CutAnswer, CutAnswer),
        (KeyError("choices"), Unexpected, Unexpected),
    ],
)
def test_connections_before_and_after_the_answer_begins(error, before, after) -> None:
    assert type(of(error)) is before
    assert type(of(error, begun=True)) is after


@pytest.mark.parametrize("error", [APITimeoutError(), httpx.ReadTimeout("x"), TimeoutError()])
def test_what_took_its_time_is_not_repeated(error) -> None:
    assert not of(error).retriable
    assert not of(error, begun=True).retriable


def test_timeout_while_connecting_names_its_setting() -> None:
    wrapped = APITimeoutError()
    wrapped.__cause__ = httpx.ConnectTimeout("x")
    failure = of(wrapped)
    assert type(failure) is Unavailable
    assert "COPILOT_MODEL_CONNECT_SECONDS" in failure.reason
    assert not failure.retriable
