"""A linker on disk: one .npz of plain arrays (no pickle) and a model card beside it, written in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict

from nlp.array_files import DAMAGED, Arrays, packed_words, read_arrays, unpacked_words, write_arrays
from nlp.error import ModelUnreadable
from nlp.linker.bags import Bags, Floats
from nlp.linker.calibration import Calibration
from nlp.linker.packed_texts import PackedTexts
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words
from nlp.linker.units import Units

FORMAT_VERSION: Final = 3  # raise when arrays, units or training change: kept linkers of older versions are then trained anew
_ARRAYS: Final = "linker.npz"
_CARD: Final = "model-card.json"


class ModelCard(BaseModel):
    """What a linker was learnt from, how, and how well its scores are calibrated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: int = FORMAT_VERSION
    taxonomy: str
    languages: tuple[str, ...]
    learnt_from: str = "vectors and calibration: labels and descriptions of the taxonomy's skills and fixed filler phrases"
    also_rests_on: str = (
        "weights of the views: fitted on labelled sentences of SkillSkape's training part, reach halved afterwards on seeing validation "
        "figures; probabilities of spans: 406 spans of reading_train and SkillSpan's training part, judged by a large language model"
    )
    seed: int
    skills: int
    labels: int
    units: int
    dimensions: int
    steps: int
    calibrated_on: int  # held-out labels
    expected_calibration_error: float  # on held-out labels that the curve was not fitted to; 0..1
    limits: str = "reads the first 400 words of a text, ignores word order beyond stretches; probabilities hold for taxonomy-like wording"


@dataclass(frozen=True)
class LinkerParts:
    """What is learnt and stored; indexes are made of it."""

    texts: TaxonomyTexts
    units: Units
    vectors: Floats
    calibration: Calibration
    card: ModelCard


def write_parts(parts: LinkerParts, folder: Path) -> None:
    """Write arrays and card into a folder (created); readers see the old linker or the new one, the card last."""
    texts = parts.texts
    arrays: Arrays = {
        "format_version": np.array([FORMAT_VERSION]),
        "vectors": parts.vectors.astype(np.float16),
        "calibration": np.array(parts.calibration, dtype=np.float64),
        "units": packed_words(parts.units.names),
        "uris": packed_words(texts.uris),
        "label_owners": texts.label_owners,
        "is_preferred": texts.is_preferred,
        "languages": packed_words(texts.languages),
        "label_languages": texts.label_languages.astype(np.int8),
        "is_wider": texts.is_wider,
        "sentence_owners": texts.sentence_owners,
        "reach": texts.reach,
        **_packed_texts("labels", texts.labels),
        **_packed_texts("sentences", texts.sentences),
    }
    write_arrays(folder / _ARRAYS, arrays)
    (folder / _CARD).write_text(parts.card.model_dump_json(indent=2) + "\n", encoding="utf-8")


def read_parts(folder: Path) -> LinkerParts:
    """Read what `write_parts` wrote; raises ModelUnreadable for anything else."""
    try:
        card = ModelCard.model_validate_json((folder / _CARD).read_text(encoding="utf-8"))
        arrays = read_arrays(folder / _ARRAYS)
        if card.format_version != FORMAT_VERSION or arrays["format_version"].tolist() != [FORMAT_VERSION]:
            raise ModelUnreadable(
                f"{folder} holds a linker of format {card.format_version}, this release reads {FORMAT_VERSION}; train it anew"
            )
        return _parts(arrays, card)
    except FileNotFoundError as error:
        raise ModelUnreadable(f"{folder} holds no linker ({error.filename} is missing); train it with Linker.train") from error
    except (*DAMAGED, KeyError, IndexError) as error:
        raise ModelUnreadable(f"the linker in {folder} is damaged ({error}); delete the folder and train it anew") from error


def _parts(arrays: Arrays, card: ModelCard) -> LinkerParts:
    slope, offset = arrays["calibration"].tolist()
    texts = TaxonomyTexts(
        uris=unpacked_words(arrays["uris"]),
        labels=_unpacked_texts("labels", arrays),
        label_owners=arrays["label_owners"].astype(np.int64),
        is_preferred=arrays["is_preferred"].astype(np.bool_),
        languages=tuple(unpacked_words(arrays["languages"])),
        label_languages=arrays["label_languages"].astype(np.int64),
        is_wider=arrays["is_wider"].astype(np.bool_),
        sentences=_unpacked_texts("sentences", arrays),
        sentence_owners=arrays["sentence_owners"].astype(np.int64),
        reach=arrays["reach"].astype(np.float32),
    )
    vectors = arrays["vectors"].astype(np.float32)
    return LinkerParts(texts, Units(unpacked_words(arrays["units"])), vectors, Calibration(slope, offset), card)


def _packed_texts(name: str, texts: Sequence[Words]) -> Arrays:
    packed = PackedTexts.of(texts)
    return {f"{name}_words": packed_words(packed.vocabulary), **packed_bags(name, packed.bags)}


def _unpacked_texts(name: str, arrays: Arrays) -> PackedTexts:
    return PackedTexts(unpacked_words(arrays[f"{name}_words"]), unpacked_bags(name, arrays))


def packed_bags(name: str, bags: Bags) -> Arrays:
    """Bags as arrays whose names begin with `name`."""
    return {f"{name}_numbers": bags.numbers.astype(np.int32), f"{name}_offsets": bags.offsets}


def unpacked_bags(name: str, arrays: Arrays) -> Bags:
    """The bags that `packed_bags` packed; raises KeyError."""
    return Bags(arrays[f"{name}_numbers"].astype(np.int64), arrays[f"{name}_offsets"].astype(np.int64))
