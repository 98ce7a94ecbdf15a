"""What goes into the log of an error, and what doesn't."""

import logging

import pytest

from core.telemetry import WithoutMessages, configure_logging


@pytest.fixture
def root(monkeypatch):
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", list(root.handlers))
    level = root.level
    yield root
    root.setLevel(level)


def fail():
    try:
        int("ROW-OF-A-TABLE")
    except ValueError as error:
        raise KeyError("QUESTION") from error


def test_an_error_is_told_by_type_and_place(root, capsys):
    configure_logging()
    try:
        fail()
    except KeyError:
        logging.getLogger("x").exception("it broke")
    told = capsys.readouterr().err
    assert "it broke" in told
    assert told.index("\nValueError\n") < told.index("which led to") < told.index("\nKeyError\n")
    assert told.count('test_telemetry.py", line') == 3
    assert "ROW-OF-A-TABLE" not in told.replace('int("ROW-OF-A-TABLE")', "")
    assert "QUESTION" not in told.replace('raise KeyError("QUESTION") from error', "")


def test_each_of_a_group_is_told():
    group = ExceptionGroup("SECRET", [ValueError("SECRET"), OSError("SECRET")])
    told = WithoutMessages().formatException((type(group), group, None))
    assert [word in told for word in ("ExceptionGroup", "ValueError", "OSError", "SECRET")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_chain_that_leads_back_to_itself_ends():
    first, second = ValueError(), OSError()
    first.__context__, second.__context__ = second, first
    told = WithoutMessages().formatException((ValueError, first, None))
    assert (told.count("ValueError"), told.count("OSError")) == (1, 1)
