"""The model's ONNX file: drawn once from the pinned weights, then kept in a folder.

Its name carries the start of its own sha256, so one rename makes a whole and checkable file, and
two processes may export at once: each ends up with a good one.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from knowledge.embeddings.model import WEIGHTS_SHA256, checked_weights
from knowledge.embeddings.precision import Precision

VERSION = 2
"""Of what `onnx_graph` and `onnx_int8` make of the same weights: raise it with a change."""
DIGEST_LENGTH = 16


def exported(models: Path, weights: Path, precision: Precision) -> Path:
    """The ONNX file; the first call with a folder takes seconds, later ones 20 ms.

    Args:
        models: the folder that keeps it.
        weights: the folder with the model's weights.
        precision: of the export.

    Raises:
        ConfigurationError: the weights aren't the pinned ones.
        OSError: the folder can't be written.
    """
    return next(_kept(models, precision), None) or _export(models, weights, precision)


def _kept(models: Path, precision: Precision) -> Iterator[Path]:
    """Whole exports: a file that isn't what its name says is removed."""
    for file in models.glob(f"{_stem(precision)}-*.onnx"):
        if file.name == _name(file, precision):
            yield file
        else:
            file.unlink(missing_ok=True)


def _export(models: Path, weights: Path, precision: Precision) -> Path:
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix="export-") as folder:
        draft = Path(folder) / "draft.onnx"
        _write(checked_weights(weights), draft, precision)
        return draft.replace(models / _name(draft, precision))


def _write(weights: Path, target: Path, precision: Precision) -> None:
    # Imported here: who finds an export needs none of it.
    import onnx  # noqa: PLC0415
    from safetensors.numpy import load_file  # noqa: PLC0415

    from knowledge.embeddings.onnx_graph import Graph  # noqa: PLC0415
    from knowledge.embeddings.onnx_int8 import Int8Graph  # noqa: PLC0415

    graph = Graph if precision is Precision.FP32 else Int8Graph
    onnx.save(graph(load_file(weights)).draw(), target)


def _name(file: Path, precision: Precision) -> str:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return f"{_stem(precision)}-{digest[:DIGEST_LENGTH]}.onnx"


def _stem(precision: Precision) -> str:
    return f"all-minilm-l6-v2-{WEIGHTS_SHA256[:8]}-v{VERSION}-{precision}"
