"""Arrays of a label index kept beside the linker that they were derived from, and derived anew where they are not of that very linker."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from nlp.array_files import Arrays, digest, keep_arrays, kept_arrays, packed_words, unpacked_words
from nlp.linker.label_arrays import LabelArrays, words_by_use
from nlp.linker.packed_texts import PackedTexts
from nlp.linker.storage import LinkerParts, packed_bags, unpacked_bags
from nlp.linker.word_vectors import WordVectors

_FORMAT_VERSION: Final = 1  # raise when what is derived changes: arrays of older versions are then derived anew
_FILE: Final = "label-arrays.npz"


def keep_label_arrays(arrays: LabelArrays, parts: LinkerParts, folder: Path) -> None:
    """Write what was derived from a linker into its folder. Raises OSError."""
    keep_arrays(folder / _FILE, _origin(parts), _packed(arrays))


def kept_label_arrays(parts: LinkerParts, folder: Path) -> LabelArrays:
    """What is derived from a linker: as it is kept in the linker's folder, else derive and keep it."""
    arrays = kept_arrays(folder / _FILE, _origin(parts), lambda: _packed(_derived(parts)))
    return LabelArrays(
        words=unpacked_words(arrays["words"]),
        rows=arrays["rows"].astype(np.float32, copy=False),
        concept_words=unpacked_bags("concept_words", arrays),
        labels=unpacked_bags("labels", arrays),
        label_lengths=arrays["label_lengths"].astype(np.float32, copy=False),
        label_weights=arrays["label_weights"].astype(np.float32, copy=False),
        preferred=arrays["preferred"].astype(np.float32, copy=False),
        described=arrays["described"].astype(np.float32, copy=False),
        axes=arrays["axes"].astype(np.float32, copy=False),
        centre_axes=arrays["centre_axes"].astype(np.float32, copy=False),
    )


def _packed(arrays: LabelArrays) -> Arrays:
    return {
        "words": packed_words(arrays.words),
        "rows": arrays.rows,
        **packed_bags("concept_words", arrays.concept_words),
        **packed_bags("labels", arrays.labels),
        "label_lengths": arrays.label_lengths,
        "label_weights": arrays.label_weights,
        "preferred": arrays.preferred,
        "described": arrays.described,
        "axes": arrays.axes,
        "centre_axes": arrays.centre_axes,
    }


def _derived(parts: LinkerParts) -> LabelArrays:
    words = words_by_use(parts.texts.labels)
    return LabelArrays.of(parts.texts, words, WordVectors(parts.units, parts.vectors, words))


def _origin(parts: LinkerParts) -> bytes:
    texts = parts.texts
    labels, sentences = PackedTexts.of(texts.labels), PackedTexts.of(texts.sentences)
    words = [texts.uris, parts.units.names, labels.vocabulary, sentences.vocabulary]
    bags = [labels.bags.numbers, labels.bags.offsets, sentences.bags.numbers, sentences.bags.offsets]
    facts = [texts.label_owners, texts.is_preferred, texts.sentence_owners, parts.vectors]
    return digest(
        str(_FORMAT_VERSION).encode(),
        *(packed_words(each).tobytes() for each in words),
        *(each.tobytes() for each in bags),
        *(each.tobytes() for each in facts),
    )
