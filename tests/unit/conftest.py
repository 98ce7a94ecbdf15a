"""Unit tests reach nothing: no network, no Postgres, no model weights."""

import pytest
import pytest_socket


def pytest_runtest_setup(item: pytest.Item) -> None:
    # Unix sockets stay: the event loop wakes itself through one.
    pytest_socket.disable_socket(allow_unix_socket=True)


def pytest_runtest_teardown(item: pytest.Item) -> None:
    pytest_socket.enable_socket()
