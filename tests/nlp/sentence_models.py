"""A tiny real sentence model, written to a folder as exports lay it out: words with like meaning have like vectors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace

UNKNOWN = "[UNK]"


def write_model(
    folder: Path,
    meanings: Sequence[Sequence[str]],
    *,
    seed: int = 0,
    network: str = "model.onnx",
    pooled: bool = False,
    settings: Mapping[str, object] | None = None,
) -> Path:
    """Write a model that knows groups of words; those of one group lie close together, and an unknown word is a zero vector."""
    words = [UNKNOWN, *(word for group in meanings for word in group)]
    rows = np.zeros((len(words), len(meanings)), dtype=np.float32)
    random = np.random.default_rng(seed)
    at = 1
    for number, group in enumerate(meanings):
        for _ in group:
            rows[at] = random.normal(0, 0.12, len(meanings))
            rows[at, number] += 1
            at += 1
    (folder / network).parent.mkdir(parents=True, exist_ok=True)
    onnx.save(_network(rows, pooled=pooled), str(folder / network))
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(words)}, unk_token=UNKNOWN))
    tokenizer.normalizer = Lowercase()  # type: ignore[assignment]
    tokenizer.pre_tokenizer = Whitespace()  # type: ignore[assignment]
    tokenizer.save(str(folder / "tokenizer.json"))
    for name, content in (settings or {}).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def _network(rows: np.ndarray, *, pooled: bool) -> onnx.ModelProto:
    nodes = [helper.make_node("Gather", ["rows", "input_ids"], ["last_hidden_state"])]
    shape: list[str | int] = ["texts", "tokens", rows.shape[1]]
    outputs = [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, shape)]
    if pooled:
        nodes.append(helper.make_node("ReduceMax", ["last_hidden_state", "axes"], ["sentence_embedding"], keepdims=0))
        outputs.append(helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["texts", rows.shape[1]]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
        outputs,
        [numpy_helper.from_array(rows, "rows"), numpy_helper.from_array(np.array([1]), "axes")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
