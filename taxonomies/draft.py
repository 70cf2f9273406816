"""A taxonomy while it is put together: concepts, labels and relations by URI, before they are compiled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from taxonomies.label_key import clean_label
from taxonomies.model import ConceptType, RelationType, SkillKind, TaxonomyRef


class RelationRank(IntEnum):
    """How a relation is known; a weaker one counts only where the same concept has no stronger one of its type."""

    STATED = 0  # a relation file says so
    SIDE = 1  # a column of a collection or of the hierarchy table says so
    DERIVED = 2  # follows from the code (ISCO 2654 lies below 265)


RelationKey = tuple[str, RelationType, str]


@dataclass(slots=True)
class DraftConcept:
    """A concept being gathered from several files; facts that are set first stay, labels add up."""

    type: ConceptType
    code: str | None = None
    kind: SkillKind | None = None
    isco: str | None = None
    reuse_level: str | None = None
    preferred: dict[str, str] = field(default_factory=dict)
    alternatives: dict[str, list[str]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)

    def set_preferred(self, language: str, text: str, *, replace: bool = True) -> None:
        """Set the preferred label of a language; with `replace` False an earlier one stays. Empty text is no label."""
        cleaned = clean_label(text)
        if cleaned and (replace or language not in self.preferred):
            self.preferred[language] = cleaned

    def add_alternatives(self, language: str, texts: Iterable[str]) -> None:
        """Add alternative labels of a language, leaving out empty and repeated ones."""
        known = self.alternatives.setdefault(language, [])
        seen = {*known, self.preferred.get(language, "")}
        for text in texts:
            cleaned = clean_label(text)
            if cleaned and cleaned not in seen:
                seen.add(cleaned)
                known.append(cleaned)
        if not known:
            del self.alternatives[language]

    def languages(self) -> set[str]:
        """Languages in which the concept has a label of any kind."""
        return {*self.preferred, *self.alternatives}


class TaxonomyDraft:
    """Everything known so far about one version of one scheme.

    `reference` names the types for which the reference-language (English) list was imported whole: concepts of such a type
    without an English label belong to another release, and `finish` leaves them out.
    """

    def __init__(self, ref: TaxonomyRef) -> None:
        self.ref = ref
        self.concepts: dict[str, DraftConcept] = {}
        self.relations: dict[RelationKey, RelationRank] = {}
        self.reference: set[ConceptType] = set()

    def concept(self, uri: str, type_: ConceptType) -> DraftConcept:
        """The concept of that URI, made when it is new; an earlier file's type stays."""
        found = self.concepts.get(uri)
        if found is None:
            found = self.concepts[uri] = DraftConcept(type_)
        return found

    def relate(self, source: str, type_: RelationType, target: str, rank: RelationRank = RelationRank.STATED) -> None:
        """Add a directed relation; saying it twice keeps the stronger rank. A concept is not related to itself."""
        if source == target:
            return
        key = (source, type_, target)
        self.relations[key] = min(rank, self.relations.get(key, rank))

    def counts(self) -> dict[str, int]:
        """Number of concepts by type, in the order of `ConceptType`, types without concepts left out."""
        counted = Counter(concept.type for concept in self.concepts.values())
        return {type_.value: counted[type_] for type_ in ConceptType if counted[type_]}

    def languages(self) -> tuple[str, ...]:
        """Languages with labels, English first, the others by name."""
        found = {language for concept in self.concepts.values() for language in concept.preferred}
        return order_languages(found)

    def finish(self) -> FinishedDraft:
        """Settle what several files together decide: unknown concepts, parents by code, kinds by place in the hierarchy."""
        dropped = self._drop_unknown()
        self._derive_parents()
        known, pending = self._settle_relations()
        self._derive_kinds(known)
        return FinishedDraft(self, known, pending, dropped)

    def _drop_unknown(self) -> dict[str, tuple[ConceptType, tuple[str, ...]]]:
        dropped = {
            uri: (concept.type, tuple(sorted(concept.languages())))
            for uri, concept in self.concepts.items()
            if not concept.preferred or (concept.type in self.reference and "en" not in concept.preferred)
        }
        for uri in dropped:
            del self.concepts[uri]
        return dropped

    def _derive_parents(self) -> None:
        self.relations = {key: rank for key, rank in self.relations.items() if rank < RelationRank.DERIVED}
        by_code = {(c.type, c.code): uri for uri, c in self.concepts.items() if c.code}
        placed = {source for source, type_, target in self.relations if type_ is RelationType.BROADER and target in self.concepts}
        for uri, concept in self.concepts.items():
            if uri not in placed and (parent := _parent_by_code(concept, by_code)):
                self.relate(uri, RelationType.BROADER, parent, RelationRank.DERIVED)

    def _settle_relations(self) -> tuple[list[RelationKey], list[RelationKey]]:
        known: list[RelationKey] = []
        pending: list[RelationKey] = []
        stated = {(s, t) for (s, t, target), rank in self.relations.items() if rank is RelationRank.STATED and target in self.concepts}
        for key, rank in self.relations.items():
            source, type_, target = key
            if rank is RelationRank.SIDE and (source, type_) in stated:
                continue
            (known if source in self.concepts and target in self.concepts else pending).append(key)
        return known, pending

    def _derive_kinds(self, relations: Iterable[RelationKey]) -> None:
        groups = {uri for uri, c in self.concepts.items() if c.type is ConceptType.SKILL_GROUP and _is_attitude_group(c)}
        for source, type_, target in relations:
            concept = self.concepts[source]
            if type_ is RelationType.BROADER and target in groups and concept.type is ConceptType.SKILL:
                concept.kind = SkillKind.ATTITUDE
        for concept in self.concepts.values():
            if concept.type is ConceptType.SKILL and concept.kind is None:
                concept.kind = SkillKind.SKILL


