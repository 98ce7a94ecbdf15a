"""Which way the model runs: here on onnxruntime or on torch, or at an endpoint."""

import logging
from pathlib import Path

from langchain_core.embeddings import Embeddings

from core.errors import ConfigurationError
from knowledge.embeddings.lazy import LazyEmbeddings
from knowledge.embeddings.model import model_folder
from knowledge.embeddings.precision import Precision

logger = logging.getLogger(__name__)


def local_embeddings(models_folder: Path, precision: Precision = Precision.INT8) -> LazyEmbeddings:
    """On this machine's CPU by onnxruntime; by torch if that can't be had.

    Args:
        models_folder: keeps the exported model from one start to the next.
        precision: of its weights.
    """
    return LazyEmbeddings(lambda: _load_local(models_folder, precision))


def torch_embeddings() -> LazyEmbeddings:
    """On this machine's CPU by torch, through langchain-huggingface."""
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
    except Exception as error:  # noqa: BLE001  # onnxruntime's errors have no base of their own
        logger.warning("no embeddings by onnxruntime, torch takes its place: %s", error)
        return _load_torch()


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
