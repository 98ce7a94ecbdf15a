"""all-MiniLM-L6-v2 as an ONNX graph, drawn from its weights: no torch, so no exporter's quirks.

The architecture is BERT's (Devlin et al., 2019) with six layers, written in onnxruntime's fused
operators; pooling and normalization are sentence-transformers' (the mean, then L2).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from knowledge.embeddings.model import DIMENSIONS

LAYERS = 6
HEADS = 12
EPSILON = 1e-12
OPSET, IR_VERSION = 17, 8
FUSED = "com.microsoft"

Weights = dict[str, NDArray[np.float32]]


class Graph:
    """The model of `ids` to `vectors`, in fp32.

    `ids` are int64 `(texts, word pieces)`; `vectors` are float32 `(texts, 384)`, of length 1. There
    is no mask: texts in one call have to be of one length.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def draw(self) -> onnx.ModelProto:
        hidden = self._embeddings()
        for layer in range(LAYERS):
            hidden = self._feed_forward(layer, self._self_attention(layer, hidden))
        self._pooling(hidden)
        return self._model()

    def words(self, table: NDArray[np.float32]) -> str:
        """Look the word pieces' vectors up: `(texts, word pieces, 384)`."""
        return self.add("Gather", [self.constant("words", table), "ids"], "word_vectors")

    def attention(self, name: str, hidden: str, kernel: NDArray[np.float32], bias: str) -> str:
        inputs = [hidden, self.constant(f"{name}.kernel", kernel), bias]
        return self.add("Attention", inputs, f"{name}.context", domain=FUSED, num_heads=HEADS)

    def dense(self, name: str, inner: str, kernel: NDArray[np.float32]) -> str:
        """A product without its bias, which the next operator adds."""
        return self.add("MatMul", [inner, self.constant(f"{name}.kernel", kernel)], name)

    def add(self, operator: str, inputs: Sequence[str], *outputs: str, **attributes: Any) -> str:  # noqa: ANN401  # as onnx has it
        """Returns: the first output's name."""
        self._nodes.append(helper.make_node(operator, [*inputs], [*outputs], **attributes))
        return outputs[0]

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _embeddings(self) -> str:
        # One segment only, so its vector is part of every position's.
        segment = self._of("embeddings.token_type_embeddings")[:1]
        positions = self._of("embeddings.position_embeddings") + segment
        words = self.words(self._of("embeddings.word_embeddings"))
        self.add("Shape", ["ids"], "pieces", start=1, end=2)
        zero = self.constant("zero", np.zeros(1, np.int64))
        self.add("Slice", [self.constant("positions", positions), zero, "pieces"], "places")
        self.add("Add", [words, "places"], "sum")
        norm = self._norm("embeddings.LayerNorm")
        return self.add("LayerNormalization", ["sum", *norm], "embedded", epsilon=EPSILON)

    def _self_attention(self, layer: int, hidden: str) -> str:
        at = f"encoder.layer.{layer}.attention"
        parts = [f"{at}.self.{part}" for part in ("query", "key", "value")]
        kernel = np.concatenate([self._of(part).T for part in parts], axis=1)
        bias = np.concatenate([self._of(part, "bias") for part in parts])
        context = self.attention(at, hidden, kernel, self.constant(f"{at}.bias", bias))
        return self._residual(f"{at}.output", context, hidden)

    def _feed_forward(self, layer: int, hidden: str) -> str:
        at = f"encoder.layer.{layer}"
        name = f"{at}.intermediate.dense"
        wide = self.dense(name, hidden, self._of(name).T)
        self.add("BiasGelu", [wide, self._bias(name)], f"{at}.gelu", domain=FUSED)
        return self._residual(f"{at}.output", f"{at}.gelu", hidden)

    def _residual(self, name: str, inner: str, skip: str) -> str:
        """A dense layer, then what was before it is added and normalized in one operator."""
        dense = self.dense(f"{name}.dense", inner, self._of(f"{name}.dense").T)
        inputs = [dense, skip, *self._norm(f"{name}.LayerNorm"), self._bias(f"{name}.dense")]
        normed = f"{name}.normed"
        return self.add("SkipLayerNormalization", inputs, normed, domain=FUSED, epsilon=EPSILON)

    def _pooling(self, hidden: str) -> None:
        self.add("ReduceMean", [hidden], "mean", axes=[1], keepdims=0)
        self.add("LpNormalization", ["mean"], "vectors", axis=-1, p=2)

    def _model(self) -> onnx.ModelProto:
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "pieces"])
        vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", DIMENSIONS])
        graph = helper.make_graph(self._nodes, "minilm", [ids], [vectors], self._constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _norm(self, name: str) -> tuple[str, str]:
        return self.constant(f"{name}.scale", self._of(name)), self._bias(name)

    def _bias(self, name: str) -> str:
        return self.constant(f"{name}.bias", self._of(name, "bias"))

    def _of(self, name: str, kind: str = "weight") -> NDArray[np.float32]:
        return self._weights[f"{name}.{kind}"]
