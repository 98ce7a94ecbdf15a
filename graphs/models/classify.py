"""What an exception of a provider's library means.

The classes of groq, openai, httpx and httpx2 are told by name and attributes: importing the four
here would cost every start-up their import time, also where no key is set.
"""

import json
from collections.abc import Mapping

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
from graphs.models.retry_after import seconds_to_wait

THROTTLED = frozenset({429, 498})
"""498 is Groq's own: capacity exceeded."""
REQUEST_TIMEOUT, NOT_FOUND, FIRST_ERROR, FIRST_SERVER_ERROR = 408, 404, 400, 500
OWN_FAULT = frozenset({400, 413, 422})
"""Status codes about this request: they say nothing of how the model would treat another."""
RETIRED = frozenset({"model_decommissioned", "model_not_found"})


def failure_of(error: Exception, *, model: str, begun: bool = False) -> Failure:
    """The failure that `error` stands for.

    Args:
        error: what the model raised.
        model: its name in the chain, for the message.
        begun: a part of the answer had been received.
    """
    status = getattr(error, "status_code", None)
    code, message = _body(error)
    if code == "tool_use_failed":
        reason = "its tool call could not be read (tool_use_failed)"
        return ToolUseFailed(reason, error, complaint=message)
    if isinstance(status, int):
        return _of_status(error, status, code, message, model)
    return _of_connection(error, begun=begun)


def _of_status(error: Exception, status: int, code: str, message: str, model: str) -> Failure:
    if code in RETIRED or (status == NOT_FOUND and "model" in message.lower()):
        reason = f"its provider doesn't serve it (any more): replace {model} in COPILOT_MODELS"
        return RetiredModel(reason, error)
    if code == "insufficient_quota":  # a 429 that no waiting mends
        return Refused("the account's quota is used up", error)
    if status in THROTTLED:
        return _throttled(error, status)
    if status >= FIRST_SERVER_ERROR or status == REQUEST_TIMEOUT:
        return Unavailable(f"HTTP {status}", error)
    if status < FIRST_ERROR:
        return CutAnswer("its answer was not readable", error)
    return Refused(_refusal(status), error, blames_model=status not in OWN_FAULT)


def _throttled(error: Exception, status: int) -> Throttled:
    wait = seconds_to_wait(getattr(getattr(error, "response", None), "headers", None) or {})
    asked = "" if wait is None else f", asks to wait {wait:g} s"
    return Throttled(f"HTTP {status}: rate limit{asked}", error, retry_after=wait)


def _refusal(status: int) -> str:
    words = {
        401: ": the key is not accepted",
        403: ": the key may not use it",
        413: ": the request is too large for it",
    }
    return f"HTTP {status}{words.get(status, '')}"


def _of_connection(error: Exception, *, begun: bool) -> Failure:
    names = {cls.__name__ for cls in type(error).__mro__}
    # In mid-stream langchain-openai wraps httpx's errors, langchain-groq lets them out bare.
    if names & {"APITimeoutError", "TimeoutError", "TimeoutException"}:
        return _of_timeout(error, begun=begun)
    if names & {"APIConnectionError", "TransportError", "OSError"}:
        if begun:
            return CutAnswer("the connection was cut in mid-answer", error)
        return Unavailable("no connection", error)
    broken = _broken_by(error, names)
    if broken is None:
        return Unexpected(f"unexpected {type(error).__name__}", error)
    return CutAnswer(broken, error)


def _of_timeout(error: Exception, *, begun: bool) -> Failure:
    if begun:
        return CutAnswer("its answer stalled", error, retriable=False)
    reason = "no answer in time"
    if _is_connect_timeout(error):
        reason = "no connection in time (COPILOT_MODEL_CONNECT_SECONDS)"
    return Unavailable(reason, error, retriable=False)


def _is_connect_timeout(error: BaseException) -> bool:
    """Its class is HTTP clients'; the SDKs and LangChain wrap it."""
    if type(error).__name__ == "ConnectTimeout":
        return True
    return error.__cause__ is not None and _is_connect_timeout(error.__cause__)


def _broken_by(error: Exception, names: set[str]) -> str | None:
    if "APIError" in names:
        return "it reported an error in mid-answer"
    # LangChain raises a bare ValueError for a stream that ends before its first chunk.
    empty = isinstance(error, ValueError) and "No generation chunks" in str(error)
    if empty or isinstance(error, json.JSONDecodeError):
        return "its answer was not readable"
    return None


def _body(error: Exception) -> tuple[str, str]:
    """The provider's error code and message. groq keeps the outer `error`, openai strips it."""
    body = getattr(error, "body", None)
    if isinstance(body, Mapping) and isinstance(body.get("error"), Mapping):
        body = body["error"]
    if not isinstance(body, Mapping):
        return "", ""
    return str(body.get("code") or ""), str(body.get("message") or "")
