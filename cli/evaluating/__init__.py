"""`copilot eval`: commands that measure."""

from cli.evaluating import results, studies, suites
from cli.evaluating.app import app

__all__ = ["app", "results", "studies", "suites"]
