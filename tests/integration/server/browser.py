"""A real Chromium, driven from its command line."""

import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)


def browse(url: str, profile: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Open a page until it has come to rest; `--dump-dom` and `--screenshot` are options."""
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}")
    logged = ("--enable-logging=stderr", "--virtual-time-budget=20000", "--timeout=100000")
    # Nothing but the loopback is reached, and what asks for another host is told on the console.
    offline = ("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",)
    command = [str(CHROMIUM), *quiet, *logged, *offline, *options, url]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)


def console(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if "CONSOLE" in line]
