"""Vectors of titles on disk: one .npz of plain arrays (no pickle), written in one step, and a model card beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from nlp.array_files import DAMAGED, packed_words, read_arrays, unpacked_words, write_arrays
from nlp.error import ModelUnreadable
from nlp.linker.bags import Floats

FORMAT_VERSION: Final = 1  # raise when arrays, texts or training change: kept vectors of older versions are then trained anew
_ARRAYS: Final = "title-vectors.npz"
_CARD: Final = "model-card.json"


class TitleVectorsCard(BaseModel):
    """What the vectors were learnt from, and how."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: int = FORMAT_VERSION
    taxonomy: str
    languages: tuple[str, ...]
    learnt_from: str = (
        "names and descriptions of the taxonomy's occupations, names and descriptions of their unit groups, names of their skills, "
        "fixed phrases of advertisements and titles as noise; no advertisement, no labelled title"
    )
    seed: int
    occupations: int
    names: int
    sentences: int
    units: int
    dimensions: int
    steps: int
    limits: str = "reads 24 words of a title, knows the languages of the taxonomy's names; scores are no probabilities"


class VectorParts(NamedTuple):
    """What is learnt and stored: names of units with a vector each, and the card."""

    units: list[str]
    vectors: Floats
    card: TitleVectorsCard


def write_parts(parts: VectorParts, folder: Path) -> None:
    """Write arrays and card into a folder (created); readers see the old vectors or the new ones, the card last."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "format_version": np.array([FORMAT_VERSION]),
        "units": packed_words(parts.units),
        "vectors": parts.vectors.astype(np.float16),
    }
    write_arrays(folder / _ARRAYS, arrays)
    (folder / _CARD).write_text(parts.card.model_dump_json(indent=2) + "\n", encoding="utf-8")


def read_parts(folder: Path) -> VectorParts:
    """Read what `write_parts` wrote; raises ModelUnreadable for anything else."""
    try:
        card = TitleVectorsCard.model_validate_json((folder / _CARD).read_text(encoding="utf-8"))
        arrays = read_arrays(folder / _ARRAYS)
        if card.format_version != FORMAT_VERSION or arrays["format_version"].tolist() != [FORMAT_VERSION]:
            raise ModelUnreadable(
                f"{folder} holds title vectors of format {card.format_version}, this release reads {FORMAT_VERSION}; "
                "import the taxonomy anew"
            )
        return VectorParts(unpacked_words(arrays["units"]), arrays["vectors"].astype(np.float32), card)
    except FileNotFoundError as error:
        raise ModelUnreadable(f"{folder} holds no title vectors ({error.filename} is missing); import the taxonomy anew") from error
    except (*DAMAGED, KeyError, IndexError, ValidationError) as error:
        raise ModelUnreadable(f"the title vectors in {folder} are damaged ({error}); delete it and import the taxonomy anew") from error