@dataclass(frozen=True, slots=True)
class FinishedDraft:
    """A draft ready to be compiled: its relations split into those between known concepts and those that wait.

    `dropped` holds the URIs left out, with their type and languages.
    """

    draft: TaxonomyDraft
    relations: list[RelationKey]
    pending: list[RelationKey]
    dropped: dict[str, tuple[ConceptType, tuple[str, ...]]]

    def relation_counts(self) -> dict[str, int]:
        """Number of relations by type."""
        counted = Counter(type_ for _, type_, _ in self.relations)
        return {type_.value: counted[type_] for type_ in RelationType if counted[type_]}


def order_languages(languages: Iterable[str]) -> tuple[str, ...]:
    """English first, the others by name."""
    return tuple(sorted(set(languages), key=lambda language: (language != "en", language)))


def _parent_by_code(concept: DraftConcept, by_code: dict[tuple[ConceptType, str], str]) -> str | None:
    if concept.type is ConceptType.OCCUPATION:
        for code in _shorter_dotted(concept.code):
            if parent := by_code.get((ConceptType.OCCUPATION, code)):
                return parent
        return by_code.get((ConceptType.OCCUPATION_GROUP, concept.isco)) if concept.isco else None
    if concept.type in _NESTED_CODES and concept.code:
        for length in range(len(concept.code) - 1, 0, -1):
            if parent := by_code.get((concept.type, concept.code[:length].rstrip("."))):
                return parent
    return None


_NESTED_CODES = frozenset({ConceptType.OCCUPATION_GROUP, ConceptType.REGION})


def _shorter_dotted(code: str | None) -> Iterator[str]:
    parts = (code or "").split(".")
    for length in range(len(parts) - 1, 1, -1):
        yield ".".join(parts[:length])


def _is_attitude_group(group: DraftConcept) -> bool:
    # ESCO 1.0 kept "attitudes and values" (A); from 1.1 on they stand as self-management (T3) and ethical conduct (T4.5).
    code = group.code or ""
    if code in {"A", "A1", "A2", "T4.5"} or code.split(".")[0] in {"A1", "A2", "T3"}:
        return True
    return group.preferred.get("en", "").casefold() in {"attitudes", "values", "attitudes and values"}
