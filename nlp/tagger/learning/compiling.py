"""Writes a learnt network's convolutions as ONNX graphs in 8 bits, for `nlp.tagger.stacks`.

The range of what goes into each convolution is measured on texts (`ranges`); weights are scaled per column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from onnx import NodeProto, TensorProto, helper, numpy_helper

from nlp.tagger.network import LAYERS, Convolutions, Floats, Network
from nlp.tagger.stacks import INPUTS, OUTPUT, STACKS
from nlp.tagger.tagger import HEADS
from nlp.tagger.words import Words

_HIGHEST_WEIGHT: Final = 63  # 7 bits with sign
_MIDDLE: Final = 128  # stands for 0 among 0..255
_OPSET: Final = 17
_EPSILON: Final = 1e-5
_KEPT: Final = 0.9999  # of the values are within the range; the others are cut off


def ranges(weights: Mapping[str, Floats], texts: Sequence[Words]) -> dict[str, float]:
    """The largest value (but for some rare ones) that goes into each convolution, by its name, when the texts are read."""
    seen: dict[str, list[float]] = {}

    def see(name: str, values: Floats) -> None:
        seen.setdefault(name, []).append(float(np.quantile(np.abs(values), _KEPT)))

    network = Network(weights, HEADS, {name: Convolutions(weights, *LAYERS[name], see) for name in STACKS})
    for text in texts:
        network.read([text])
    return {name: max(values) for name, values in seen.items()}


def compiled_stacks(weights: Mapping[str, Floats], largest: Mapping[str, float]) -> dict[str, bytes]:
    """ONNX files of the three stacks, by name (see `stacks.STACKS`)."""
    return {
        name: _stack([(f"{letter}{at}", distance) for at, distance in enumerate(distances)], weights, largest)
        for name, (letter, distances) in LAYERS.items()
    }


def _stack(layers: Sequence[tuple[str, int]], weights: Mapping[str, Floats], largest: Mapping[str, float]) -> bytes:
    graph = _Graph()
    x = INPUTS[0]
    for name, distance in layers:
        x = graph.convolution(name, x, distance, weights, largest[name])
    graph.add("Identity", [x], OUTPUT)
    size = int(weights[f"{layers[0][0]}b"].shape[0])
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, width]) for name, width in zip(INPUTS, (size, 1), strict=True)]
    outputs = [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [None, size])]
    made = helper.make_graph(graph.nodes, "stack", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=8)
    content: bytes = model.SerializeToString()
    return content


class _Graph:
    """Nodes and constants of an ONNX graph as it grows."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def add(self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: float) -> str:
        node = helper.make_node(kind, list(inputs), [output], domain=domain)
        node.attribute.extend(helper.make_attribute(key, value) for key, value in attributes.items())
        self.nodes.append(node)
        return output

    def convolution(self, name: str, x: str, distance: int, weights: Mapping[str, Floats], largest: float) -> str:
        """Normalise, leave the gaps 0, see three places side by side, multiply in 8 bits, cut off below 0, add to the input."""
        scale, bias = self.constant(f"{name}g", weights[f"{name}g"]), self.constant(f"{name}o", weights[f"{name}o"])
        normal = self.add("LayerNormalization", [x, scale, bias], f"{name}_normal", axis=-1, epsilon=_EPSILON)
        shown = self.add("Mul", [normal, INPUTS[1]], f"{name}_shown")
        step = self.constant(f"{name}_step", np.array(largest / 127, dtype=np.float32))
        middle = self.constant(f"{name}_middle", np.array(_MIDDLE, dtype=np.uint8))
        whole = self.add("QuantizeLinear", [shown, step, middle], f"{name}_whole")
        pads = self.constant(f"{name}_pads", np.array([distance, 0, distance, 0], dtype=np.int64))
        wide = self.add("Pad", [whole, pads, middle], f"{name}_wide")
        before = self._rows(f"{name}_before", wide, 0, -2 * distance)
        behind = self._rows(f"{name}_behind", wide, 2 * distance, np.iinfo(np.int64).max)
        around = self.add("Concat", [before, whole, behind], f"{name}_around", axis=1)
        product = self._product(name, around, (step, middle), weights)
        return self.add("Add", [x, self.add("Relu", [product], f"{name}_positive")], f"{name}_out")

    def _rows(self, name: str, x: str, first: int, last: int) -> str:
        bounds = [self.constant(f"{name}_{end}", np.array([value], dtype=np.int64)) for end, value in (("first", first), ("last", last))]
        axes = self.constant(f"{name}_axes", np.array([0], dtype=np.int64))
        return self.add("Slice", [x, *bounds, axes], name)

    def _product(self, name: str, x: str, quantised: tuple[str, str], weights: Mapping[str, Floats]) -> str:
        own = weights[f"{name}w"]
        steps = np.maximum(np.abs(own).max(axis=0), np.float32(1e-8)) / np.float32(_HIGHEST_WEIGHT)
        whole = self.constant(f"{name}_w", np.rint(own / steps).astype(np.int8))
        step = self.constant(f"{name}_w_step", steps.astype(np.float32))
        middle = self.constant(f"{name}_w_middle", np.zeros(own.shape[1], dtype=np.int8))
        bias = self.constant(f"{name}b", weights[f"{name}b"])
        inputs = [x, whole, quantised[0], step, quantised[1], middle, bias]
        return self.add("MatMulIntegerToFloat", inputs, f"{name}_product", domain="com.microsoft")
