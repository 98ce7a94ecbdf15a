"""`copilot eval`: commands that measure."""

from cli.evaluating import reading, results, studies, suites
from cli.evaluating.app import app

__all__ = ["app", "reading", "results", "studies", "suites"]
