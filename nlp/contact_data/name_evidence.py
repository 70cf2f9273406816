"""The words and weights that tell for and against a name where nothing announces one; read from name_evidence.yaml."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from nlp.folding import fold
from vacancies.yaml_loading import load_own_yaml


class NameEvidence(NamedTuple):
    """Weights by their names, and folded words by what they tell."""

    weights: dict[str, float]
    also_words: frozenset[str]
    surnames: frozenset[str]
    surname_endings: tuple[str, ...]
    noun_endings: tuple[str, ...]
    things: frozenset[str]
    introducing: tuple[str, ...]
    person_prepositions: frozenset[str]
    place_prepositions: frozenset[str]
    articles: frozenset[str]
    verbs: frozenset[str]
    roles: frozenset[str]
    companions: frozenset[str]
    own: frozenset[str]
    employing: tuple[str, ...]
    institutions: frozenset[str]
    named_after: frozenset[str]
    famous: tuple[frozenset[str], ...]


@lru_cache(maxsize=1)
def name_evidence() -> NameEvidence:
    """The shipped table."""
    text = resources.files("nlp.contact_data").joinpath("name_evidence.yaml").read_text(encoding="utf-8")
    table = load_own_yaml(text)
    sets = {name: frozenset(map(fold, table[name])) for name in NameEvidence._fields if name != "weights"}
    return NameEvidence(
        weights=table["weights"],
        also_words=sets["also_words"],
        surnames=sets["surnames"],
        surname_endings=tuple(sorted(sets["surname_endings"])),
        noun_endings=tuple(sorted(sets["noun_endings"])),
        things=sets["things"],
        introducing=tuple(f" {phrase}" for phrase in sorted(sets["introducing"])),
        person_prepositions=sets["person_prepositions"],
        place_prepositions=sets["place_prepositions"],
        articles=sets["articles"],
        verbs=sets["verbs"],
        roles=sets["roles"],
        companions=sets["companions"],
        own=sets["own"],
        employing=tuple(f" {phrase} " for phrase in sorted(sets["employing"])),
        institutions=sets["institutions"],
        named_after=sets["named_after"],
        famous=tuple(frozenset(name.split()) for name in sorted(sets["famous"])),
    )
