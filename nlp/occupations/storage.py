"""A ranker on disk: one .npz of plain numbers (no pickle, no words) and a model card beside it; the trained one comes with the package."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from nlp.error import ModelUnreadable
from nlp.occupations.features import BUCKETS
from nlp.occupations.ranker import Calibration, Floats, OccupationRanker, Weights

FORMAT_VERSION: Final = 1  # raise when features, arrays or the way of ranking change
_ARRAYS: Final = "ranker.npz"
_CARD: Final = "model-card.json"


class Source(BaseModel):
    """Data that a model has learnt from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    examples: int
    licence: str


class ModelCard(BaseModel):
    """What a ranker was learnt from and how sure its probabilities are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: int = FORMAT_VERSION
    task: str = "title and text of a job advertisement to ISCO-08 unit group and ESCO occupation"
    learnt_from: tuple[Source, ...]
    left_out: str
    seed: int
    dimensions: int
    groups: int
    occupations: int
    calibrated_on: int  # advertisements held out from learning
    held_out_accuracy: float  # of the first unit group on those, 0..1
    expected_calibration_error: float  # on those, 0..1
    limits: str = "reads 24 words of a title and 120 of the text; languages other than cs, de, en, es, fr, nl, pl, sv are not learnt"


class StoredRanker(NamedTuple):
    """A ranker and its card."""

    ranker: OccupationRanker
    card: ModelCard


def write_ranker(ranker: OccupationRanker, card: ModelCard, folder: Path) -> None:
    """Write arrays and card into a folder (made when absent); vectors keep 8 bits per number and a scale per vector."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces, scales = _packed(ranker.weights.pieces)
    np.savez_compressed(
        folder / _ARRAYS,
        allow_pickle=False,
        pieces=pieces,
        piece_scales=scales,
        answers=ranker.weights.answers.astype(np.float16),
        offsets=ranker.weights.offsets,
        groups=np.array([int(group) for group in ranker.groups], dtype=np.int16),
        occupations=ranker.occupations,
        sharpness=np.array([ranker.calibration.sharpness]),
    )
    (folder / _CARD).write_text(card.model_dump_json(indent=2) + "\n", encoding="utf-8")


def read_ranker(folder: Path) -> StoredRanker:
    """Read what `write_ranker` wrote; raises ModelUnreadable for anything else."""
    try:
        card = ModelCard.model_validate_json((folder / _CARD).read_text(encoding="utf-8"))
        with (folder / _ARRAYS).open("rb") as source, np.load(source, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        if card.format_version != FORMAT_VERSION or arrays["pieces"].shape[0] != BUCKETS:
            raise ModelUnreadable(
                f"{folder} holds an occupation ranker of format {card.format_version}, this release reads {FORMAT_VERSION}; "
                "train it anew with `labourscope train occupations`"
            )
        pieces = arrays["pieces"].astype(np.float32) * arrays["piece_scales"].astype(np.float32)[:, None]
        weights = Weights(pieces, arrays["answers"].astype(np.float32), arrays["offsets"].astype(np.float32))
        groups = [f"{group:04d}" for group in arrays["groups"].tolist()]
        calibration = Calibration(float(arrays["sharpness"][0]))
        return StoredRanker(OccupationRanker(weights, groups, arrays["occupations"], calibration), card)
    except FileNotFoundError as error:
        raise ModelUnreadable(f"{folder} holds no occupation ranker ({error.filename} is missing); train one first") from error
    except (OSError, EOFError, ValueError, KeyError, IndexError, ValidationError, zipfile.BadZipFile) as error:
        raise ModelUnreadable(f"the occupation ranker in {folder} is damaged ({error}); train it anew") from error


@lru_cache(maxsize=1)
def bundled_ranker() -> OccupationRanker:
    """The trained ranker of this package, read once per process. Raises ModelUnreadable when it is missing."""
    with resources.as_file(resources.files("nlp.occupations") / "model") as folder:
        return read_ranker(folder).ranker


def _packed(vectors: Floats) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]:
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-6) / 127
    kept = scales.astype(np.float16)
    kept[kept == 0] = np.float16(6e-8)
    whole = np.rint(vectors / kept.astype(np.float32)[:, None])
    return np.clip(whole, -127, 127).astype(np.int8), kept
