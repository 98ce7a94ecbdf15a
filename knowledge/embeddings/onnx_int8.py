"""The same graph with int8 weights, a scale a channel; inputs are quantized as they come.

It is what `onnxruntime.quantization.quantize_dynamic(per_channel=True, reduce_range=True)` makes of
the fp32 graph, in a tenth of its time and memory, with fewer operators and a scale a word piece.
"""

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from knowledge.embeddings.onnx_graph import FUSED, HEADS, Graph

REDUCED, WHOLE = 64, 127
"""The largest weights. Sums of pairs overflow above 64 on a CPU without VNNI."""
KEPT = tuple(f"encoder.layer.{layer}.output.dense" for layer in (0, 1))
"""In fp32: the outliers in their inputs alone cost a third of the accuracy."""

NO_MASK = ""


class Int8Graph(Graph):
    def words(self, table: NDArray[np.float32]) -> str:
        weights, scales = _quantized(table, axis=1, largest=WHOLE)
        self.add("Gather", [self.constant("words", weights), "ids"], "word_integers")
        self.add("Gather", [self.constant("words.scales", scales), "ids"], "word_scales")
        self.add("Cast", ["word_integers"], "word_floats", to=TensorProto.FLOAT)
        return self.add("Mul", ["word_floats", "word_scales"], "word_vectors")

    def attention(self, name: str, hidden: str, kernel: NDArray[np.float32], bias: str) -> str:
        weights, scales = self._channels(name, kernel)
        parts = f"{name}.input", f"{name}.scale", f"{name}.zero"
        integers, scale, zero = parts
        self.add("DynamicQuantizeLinear", [hidden], *parts)
        inputs = [integers, weights, bias, scale, scales, NO_MASK, zero]
        return self.add("QAttention", inputs, f"{name}.context", domain=FUSED, num_heads=HEADS)

    def dense(self, name: str, inner: str, kernel: NDArray[np.float32]) -> str:
        if name in KEPT:
            return super().dense(name, inner, kernel)
        inputs = [inner, *self._channels(name, kernel)]
        return self.add("DynamicQuantizeMatMul", inputs, name, domain=FUSED)

    def _channels(self, name: str, kernel: NDArray[np.float32]) -> tuple[str, str]:
        weights, scales = _quantized(kernel, axis=0, largest=REDUCED)
        return (
            self.constant(f"{name}.kernel", weights),
            self.constant(f"{name}.kernel.scales", scales.ravel()),
        )


def _quantized(
    values: NDArray[np.float32], *, axis: int, largest: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Integers and their scales: `integers * scales` is about `values`."""
    scales = np.abs(values).max(axis=axis, keepdims=True) / np.float32(largest)
    scales[scales == 0] = 1
    return np.rint(values / scales).astype(np.int8), scales
