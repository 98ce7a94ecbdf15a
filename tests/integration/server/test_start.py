"""What a start must not load: each takes seconds or hundreds of megabytes."""

import subprocess
import sys

HEAVY = ("torch", "sentence_transformers", "transformers", "google.cloud", "firebase_admin")
EMBED = """
import sys
from pathlib import Path
from core.settings import Settings
from graphs.runtime import _embeddings
_embeddings(Settings(_env_file=None, data_dir=Path(sys.argv[1]))).embed_query("revenue")
"""


def loaded_by(script: str, *arguments: object) -> str:
    told = f"{script}\nimport sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", told, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_importing_the_app_loads_nothing_heavy():
    assert loaded_by("import server.app") == "[]"


def test_neither_does_the_first_question_s_embedding(models_folder):
    assert loaded_by(f"import server.app{EMBED}", models_folder.parent) == "[]"
