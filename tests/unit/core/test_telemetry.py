"""What goes into the log of an error, and what doesn't."""

import logging

import pytest

from core.telemetry import SafeFormatter, configure_logging, escaped


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
    assert told.index(" ValueError\n") < told.index("which led to") < told.index(" KeyError\n")
    assert told.count('test_telemetry.py", line') == 3
    assert "ROW-OF-A-TABLE" not in told.replace('int("ROW-OF-A-TABLE")', "")
    assert "QUESTION" not in told.replace('raise KeyError("QUESTION") from error', "")


def test_each_of_a_group_is_told():
    group = ExceptionGroup("SECRET", [ValueError("SECRET"), OSError("SECRET")])
    told = SafeFormatter().formatException((type(group), group, None))
    assert [word in told for word in ("ExceptionGroup", "ValueError", "OSError", "SECRET")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_chain_that_leads_back_to_itself_ends():
    first, second = ValueError(), OSError()
    first.__context__, second.__context__ = second, first
    told = SafeFormatter().formatException((ValueError, first, None))
    assert (told.count("ValueError"), told.count("OSError")) == (1, 1)


@pytest.mark.parametrize(
    "character",
    ["\n", "\r", "\x00", "\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\u202e", "\ud800"],
)
def test_control_character_in_a_log_field_is_escaped(root, capsys, character):
    configure_logging()
    logging.getLogger("x").info("GET %s", f"/a{character}2026-01-01 00:00:00,000 INFO x forged")
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert character not in told.rstrip("\n")
    assert told.rstrip("\n").isprintable()


def test_text_of_other_scripts_is_kept():
    assert escaped("Größe 資産 €") == "Größe 資産 €"


def test_lines_below_a_record_are_indented(root, capsys):
    configure_logging()
    try:
        fail()
    except KeyError:
        logging.getLogger("x").exception("it broke", stack_info=True)
    first, *below = capsys.readouterr().err.splitlines()
    assert first.endswith("it broke")
    assert len(below) > 5
    assert all(line.startswith("    ") for line in below)
