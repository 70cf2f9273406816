"""What changed between two versions of a classification."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from taxonomies.model import ConceptType, RelationType, TaxonomyRef
from taxonomies.taxonomy import Taxonomy

_COUNTED = (RelationType.BROADER, RelationType.ESSENTIAL, RelationType.OPTIONAL)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ConceptChange(_Frozen):
    """A concept that one version has and the other has not."""

    uri: str
    type: ConceptType
    label: str


class Relabelling(_Frozen):
    """A preferred label that reads differently in a language both versions have."""

    uri: str
    type: ConceptType
    language: str
    old: str
    new: str


class Move(_Frozen):
    """A concept whose parents changed; the parents' labels, and only those that went or came."""

    uri: str
    type: ConceptType
    label: str
    left: tuple[str, ...]
    joined: tuple[str, ...]


class Replacement(_Frozen):
    """A removed concept and an added one that stand for the same: by code, or by label where `basis` says so."""

    old: str
    new: str
    type: ConceptType
    label: str
    basis: str  # "code" or "label"


class TaxonomyDiff(_Frozen):
    """All changes from `old` to `new`, by type and label.

    Concepts that only got another URI stand in `replaced`, not in `added` or `removed`, and their children have not moved.
    `counts` holds the number of changes by kind ("added skill"), `relations` the number gone and come by relation type.
    """

    old: TaxonomyRef
    new: TaxonomyRef
    added: tuple[ConceptChange, ...]
    removed: tuple[ConceptChange, ...]
    replaced: tuple[Replacement, ...]
    relabelled: tuple[Relabelling, ...]
    moved: tuple[Move, ...]
    counts: dict[str, int]
    relations: dict[str, int]


def diff(old: Taxonomy, new: Taxonomy) -> TaxonomyDiff:
    """Compare two versions; pure, both stay as they are. Parents are compared only where both versions have a hierarchy."""
    types = tuple(ConceptType)
    old_uris = {uri: type_ for type_ in types for uri in old.uris(type_)}
    new_uris = {uri: type_ for type_ in types for uri in new.uris(type_)}
    gone = [uri for uri in old_uris if uri not in new_uris]
    come = [uri for uri in new_uris if uri not in old_uris]
    replaced = list(_replacements(old, new, gone, come))
    followed = {replacement.old: replacement.new for replacement in replaced}
    taken = set(followed.values())
    added = [ConceptChange(uri=uri, type=new_uris[uri], label=new.label(uri)) for uri in come if uri not in taken]
    removed = [ConceptChange(uri=uri, type=old_uris[uri], label=old.label(uri)) for uri in gone if uri not in followed]
    pairs = [(uri, followed.get(uri, uri)) for uri in old_uris if followed.get(uri, uri) in new_uris]
    relabelled = [change for before, after in pairs for change in _relabellings(old, new, before, after)]
    moved = [move for before, after in pairs if (move := _move(old, new, before, after, followed)) is not None]
    return TaxonomyDiff(
        old=old.ref,
        new=new.ref,
        added=tuple(sorted(added, key=_by_label)),
        removed=tuple(sorted(removed, key=_by_label)),
        replaced=tuple(sorted(replaced, key=lambda r: (types.index(r.type), r.label.casefold(), r.old))),
        relabelled=tuple(sorted(relabelled, key=lambda r: (types.index(r.type), r.language, r.old.casefold(), r.uri))),
        moved=tuple(sorted(moved, key=_by_label)),
        counts=_counts(added=added, removed=removed, replaced=replaced, relabelled=relabelled, moved=moved),
        relations=_relation_changes(old, new, followed),
    )


def _by_label(change: ConceptChange | Move) -> tuple[int, str, str]:
    return tuple(ConceptType).index(change.type), change.label.casefold(), change.uri


def _replacements(old: Taxonomy, new: Taxonomy, gone: list[str], come: list[str]) -> Iterator[Replacement]:
    by_code = {(new.type_of(uri), code): uri for uri in come if (code := new.code_of(uri))}
    by_label = {(new.type_of(uri), new.label(uri).casefold()): uri for uri in come}
    taken: set[str] = set()
    for basis, known in (("code", by_code), ("label", by_label)):
        for uri in gone:
            type_, label = old.type_of(uri), old.label(uri)
            key = old.code_of(uri) if basis == "code" else label.casefold()
            successor = None if uri in taken or key is None else known.get((type_, key))
            if successor is not None and successor not in taken:
                taken |= {uri, successor}
                yield Replacement(old=uri, new=successor, type=type_, label=label, basis=basis)


def _relabellings(old: Taxonomy, new: Taxonomy, before: str, after: str) -> Iterator[Relabelling]:
    for language in old.languages:
        was, now = old.preferred_label(before, language), new.preferred_label(after, language)
        if was is not None and now is not None and was != now:
            yield Relabelling(uri=after, type=new.type_of(after), language=language, old=was, new=now)


def _move(old: Taxonomy, new: Taxonomy, before: str, after: str, followed: dict[str, str]) -> Move | None:
    was = {followed.get(parent, parent): old.label(parent) for parent in old.broader(before)}
    now = {parent: new.label(parent) for parent in new.broader(after)}
    if not was or not now or was.keys() == now.keys():
        return None
    left = tuple(sorted(label for parent, label in was.items() if parent not in now))
    joined = tuple(sorted(label for parent, label in now.items() if parent not in was))
    return Move(uri=after, type=new.type_of(after), label=new.label(after), left=left, joined=joined)


def _counts(**changes: list[ConceptChange] | list[Replacement] | list[Relabelling] | list[Move]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for kind, found in changes.items():
        by_type = Counter(change.type for change in found)
        counted |= {f"{kind} {type_.value}": by_type[type_] for type_ in ConceptType if by_type[type_]}
    return counted


def _relation_changes(old: Taxonomy, new: Taxonomy, followed: dict[str, str]) -> dict[str, int]:
    was = {(followed.get(r.source, r.source), r.type, followed.get(r.target, r.target)) for r in old.relations()}
    now = {(r.source, r.type, r.target) for r in new.relations()}
    counted: dict[str, int] = {}
    for verb, relations in (("removed", was - now), ("added", now - was)):
        by_type = Counter(type_ for _, type_, _ in relations)
        counted |= {f"{verb} {type_.value}": by_type[type_] for type_ in _COUNTED if by_type[type_]}
    return counted
