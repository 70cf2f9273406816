"""Matches the names of another list of skills with the skills of a taxonomy: suggestions that a person then confirms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.linker.name_ranking import NameRanking
from taxonomies.label_key import label_key
from taxonomies.taxonomy import Taxonomy


class NameMatch(NamedTuple):
    """A skill suggested for a name: rank from 1 on, URI, preferred label, and whether the name is one of its labels in any language."""

    name: str
    rank: int
    uri: str
    label: str
    is_label: bool


def match_names(
    taxonomy: Taxonomy, ranking: NameRanking, names: Sequence[str], *, count: int = 5, language: str = "en"
) -> Iterator[NameMatch]:
    """Suggest `count` skills for each name, likeliest first; labels are shown in `language`.

    A name of unknown words has no suggestion. Some 15 ms for each name with full ESCO, once the ranking is made.
    """
    for name, best in zip(names, ranking.rank(names, k=count), strict=True):
        for rank, number in enumerate(best.tolist(), start=1):
            uri = ranking.uris[number]
            yield NameMatch(name, rank, uri, taxonomy.label(uri, language), _is_label(taxonomy, uri, name))


def _is_label(taxonomy: Taxonomy, uri: str, name: str) -> bool:
    concept = taxonomy.concept(uri)
    labels = [*concept.labels.values(), *(label for own in concept.alternative_labels.values() for label in own)]
    return label_key(name) in map(label_key, labels)
