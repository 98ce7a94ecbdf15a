"""For tests of answers: the fixture `copilot_eval`, and `@pytest.mark.langsmith` without a key.

    def test_margins_are_right(copilot_eval):
        report = copilot_eval("answers", Path("my-dataset"), model="extractive")
        assert report.sections["all_documents"]["figure_correct"] >= 0.8
        assert not report.errors

An installed copy brings it to pytest by itself; elsewhere say `-p evals.pytest_plugin`, and
`-p langsmith.pytest_plugin` for the marker.
"""

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from evals.report import Report
    from evals.suite import AnySuite


def pytest_configure() -> None:
    """Without a key, tests that are marked for LangSmith run all the same, and stay here."""
    if not os.environ.get("LANGSMITH_API_KEY"):
        os.environ.setdefault("LANGSMITH_TEST_TRACKING", "false")


@pytest.fixture(scope="session")
def copilot_eval() -> "Iterator[CopilotEval]":
    """Runs a suite on a dataset; documents are indexed once a session."""
    from graphs.scratch import scratch_folder  # noqa: PLC0415  # only sessions that use it pay

    with scratch_folder() as folder:
        yield CopilotEval(folder)


class CopilotEval:
    """What the fixture gives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(
        self,
        suite: "str | AnySuite",
        dataset: Path | None = None,
        *,
        model: str = "extractive",
        judge: str | None = None,
        repetitions: int = 1,
    ) -> "Report":
        """Run it, in a thread of its own, so that tests with an event loop may ask too.

        Args:
            suite: the name of one of ours, or one of your own.
            dataset: a folder as docs/datasets.md tells; the sample filings if left out.
            model: as `copilot eval --model` takes it.
            judge: grades answers, where a model is to.
            repetitions: how often each question is asked.

        Raises:
            InvalidInputError: what to change: a line of the dataset, a model, a suite.
        """
        from rich.console import Console  # noqa: PLC0415  # as above

        from core.settings import load_settings  # noqa: PLC0415  # as above
        from evals.datasets import open_dataset  # noqa: PLC0415  # as above
        from evals.evaluation import Request, evaluate  # noqa: PLC0415  # as above
        from evals.suites import named  # noqa: PLC0415  # as above

        request = Request(
            named(suite) if isinstance(suite, str) else suite,
            model,
            judge=judge,
            repetitions=repetitions,
            store=self._folder / "store",
            results=self._folder / "results",
        )
        with open_dataset(dataset) as opened, ThreadPoolExecutor(1) as thread:
            run = evaluate(request, opened, load_settings(), Console(quiet=True))
            return thread.submit(asyncio.run, run).result()
