"""Keeps a trained network as two files: weights (.npz, no pickle; units as whole numbers of 8 bits, stacks as ONNX), model card (JSON)."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from nlp.error import ModelUnreadable
from nlp.tagger.network import Floats, Network
from nlp.tagger.stacks import STACKS, loaded_stack

FORMAT_VERSION: Final = 2

_WEIGHTS: Final = "weights.npz"
_CARD: Final = "model-card.json"
_UNITS: Final = "emb"
_STACK: Final = "stack_"
_OF_STACKS: Final = re.compile(r"[abs]\d[wbgo]$")  # weights of convolutions


@dataclass(frozen=True)
class TaggerCard:
    """What a tagger was learnt from and how it reads; written beside its weights."""

    format_version: int
    heads: dict[str, int]  # name of each answer and its number of classes
    trained_on: tuple[str, ...]  # file names
    unlabelled: tuple[str, ...]
    left_out: tuple[str, ...]
    licences: tuple[str, ...]
    seed: int
    settings: dict[str, float]  # of the training
    reading: dict[str, float]  # thresholds of the reading, chosen on held-out training texts
    figures: dict[str, float]  # measured on those held-out texts, 0..1


def write_tagger(folder: Path, weights: Mapping[str, Floats], stacks: Mapping[str, bytes], card: TaggerCard) -> None:
    """Write weights, compiled stacks and card into a folder (made when absent); the weights that the stacks hold are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    stored: dict[str, np.ndarray] = {
        name: value.astype(np.float16) for name, value in weights.items() if name != _UNITS and not _OF_STACKS.match(name)
    }
    stored |= {f"{_STACK}{name}": np.frombuffer(content, dtype=np.uint8) for name, content in stacks.items()}
    largest = np.maximum(np.abs(weights[_UNITS]).max(axis=1, keepdims=True), np.float32(1e-8))
    stored["unit_scales"] = (largest / 127).astype(np.float32)
    stored["units"] = np.rint(weights[_UNITS] / largest * 127).astype(np.int8)
    np.savez_compressed(folder / _WEIGHTS, allow_pickle=False, **stored)
    (folder / _CARD).write_text(json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_card(folder: Path) -> TaggerCard:
    """Read the model card. Raises ModelUnreadable for a missing, damaged or newer one."""
    path = folder / _CARD
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
        card = TaggerCard(**fields)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelUnreadable(f"{path} is no model card ({error}); install Labourscope again, or run `labourscope train spans`") from error
    if card.format_version != FORMAT_VERSION:
        raise ModelUnreadable(
            f"{path} has format {card.format_version}, this version reads {FORMAT_VERSION}; run `labourscope train spans`"
        )
    return card


def read_network(folder: Path) -> tuple[Network, TaggerCard]:
    """Read weights and card. Raises ModelUnreadable where they are missing, damaged or newer."""
    card = read_card(folder)
    path = folder / _WEIGHTS
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            whole = {name: stored[name] for name in stored.files}
            weights = {name: value.astype(np.float32) for name, value in whole.items() if value.dtype == np.float16}
            weights[_UNITS] = whole["units"].astype(np.float32) * whole["unit_scales"]
            stacks = {name: loaded_stack(whole[f"{_STACK}{name}"].tobytes()) for name in STACKS}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelUnreadable(f"{path} cannot be read ({error}); install Labourscope again, or run `labourscope train spans`") from error
    return Network(weights, card.heads, stacks), card
