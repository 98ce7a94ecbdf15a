"""Which way the model runs: here on onnxruntime or on torch, or at an endpoint."""

from importlib.util import find_spec
from pathlib import Path

from langchain_core.embeddings import Embeddings

from core.errors import ConfigurationError
from knowledge.embeddings.lazy import LazyEmbeddings
from knowledge.embeddings.model import model_folder
from knowledge.embeddings.precision import Precision

TORCH_MISSING = (
    "COPILOT_EMBEDDINGS=local-torch and the baselines of evals and benchmarks need the extra "
    "`torch`. Run `make torch`, or pip install -c constraints.txt -e '.[torch]'"
)


def local_embeddings(models_folder: Path, precision: Precision = Precision.INT8) -> LazyEmbeddings:
    """On this machine's CPU by onnxruntime.

    Args:
        models_folder: keeps the exported model from one start to the next.
        precision: of its weights.

    Raises:
        ConfigurationError: when the model is first used and can't be loaded.
    """
    return LazyEmbeddings(lambda: _load_local(models_folder, precision))


def torch_embeddings() -> LazyEmbeddings:
    """On this machine's CPU by torch, through langchain-huggingface.

    Raises:
        ConfigurationError: the extra `torch` isn't installed.
    """
    if find_spec("sentence_transformers") is None:
        raise ConfigurationError(TORCH_MISSING)
    return LazyEmbeddings(_load_torch)


def endpoint_embeddings(*, url: str | None, token: str | None) -> LazyEmbeddings:
    """HuggingFace's inference service, or any endpoint that speaks its protocol.

    Args:
        url: the endpoint's base URL; None for HuggingFace's own service.
        token: the bearer token, if the endpoint asks for one.
    """
    return LazyEmbeddings(lambda: _load_endpoint(url, token))


def _load_local(models_folder: Path, precision: Precision) -> Embeddings:
    try:
        return _load_onnx(models_folder, precision)
    except ConfigurationError:
        raise
    except Exception as error:  # onnxruntime's errors have no base class of their own
        # No silent change to torch: its vectors differ from those that are indexed already.
        raise ConfigurationError(
            f"The embedding model can't be loaded by onnxruntime: {error}. Make {models_folder} "
            "writable, or use torch: COPILOT_EMBEDDINGS=local-torch"
        ) from error


def _load_onnx(models_folder: Path, precision: Precision) -> Embeddings:
    # Imported at first use: a start that only lists documents needn't wait for it.
    from knowledge.embeddings.export import exported  # noqa: PLC0415
    from knowledge.embeddings.onnx_embeddings import OnnxEmbeddings  # noqa: PLC0415

    folder = model_folder()
    return OnnxEmbeddings(exported(models_folder, folder, precision), folder / "tokenizer.json")


def _load_torch() -> Embeddings:
    from knowledge.embeddings.torch_embeddings import TorchEmbeddings  # noqa: PLC0415  # 7 seconds

    return TorchEmbeddings(model_folder())


def _load_endpoint(url: str | None, token: str | None) -> Embeddings:
    from knowledge.embeddings.endpoint import load_endpoint  # noqa: PLC0415  # heavy clients

    return load_endpoint(url, token)
