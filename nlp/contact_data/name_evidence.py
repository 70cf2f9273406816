"""The words and weights that tell for and against a name where nothing announces one (name_evidence.yaml, beside_names.yaml)."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from nlp.folding import fold
from vacancies.yaml_loading import load_own_yaml

_SHORTEST_COMPOUND: Final = 7


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
    posts: frozenset[str]  # the roles, and further words for the posts of people; some are surnames too
    post_endings: tuple[str, ...]
    said: frozenset[str]
    letters: frozenset[str]  # initials that are licences, degrees, firms' forms or countries; not folded
    companions: frozenset[str]
    groups: frozenset[str]  # of people or trains of work, named like people
    own: frozenset[str]
    employing: tuple[str, ...]
    institutions: frozenset[str]
    named_after: frozenset[str]
    famous: tuple[frozenset[str], ...]

    def is_post(self, word: str) -> bool:
        """Tell whether a folded word is one for somebody's post, also a compound ("enhetschefen", "malermeister")."""
        return word in self.posts or (len(word) >= _SHORTEST_COMPOUND and word.endswith(self.post_endings))


@lru_cache(maxsize=1)
def name_evidence() -> NameEvidence:
    """The shipped table."""
    table, beside = (
        load_own_yaml(resources.files("nlp.contact_data").joinpath(name).read_text(encoding="utf-8"))
        for name in ("name_evidence.yaml", "beside_names.yaml")
    )
    words = {name: [*table.get(name, ()), *beside.get(name, ())] for name in NameEvidence._fields if name != "weights"}
    sets = {name: frozenset(map(fold, own)) for name, own in words.items()}
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
        posts=sets["roles"] | sets["posts"],
        post_endings=tuple(sorted(sets["post_endings"])),
        said=sets["said"],
        letters=frozenset(words["letters"]),
        companions=sets["companions"],
        groups=sets["groups"],
        own=sets["own"],
        employing=tuple(f" {phrase} " for phrase in sorted(sets["employing"])),
        institutions=sets["institutions"],
        named_after=sets["named_after"],
        famous=tuple(frozenset(name.split()) for name in sorted(sets["famous"])),
    )
