"""What a start must not load: each takes seconds or hundreds of megabytes."""

import subprocess
import sys

HEAVY = ("torch", "sentence_transformers", "transformers", "google.cloud", "firebase_admin")


def test_importing_the_app_loads_nothing_heavy():
    script = f"import sys, server.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
