"""Vectors of a taxonomy's labels by one sentence model: made once, kept beside the taxonomy (.npy, no pickle), shared by all processes."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError

from nlp.sentence_linker.embedder import Embedder
from nlp.sentence_linker.label_texts import LabelTexts
from taxonomies.taxonomy import Taxonomy

_log = logging.getLogger(__name__)

Halves = npt.NDArray[np.float16]

_FORMAT_VERSION: Final = 1
_FOLDER: Final = "sentence-vectors"
_VECTORS: Final = "labels.npy"
_CARD: Final = "card.json"


class VectorCard(BaseModel):
    """What kept vectors are of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: int = _FORMAT_VERSION
    taxonomy: str
    languages: tuple[str, ...]
    model: str  # content hash
    labels: str  # digest of concepts and labels
    rows: int
    dimensions: int


def vectors_folder(taxonomy: Taxonomy, model: str, languages: tuple[str, ...]) -> Path:
    """Where the vectors of a model (its content hash) for labels in some languages are kept."""
    return taxonomy.folder / _FOLDER / f"{model[:16]}-{'-'.join(languages)}"


def are_kept(taxonomy: Taxonomy, model: str, languages: tuple[str, ...]) -> bool:
    """Whether vectors of a model (its content hash) for labels in some languages have been made."""
    return (vectors_folder(taxonomy, model, languages) / _CARD).is_file()


def kept_vectors(taxonomy: Taxonomy, labels: LabelTexts, embedder: Embedder) -> Halves:
    """The vectors of labels (rows as `labels.texts`, length 1): those kept beside the taxonomy, else made and kept.

    Processes that ask at the same time wait for the one that makes them. A folder that cannot be written only costs time.
    """
    card = VectorCard(
        taxonomy=str(taxonomy.ref), languages=labels.languages, model=embedder.content_hash, labels=labels.digest, rows=len(labels.texts),
        dimensions=embedder.dimensions,
    )  # fmt: skip
    folder = vectors_folder(taxonomy, embedder.content_hash, labels.languages)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            vectors = _read(folder, card)
            if vectors is None:
                vectors = _embedded(taxonomy, labels, embedder)
                _write(folder, card, vectors)
            return vectors
    except OSError as error:
        _log.warning("the label vectors of %s cannot be kept (%s); they are made anew each time", taxonomy.ref, error)
        return _embedded(taxonomy, labels, embedder)


def _embedded(taxonomy: Taxonomy, labels: LabelTexts, embedder: Embedder) -> Halves:
    _log.info("%s: embedding %d labels with the sentence model, once", taxonomy.ref, len(labels.texts))
    return embedder.embed(labels.texts).astype(np.float16)


def _read(folder: Path, card: VectorCard) -> Halves | None:
    """The vectors kept in a folder, or None where there are none, damaged ones or those of other labels."""
    try:
        if VectorCard.model_validate_json((folder / _CARD).read_text(encoding="utf-8")) != card:
            return None
        vectors: Halves = np.load(folder / _VECTORS, mmap_mode="r", allow_pickle=False)
    except (FileNotFoundError, ValidationError, ValueError, EOFError):
        return None
    return vectors if vectors.shape == (card.rows, card.dimensions) and vectors.dtype == np.float16 else None


def _write(folder: Path, card: VectorCard, vectors: Halves) -> None:
    """The card comes last: without it there are no vectors."""
    (folder / _CARD).unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=".labels-", suffix=".npy", dir=folder)
    building = Path(name)
    try:
        with os.fdopen(handle, "wb") as sink:
            np.save(sink, vectors, allow_pickle=False)
        building.chmod(0o644)
        building.replace(folder / _VECTORS)
    except BaseException:
        building.unlink(missing_ok=True)
        raise
    (folder / _CARD).write_text(card.model_dump_json(indent=2) + "\n", encoding="utf-8")
