"""The labels of a taxonomy's skills as they are written, concept by concept: what a sentence model embeds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.linker.bags import Ints
from nlp.linker.error import NothingToLink
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy


@dataclass(frozen=True)
class LabelTexts:
    """Labels stand together by concept; each text once a concept, whatever languages share it. Every concept has a preferred one."""

    uris: list[str]
    texts: list[str]
    owners: Ints  # ascending
    is_preferred: npt.NDArray[np.bool_]
    languages: tuple[str, ...]

    @property
    def digest(self) -> str:
        """A digest (hexadecimal) of concepts and labels."""
        joined = "\n".join(f"{owner}\t{text}" for owner, text in zip(self.owners.tolist(), self.texts, strict=True))
        return hashlib.sha256("\n".join([*self.uris, joined]).encode()).hexdigest()


def read_label_texts(taxonomy: Taxonomy) -> LabelTexts:
    """Gather the labels of a taxonomy's skills; raises NothingToLink where fewer than two skills have a label."""
    found: dict[str, dict[str, bool]] = {}
    for row in taxonomy.iter_labels([ConceptType.SKILL]):
        if text := " ".join(row.text.split()):
            labels = found.setdefault(row.uri, {})
            labels[text] = labels.get(text, False) or row.preferred
    if len(found) < 2:
        raise NothingToLink(f"{taxonomy.ref} has {len(found)} skills with a label; import a taxonomy with skills")
    rows = [(at, text, preferred) for at, labels in enumerate(found.values()) for text, preferred in _with_preferred(labels)]
    return LabelTexts(
        uris=list(found),
        texts=[text for _, text, _ in rows],
        owners=np.array([at for at, _, _ in rows], dtype=np.int64),
        is_preferred=np.array([preferred for _, _, preferred in rows], dtype=np.bool_),
        languages=taxonomy.languages,
    )


def _with_preferred(labels: dict[str, bool]) -> list[tuple[str, bool]]:
    """Labels with their flags; of a concept without a preferred label the first stands in."""
    rows = list(labels.items())
    return rows if any(labels.values()) else [(rows[0][0], True), *rows[1:]]
