"""Keeps a network and its sets of words as two files: weights (.npz, no pickle; units as whole numbers of 8 bits), model card (JSON)."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from nlp.error import ModelUnreadable
from nlp.people.network import Floats, PeopleNetwork, shapes_of
from nlp.people.tokens import SETS
from nlp.people.word_sets import WordSet

FORMAT_VERSION: Final = 1

_WEIGHTS: Final = "weights.npz"
_CARD: Final = "model-card.json"
_SET: Final = "set_"
_AGAIN: Final = "install Labourscope again, or run `labourscope train people`"


@dataclass(frozen=True)
class PeopleCard:
    """What a network was learnt from; written beside its weights."""

    format_version: int
    trained_on: tuple[str, ...]  # file names
    unlabelled: tuple[str, ...]
    left_out: tuple[str, ...]
    licences: tuple[str, ...]
    settings: dict[str, float]  # of the training, its seed among them
    counts: dict[str, int]  # of what was learnt from


def write_people(folder: Path, weights: Mapping[str, Floats], sets: Mapping[str, WordSet], card: PeopleCard) -> None:
    """Write weights, sets and card into a folder (made when absent)."""
    folder.mkdir(parents=True, exist_ok=True)
    stored: dict[str, np.ndarray] = {name: value.astype(np.float16) for name, value in weights.items() if name != "units"}
    largest = np.maximum(np.abs(weights["units"]).max(axis=1, keepdims=True), np.float32(1e-8))
    stored |= {"unit_scales": (largest / 127).astype(np.float32), "units": np.rint(weights["units"] / largest * 127).astype(np.int8)}
    stored |= {f"{_SET}{name}": words.packed for name, words in sets.items()}
    np.savez_compressed(folder / _WEIGHTS, allow_pickle=False, **stored)
    (folder / _CARD).write_text(json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_people(folder: Path) -> tuple[PeopleNetwork, PeopleCard]:
    """Read network and card. Raises ModelUnreadable where they are missing, damaged or of another format."""
    card = read_people_card(folder)
    path = folder / _WEIGHTS
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        weights = {name: value.astype(np.float32) for name, value in arrays.items() if not name.startswith(_SET)}
        weights["units"] *= weights.pop("unit_scales")
        if {name: value.shape for name, value in weights.items()} != shapes_of(weights["in_b"].shape[0]):
            raise ValueError("its arrays have other names or shapes")
        return PeopleNetwork(weights, {name: WordSet(arrays[f"{_SET}{name}"]) for name in SETS}), card
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ModelUnreadable(f"{path} holds no network for people ({error}); {_AGAIN}") from error


def read_people_card(folder: Path) -> PeopleCard:
    """Read the model card. Raises ModelUnreadable for a missing, damaged or newer one."""
    path = folder / _CARD
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
        card = PeopleCard(**fields)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelUnreadable(f"{path} is no model card ({error}); {_AGAIN}") from error
    if card.format_version != FORMAT_VERSION:
        raise ModelUnreadable(f"{path} has format {card.format_version}, this version reads {FORMAT_VERSION}; {_AGAIN}")
    return card
