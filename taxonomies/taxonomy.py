"""One compiled version of a classification, opened for reading: memory-mapped, dictionaries made when first needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from taxonomies import compiled_form
from taxonomies.error import UnknownConcept
from taxonomies.label_search import LabelSearch
from taxonomies.manifest import Manifest, TaxonomyInfo
from taxonomies.model import Concept, ConceptHit, ConceptType, LabelRow, Relation, SkillKind, TaxonomyRef

# When one code stands in several code systems of a taxonomy (ESCO: ISCO-08 "0110", ISCED-F "0110"), the first type wins.
_CODE_ORDER: Final = (
    ConceptType.OCCUPATION_GROUP,
    ConceptType.REGION,
    ConceptType.INDUSTRY,
    ConceptType.EDUCATION,
    ConceptType.OCCUPATION,
    ConceptType.SKILL_GROUP,
    ConceptType.SKILL,
)


class OccupationSkills(NamedTuple):
    """The skills of an occupation, by URI: those essential to it and those that may come with it."""

    essential: tuple[str, ...]
    optional: tuple[str, ...]


class Taxonomy:
    """One version of one scheme. Open it through `TaxonomyStore.open`; safe to share between threads for reading.

    Every method that takes a URI raises UnknownConcept for one that this version does not have, except `get` and `in`.
    """

    def __init__(self, manifest: Manifest, folder: Path, tables: Mapping[str, Any]) -> None:
        self.ref: TaxonomyRef = manifest.ref
        self.languages: tuple[str, ...] = manifest.languages
        self.folder = folder
        self.reference: frozenset[ConceptType] = frozenset(ConceptType(name) for name in manifest.reference)
        self.info: TaxonomyInfo = manifest
        self._tables = tables

    def __repr__(self) -> str:
        return f"Taxonomy({self.ref}, {len(self)} concepts, {', '.join(self.languages)})"

    def __len__(self) -> int:
        return len(self._uris)

    def __contains__(self, uri: object) -> bool:
        return uri in self._index

    def get(self, uri: str) -> Concept | None:
        """The concept of that URI, or None."""
        at = self._index.get(uri)
        return None if at is None else self._concept(at)

    def concept(self, uri: str) -> Concept:
        """The concept of that URI with all its labels and descriptions."""
        return self._concept(self._at(uri))

    def label(self, uri: str, language: str = "en") -> str:
        """The preferred label in a language; without one the English label, else one of any language."""
        preferred = self._preferred_in(language)
        if (text := preferred.get(uri)) is not None:
            return text
        at = self._at(uri)
        for other in self.languages:
            if (text := self._preferred_in(other).get(uri)) is not None:
                return text
        return self._uris[at]

    def preferred_label(self, uri: str, language: str) -> str | None:
        """The preferred label in exactly that language, or None; also None for an unknown concept."""
        return self._preferred_in(language).get(uri)

    def uris(self, type: ConceptType) -> Sequence[str]:
        """All URIs of one type, in a stable order."""
        start, end = self._type_ranges[type]
        return self._uris[start:end]

    def type_of(self, uri: str) -> ConceptType:
        """The type of a concept."""
        return compiled_form.TYPES[int(self._types[self._at(uri)])]

    def kind_of(self, uri: str) -> SkillKind | None:
        """The kind of a skill; None for concepts that are not skills."""
        kind = self._kinds[self._at(uri)]
        return None if kind is None else SkillKind(kind)

    def isco_of(self, uri: str) -> str | None:
        """The four-digit ISCO-08 unit group of an occupation, or the code of an occupation group."""
        return self._iscos[self._at(uri)]

    def code_of(self, uri: str) -> str | None:
        """The notation of a concept in its scheme, or None."""
        return cast("str | None", self._column("code")[self._at(uri)].as_py())

    def iter_labels(self, types: Collection[ConceptType], languages: Collection[str] | None = None) -> Iterator[LabelRow]:
        """All labels of the concepts of some types, concept by concept, the preferred label of a language first."""
        table = self.table(compiled_form.LABELS)
        names = self._label_languages
        codes = None if languages is None else {i for i, name in enumerate(names) if name in set(languages)}
        for type_ in (t for t in compiled_form.TYPES if t in set(types)):
            start, end = (int(self._label_offsets[i]) for i in self._type_ranges[type_])
            part = table.slice(start, end - start)
            rows = zip(
                part.column("concept").to_pylist(),
                self._label_codes[start:end].tolist(),
                part.column("text").to_pylist(),
                part.column("preferred").to_pylist(),
                strict=True,
            )
            for concept, code, text, preferred in rows:
                if codes is None or code in codes:
                    yield LabelRow(self._uris[concept], names[code], text, bool(preferred))

    def broader(self, uri: str) -> tuple[str, ...]:
        """The concepts directly above."""
        return self._related("broader", uri)

    def narrower(self, uri: str) -> tuple[str, ...]:
        """The concepts directly below."""
        return self._related("narrower", uri)

    def ancestors(self, uri: str) -> tuple[str, ...]:
        """All concepts above, nearest first, each once."""
        found: dict[str, None] = {}
        level = self.broader(uri)
        while level:
            new = [parent for parent in dict.fromkeys(level) if parent not in found and parent != uri]
            found.update(dict.fromkeys(new))
            level = tuple(above for parent in new for above in self.broader(parent))
        return tuple(found)

    def skills_of(self, occupation: str) -> OccupationSkills:
        """Essential and optional skills of an occupation (or, in ESCO, of a skill that builds on others)."""
        return OccupationSkills(self._related("essential", occupation), self._related("optional", occupation))

    def occupations_of(self, skill: str) -> tuple[str, ...]:
        """Occupations that have the skill: those it is essential to first, then those it is optional to."""
        related = dict.fromkeys((*self._related("essential_of", skill), *self._related("optional_of", skill)))
        return tuple(uri for uri in related if self.type_of(uri) is ConceptType.OCCUPATION)

    def relations(self) -> Iterator[Relation]:
        """All relations between concepts of this version."""
        for name, (type_, backwards) in compiled_form.ADJACENCY.items():
            if backwards:
                continue
            offsets, targets = self._adjacency[name]
            sources = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
            for source, target in zip(sources.tolist(), targets[offsets[0] : offsets[-1]].tolist(), strict=True):
                yield Relation(self._uris[source], type_, self._uris[target])

    def iter_descriptions(self) -> Iterator[tuple[str, str, str]]:
        """All descriptions as URI, language, text."""
        for at, texts in self._descriptions.items():
            for language, text in texts.items():
                yield self._uris[at], language, text

    def replaced_by(self, uri: str) -> tuple[str, ...]:
        """The concepts that took this one's place, where the scheme says so."""
        return self._related("replaced_by", uri)

    def by_code(self, code: str, type: ConceptType | None = None) -> str | None:
        """The URI of a code (ISCO-08, NUTS, NACE, ISCED, ESCO's occupation code), or None.

        Where several types share a code the first of occupation group, region, industry, education, occupation, skill group wins,
        unless `type` names one.
        """
        for candidate in _CODE_ORDER if type is None else (type,):
            if (uri := self._codes.get((candidate, code))) is not None:
                return uri
        return None

    def search(
        self, text: str, *, language: str | None = None, types: Collection[ConceptType] | None = None, limit: int = 10
    ) -> list[ConceptHit]:
        """Concepts whose labels fit a text being typed, best first; in all languages when none is named.

        Exact labels come first (score 1), then labels that begin with the text, labels that hold its words, and labels that
        hold its words but for a typing error.
        """
        matches = self._search.find(text, self._allowed(language, types), preferred=self._label_flags, enough=limit * 3)
        best: dict[int, ConceptHit] = {}
        texts = self.table(compiled_form.LABELS).column("text")
        for row, score in matches:
            at = int(self._label_owners[row])
            if at in best:
                continue
            uri, found_in = self._uris[at], self._label_languages[self._label_codes[row]]
            label = self.label(uri, language or found_in)
            best[at] = ConceptHit(uri, compiled_form.TYPES[self._types[at]], label, texts[row].as_py(), found_in, score)
            if len(best) == limit:
                break
        return list(best.values())

    def table(self, name: str) -> Any:
        """One of the compiled form's Arrow tables, by the file name that `compiled_form` gives it."""
        return self._tables[name]

    # What follows is made when first asked for and kept.

    def _column(self, name: str) -> Any:
        return compiled_form.column(self.table(compiled_form.CONCEPTS), name)

    @cached_property
    def _uris(self) -> list[str]:
        return cast("list[str]", self._column("uri").to_pylist())

    @cached_property
    def _index(self) -> dict[str, int]:
        return {uri: i for i, uri in enumerate(self._uris)}

    @cached_property
    def _types(self) -> npt.NDArray[np.int8]:
        return compiled_form.integers(self._column("type"))

    @cached_property
    def _type_ranges(self) -> dict[ConceptType, tuple[int, int]]:
        edges = np.searchsorted(self._types, np.arange(len(compiled_form.TYPES) + 1))
        return {type_: (int(edges[i]), int(edges[i + 1])) for i, type_ in enumerate(compiled_form.TYPES)}

    @cached_property
    def _kinds(self) -> list[str | None]:
        return cast("list[str | None]", self._column("kind").to_pylist())

    @cached_property
    def _iscos(self) -> list[str | None]:
        return cast("list[str | None]", self._column("isco").to_pylist())

    @cached_property
    def _codes(self) -> dict[tuple[ConceptType, str], str]:
        codes = self._column("code").to_pylist()
        return {(compiled_form.TYPES[t], code): uri for t, code, uri in zip(self._types, codes, self._uris, strict=True) if code}

    @cached_property
    def _label_owners(self) -> npt.NDArray[np.int32]:
        return compiled_form.integers(compiled_form.column(self.table(compiled_form.LABELS), "concept"))

    @cached_property
    def _label_offsets(self) -> npt.NDArray[np.int64]:
        return np.searchsorted(self._label_owners, np.arange(len(self._uris) + 1))

    @cached_property
    def _label_codes(self) -> npt.NDArray[np.int16]:
        coded = compiled_form.column(self.table(compiled_form.LABELS), "language")
        return compiled_form.integers(coded.indices)

    @cached_property
    def _label_languages(self) -> list[str]:
        return cast("list[str]", compiled_form.column(self.table(compiled_form.LABELS), "language").dictionary.to_pylist())

    @cached_property
    def _label_flags(self) -> npt.NDArray[np.bool_]:
        return compiled_form.integers(compiled_form.column(self.table(compiled_form.LABELS), "preferred")).view(np.bool_)

    @cached_property
    def _preferred_labels(self) -> dict[str, dict[str, str]]:
        return {}

    def _preferred_in(self, language: str) -> dict[str, str]:
        made = self._preferred_labels.get(language)
        if made is None:
            made = self._preferred_labels[language] = self._gather_preferred(language)
        return made

    def _gather_preferred(self, language: str) -> dict[str, str]:
        if language not in self._label_languages:
            return {}
        labels = self.table(compiled_form.LABELS)
        rows = np.flatnonzero(self._label_flags & (self._label_codes == self._label_languages.index(language)))
        texts = compiled_form.column(labels, "text")  # one by one: Array.take would load pandas
        return {self._uris[at]: texts[row].as_py() for at, row in zip(self._label_owners[rows].tolist(), rows.tolist(), strict=True)}

    @cached_property
    def _search(self) -> LabelSearch:
        return LabelSearch.of(self.table(compiled_form.SEARCH_KEYS), self.table(compiled_form.SEARCH_WORDS))

    @cached_property
    def _adjacency(self) -> dict[str, tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]]:
        made = {}
        for name in compiled_form.ADJACENCY:
            lists = self._column(name)
            made[name] = (compiled_form.integers(lists.offsets), compiled_form.integers(lists.values))
        return made

    @cached_property
    def _descriptions(self) -> dict[int, dict[str, str]]:
        made: dict[int, dict[str, str]] = {}
        table = self.table(compiled_form.DESCRIPTIONS)
        for at, language, text in zip(*(table.column(n).to_pylist() for n in ("concept", "language", "text")), strict=True):
            made.setdefault(at, {})[language] = text
        return made

    def _at(self, uri: str) -> int:
        try:
            return self._index[uri]
        except KeyError:
            raise UnknownConcept(f"{self.ref} has no concept {uri!r}; search it with: labourscope taxonomy search WORDS") from None

    def _related(self, relation: str, uri: str) -> tuple[str, ...]:
        offsets, targets = self._adjacency[relation]
        at = self._at(uri)
        return tuple(self._uris[target] for target in targets[offsets[at] : offsets[at + 1]])

    def _allowed(self, language: str | None, types: Collection[ConceptType] | None) -> npt.NDArray[np.bool_] | None:
        if language is None and types is None:
            return None
        allowed = np.ones(len(self._label_owners), dtype=np.bool_)
        if language is not None:
            allowed &= self._label_codes == (self._label_languages.index(language) if language in self._label_languages else -1)
        if types is not None:
            wanted = [i for i, type_ in enumerate(compiled_form.TYPES) if type_ in types]
            allowed &= np.isin(self._types, wanted)[self._label_owners]
        return allowed

    def _concept(self, at: int) -> Concept:
        start, end = int(self._label_offsets[at]), int(self._label_offsets[at + 1])
        labels = self.table(compiled_form.LABELS).slice(start, end - start)
        preferred: dict[str, str] = {}
        alternatives: dict[str, list[str]] = {}
        for language, text, is_preferred in zip(
            labels.column("language").to_pylist(), labels.column("text").to_pylist(), labels.column("preferred").to_pylist(), strict=True
        ):
            if is_preferred:
                preferred[language] = text
            else:
                alternatives.setdefault(language, []).append(text)
        kind = self._kinds[at]
        return Concept(
            uri=self._uris[at],
            type=compiled_form.TYPES[self._types[at]],
            code=self._column("code")[at].as_py(),
            kind=None if kind is None else SkillKind(kind),
            isco=self._iscos[at],
            labels=preferred,
            alternative_labels={language: tuple(texts) for language, texts in alternatives.items()},
            descriptions=self._descriptions.get(at, {}),
            reuse_level=self._column("reuse_level")[at].as_py(),
        )
