"""Takes a compiled version up again as a draft, so that further files can be added to it."""

from __future__ import annotations

from taxonomies import compiled_form
from taxonomies.draft import RelationRank, TaxonomyDraft
from taxonomies.model import ConceptType, RelationType, TaxonomyRef
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy


def draft_of(store: TaxonomyStore, ref: TaxonomyRef) -> TaxonomyDraft:
    """What is known of a version: everything imported so far, or an empty draft."""
    draft = TaxonomyDraft(ref)
    if store.manifest(ref) is not None:
        taxonomy = store.open(str(ref))
        draft.reference |= taxonomy.reference
        _take_concepts(taxonomy, draft)
        _take_relations(taxonomy, draft)
    return draft


def _take_concepts(taxonomy: Taxonomy, draft: TaxonomyDraft) -> None:
    table = taxonomy.table(compiled_form.CONCEPTS)
    names = ("uri", "code", "kind", "isco", "reuse_level")
    by_uri = {}
    for type_ in ConceptType:
        for uri in taxonomy.uris(type_):
            by_uri[uri] = draft.concept(uri, type_)
    for uri, code, _, isco, reuse_level in zip(*(table.column(name).to_pylist() for name in names), strict=True):
        concept = by_uri[uri]
        concept.code, concept.isco, concept.reuse_level, concept.kind = code, isco, reuse_level, taxonomy.kind_of(uri)
    for row in taxonomy.iter_labels(tuple(ConceptType)):
        if row.preferred:
            by_uri[row.uri].preferred[row.language] = row.text
        else:
            by_uri[row.uri].alternatives.setdefault(row.language, []).append(row.text)
    for uri, language, text in taxonomy.iter_descriptions():
        by_uri[uri].descriptions[language] = text


def _take_relations(taxonomy: Taxonomy, draft: TaxonomyDraft) -> None:
    for source, type_, target in taxonomy.relations():
        draft.relations[source, type_, target] = RelationRank.STATED
    aside = taxonomy.table(compiled_form.PENDING)
    columns = (aside.column(name).to_pylist() for name in ("source", "type", "target", "rank"))
    for source, name, target, rank in zip(*columns, strict=True):
        draft.relations[source, RelationType(name), target] = RelationRank(rank)
