"""Prompts are versioned files: an answer says which one it was given."""

from functools import cache
from pathlib import Path

from langchain_core.messages import SystemMessage

FOLDER = Path(__file__).parent / "prompts"
SYSTEM_VERSION = "system.v1"
SUMMARY_VERSION = "summary.v1"


@cache
def system_prompt(version: str = SYSTEM_VERSION) -> SystemMessage:
    """Raises: FileNotFoundError: there is no such version."""
    return SystemMessage((FOLDER / f"{version}.md").read_text("utf-8").strip())


def summary_prompt() -> SystemMessage:
    """How the earlier part of a long conversation is told in brief."""
    return system_prompt(SUMMARY_VERSION)
