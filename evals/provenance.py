"""Where results come from: the commit, and what the models were told."""

import hashlib
import json
import subprocess
from pathlib import Path

from graphs.copilot.prompt import Prompt, summary_prompt
from tools_registry.registry import Registry

ROOT = Path(__file__).parents[1]
UNKNOWN = "unknown"


def commit() -> str:
    """Short hash of what is checked out, with `+` where files were changed; or "unknown"."""
    head = _git("rev-parse", "--short=12", "HEAD")
    if not head:
        return UNKNOWN
    return f"{head}+" if _git("status", "--porcelain", "--untracked-files=no") else head


def prompt_digest(prompt: Prompt, registry: Registry) -> str:
    """The prompt's version, and a digest of all that a model is told before the question."""
    tools = [spec.definition() for spec in registry.values()]
    told = json.dumps([prompt.message.text, summary_prompt().text, tools], sort_keys=True)
    return f"{prompt.version} {hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # git, with arguments of ours
            ["git", "-C", str(ROOT), *arguments],  # noqa: S607  # as the shell finds it
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
