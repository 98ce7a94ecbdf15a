"""The page in a browser, opened from disk: its policy lets everything of its own through."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from unit.evals.pages.runs import DATASET, START, row, store

from evals.baseline import Baseline
from evals.pages.collected import collect
from evals.pages.contents import contents_of
from evals.pages.html import html

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
PNG = b"\x89PNG"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium isn't installed")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    baseline = Baseline(tmp_path / "baseline.json")
    store(tmp_path / "results", [row(at, figure_correct=at % 2) for at in range(11)])
    contents = contents_of(collect(tmp_path / "results", DATASET, baseline), baseline)
    path = tmp_path / "report.html"
    path.write_text(html(contents, START), encoding="utf-8")
    return path


def browse(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    profile = page.parent / "profile"
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}")
    logged = ("--enable-logging=stderr", "--virtual-time-budget=1000")
    command = [str(CHROMIUM), *quiet, *logged, *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)


def console(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if "CONSOLE" in line]


def test_the_page_opens_without_a_word_on_the_console(page: Path) -> None:
    opened = browse(page, "--dump-dom")
    assert console(opened.stderr) == []
    assert 'placeholder="a company, a metric, a figure"' in opened.stdout  # its script ran
    assert re.search(r"<th[^>]*><button[^>]*>metric</button>", opened.stdout)
    assert "<img" not in opened.stdout


def test_it_can_be_looked_at(page: Path) -> None:
    picture = page.with_name("page.png")
    shot = browse(page, f"--screenshot={picture}", "--window-size=390,844", "--force-dark-mode")
    assert console(shot.stderr) == []
    assert picture.read_bytes().startswith(PNG)


def test_what_the_policy_forbids_is_told_on_the_console(page: Path) -> None:
    """Otherwise the tests above would say nothing."""
    text = page.read_text(encoding="utf-8").replace("<body>", '<body><p onclick="x">')
    page.write_text(text.replace("<style>", "<style>p{}"), encoding="utf-8")
    told = console(browse(page, "--dump-dom").stderr)
    assert any("Content Security Policy" in line for line in told)
