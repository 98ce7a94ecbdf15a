"""Commands run in this process, and configure its logging."""

import logging

import pytest


@pytest.fixture(autouse=True)
def root_logger_as_before():
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers
