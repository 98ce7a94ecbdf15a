"""Prompts are versioned files: an answer says which one it was given."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from langchain_core.messages import SystemMessage

from core.errors import ConfigurationError

FOLDER = Path(__file__).parent / "prompts"
SYSTEM_VERSION = "system.v3"
SUMMARY_VERSION = "summary.v1"


@dataclass(frozen=True)
class Prompt:
    """What the model is told before a conversation."""

    version: str
    message: SystemMessage


def load_prompt(source: str = SYSTEM_VERSION) -> Prompt:
    """A version of ours, or a file of one's own, whose version is its name and digest.

    Raises:
        ConfigurationError: there is no such version or file, or it is empty.
    """
    if (FOLDER / f"{source}.md").is_file():
        return Prompt(source, system_prompt(source))
    try:
        text = Path(source).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"COPILOT_SYSTEM_PROMPT: {source!r} is neither a version of the prompt nor a text file."
        ) from error
    if not text:
        raise ConfigurationError(f"COPILOT_SYSTEM_PROMPT: {source} is empty.")
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return Prompt(f"{Path(source).stem}-{digest}", SystemMessage(text))


@cache
def system_prompt(version: str = SYSTEM_VERSION) -> SystemMessage:
    """Raises: FileNotFoundError: there is no such version."""
    return SystemMessage((FOLDER / f"{version}.md").read_text("utf-8").strip())


def summary_prompt() -> SystemMessage:
    """How the earlier part of a long conversation is told in brief."""
    return system_prompt(SUMMARY_VERSION)
