"""The compiled form on disk: Arrow IPC files that are memory-mapped, relations as integer lists by concept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from taxonomies.draft import DraftConcept, FinishedDraft, RelationKey, order_languages
from taxonomies.label_key import label_key
from taxonomies.model import ConceptType, RelationType

TYPES: Final = tuple(ConceptType)
CONCEPTS: Final = "concepts.arrow"
LABELS: Final = "labels.arrow"
DESCRIPTIONS: Final = "descriptions.arrow"
SEARCH_KEYS: Final = "search_keys.arrow"
SEARCH_WORDS: Final = "search_words.arrow"
PENDING: Final = "pending.arrow"

# column -> (relation, whether it is read backwards: from the target to the source)
ADJACENCY: Final = {
    "broader": (RelationType.BROADER, False),
    "narrower": (RelationType.BROADER, True),
    "essential": (RelationType.ESSENTIAL, False),
    "optional": (RelationType.OPTIONAL, False),
    "essential_of": (RelationType.ESSENTIAL, True),
    "optional_of": (RelationType.OPTIONAL, True),
    "replaced_by": (RelationType.REPLACED_BY, False),
}


def write_table(path: Path, table: Any) -> None:
    """Write an Arrow table as one record batch, so that each column is one piece of memory when mapped."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        for batch in table.combine_chunks().to_batches():
            writer.write_batch(batch)


def map_table(path: Path) -> Any:
    """Memory-map an Arrow file written by `write_table`."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def map_tables(folder: Path) -> dict[str, Any]:
    """Memory-map all files of a compiled taxonomy, so that a build deleted later stays readable. Raises OSError for a missing one."""
    return {name: map_table(folder / name) for name in (CONCEPTS, LABELS, DESCRIPTIONS, SEARCH_KEYS, SEARCH_WORDS, PENDING)}


def column(table: Any, name: str) -> Any:
    """A column as one Arrow array (`write_table` makes one batch); an empty table gives an empty array."""
    chunked = table.column(name)
    return chunked.chunk(0) if chunked.num_chunks else pa.array([], chunked.type)


def integers(array: Any) -> npt.NDArray[Any]:
    """An Arrow integer array without nulls as numpy, over the same memory.

    Array.to_numpy would do, but loads pandas at its first use, which takes a second.
    """
    data = array.buffers()[1]
    if data is None or not len(array):
        return np.empty(0, dtype=np.dtype(str(array.type)))
    return np.frombuffer(data, dtype=np.dtype(str(array.type)))[array.offset : array.offset + len(array)]


def compile_draft(finished: FinishedDraft, folder: Path) -> None:
    """Write all files of the compiled form into an empty folder."""
    order = sorted(finished.draft.concepts, key=lambda uri: (TYPES.index(finished.draft.concepts[uri].type), uri))
    concepts = [finished.draft.concepts[uri] for uri in order]
    write_table(folder / CONCEPTS, _concept_table(order, concepts, finished))
    labels = _label_table(concepts, order_languages(finished.draft.languages()))
    write_table(folder / LABELS, labels)
    write_table(folder / DESCRIPTIONS, _description_table(concepts))
    keys, words = _search_tables(column(labels, "text").to_pylist())
    write_table(folder / SEARCH_KEYS, keys)
    write_table(folder / SEARCH_WORDS, words)
    write_table(folder / PENDING, _relation_table(finished))


def _concept_table(order: list[str], concepts: list[DraftConcept], finished: FinishedDraft) -> Any:
    index = {uri: i for i, uri in enumerate(order)}
    columns: dict[str, Any] = {
        "uri": pa.array(order, pa.string()),
        "type": pa.array([TYPES.index(c.type) for c in concepts], pa.int8()),
        "code": pa.array([c.code for c in concepts], pa.string()),
        "kind": pa.array([c.kind.value if c.kind else None for c in concepts], pa.string()),
        "isco": pa.array([c.isco for c in concepts], pa.string()),
        "reuse_level": pa.array([c.reuse_level for c in concepts], pa.string()),
    }
    for name, (relation, backwards) in ADJACENCY.items():
        columns[name] = _adjacency(finished.relations, relation, index, backwards=backwards)
    return pa.table(columns)


def _adjacency(relations: Iterable[RelationKey], wanted: RelationType, index: dict[str, int], *, backwards: bool) -> Any:
    lists: list[list[int]] = [[] for _ in index]
    for source, type_, target in relations:
        if type_ is wanted:
            start, end = (target, source) if backwards else (source, target)
            lists[index[start]].append(index[end])
    for targets in lists:
        targets.sort()
    return pa.array(lists, pa.list_(pa.int32()))


def _label_table(concepts: list[DraftConcept], languages: tuple[str, ...]) -> Any:
    owner: list[int] = []
    language_of: list[str] = []
    text_of: list[str] = []
    preferred_of: list[int] = []
    for i, concept in enumerate(concepts):
        for language in sorted(concept.languages(), key=lambda name: (name != "en", name)):
            texts = [(concept.preferred[language], True)] if language in concept.preferred else []
            texts += [(text, False) for text in concept.alternatives.get(language, ()) if text != concept.preferred.get(language)]
            for text, preferred in texts:
                owner.append(i)
                language_of.append(language)
                text_of.append(text)
                preferred_of.append(int(preferred))
    names = order_languages({*languages, *language_of})
    codes = {name: i for i, name in enumerate(names)}
    coded = pa.DictionaryArray.from_arrays(pa.array([codes[name] for name in language_of], pa.int16()), pa.array(names, pa.string()))
    return pa.table(
        {
            "concept": pa.array(owner, pa.int32()),
            "language": coded,
            "text": pa.array(text_of, pa.string()),
            "preferred": pa.array(preferred_of, pa.int8()),
        }
    )


def _description_table(concepts: list[DraftConcept]) -> Any:
    rows = [(i, language, text) for i, c in enumerate(concepts) for language, text in sorted(c.descriptions.items())]
    return pa.table(
        {
            "concept": pa.array([row[0] for row in rows], pa.int32()),
            "language": pa.array([row[1] for row in rows], pa.string()),
            "text": pa.array([row[2] for row in rows], pa.string()),
        }
    )


def _search_tables(texts: list[str]) -> tuple[Any, Any]:
    """Sorted label keys with their label rows, and for each word the positions among those keys."""
    keyed = sorted((label_key(text), row) for row, text in enumerate(texts))
    positions: dict[str, list[int]] = {}
    for position, (key, _) in enumerate(keyed):
        for word in set(key.split()):
            positions.setdefault(word, []).append(position)
    words = sorted(positions)
    keys = pa.table(
        {
            "key": pa.array([key for key, _ in keyed], pa.string()),
            "length": pa.array([len(key) for key, _ in keyed], pa.int32()),
            "row": pa.array([row for _, row in keyed], pa.int32()),
        }
    )
    return keys, pa.table(
        {"word": pa.array(words, pa.string()), "positions": pa.array([positions[w] for w in words], pa.list_(pa.int32()))}
    )


def _relation_table(finished: FinishedDraft) -> Any:
    """Every relation that is not between two known concepts as stated ones are, so that a later import can still use it."""
    stated = finished.draft.relations
    rows = [(s, t.value, o, int(stated[s, t, o])) for s, t, o in [*finished.pending, *_weak(finished)]]
    return pa.table(
        {
            "source": pa.array([row[0] for row in rows], pa.string()),
            "type": pa.array([row[1] for row in rows], pa.string()),
            "target": pa.array([row[2] for row in rows], pa.string()),
            "rank": pa.array([row[3] for row in rows], pa.int8()),
        }
    )


def _weak(finished: FinishedDraft) -> list[RelationKey]:
    return [key for key in finished.relations if finished.draft.relations[key] > 0]
