"""What reading derives from a taxonomy and keeps beside it: read as it was made, and made anew where it is damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.array_files import keep_arrays
from nlp.occupations.occupation_index import OccupationIndex
from nlp.senses.shared_labels import Sense, SharedLabels
from taxonomies.draft import TaxonomyDraft
from taxonomies.model import ConceptType, TaxonomyRef
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy

FILES = ("senses/shared-labels.npz", "occupations/names.npz")


def _written(root: Path, draft: TaxonomyDraft) -> Taxonomy:
    store = TaxonomyStore(root)
    with store.writing():
        store.write(draft.finish(), ())
    return store.open("test:kept")


@pytest.fixture
def taxonomy(tmp_path: Path) -> Taxonomy:
    draft = TaxonomyDraft(TaxonomyRef("test", "kept"))
    for name, labels in {
        "java": ("Java (computer programming)", "Java"),
        "coffee": ("coffee types", "Java"),
        "tea": ("tea types",),
    }.items():
        skill = draft.concept(f"test:{name}", ConceptType.SKILL)
        skill.set_preferred("en", labels[0])
        skill.add_alternatives("en", labels[1:])
    for name, isco in {"cook": "5120", "helper": None}.items():
        occupation = draft.concept(f"test:{name}", ConceptType.OCCUPATION)
        occupation.set_preferred("en", name)
        occupation.add_alternatives("en", ["kitchen hand/kitchen aid"])
        occupation.isco = isco
    return _written(tmp_path, draft)


def _reads_as_it_was_made(taxonomy: Taxonomy, folder: Path) -> bool:
    built, kept = OccupationIndex.build(taxonomy), OccupationIndex.kept(taxonomy)
    built.to_disk(folder / "built")
    kept.to_disk(folder / "kept")
    senses = [labels.senses("java", "de") for labels in (SharedLabels.of(taxonomy), SharedLabels.kept(taxonomy))]
    assert senses[0] == (Sense("test:coffee", False), Sense("test:java", False))
    return (
        senses[0] == senses[1]
        and (folder / "built" / "occupations.json").read_bytes() == (folder / "kept" / "occupations.json").read_bytes()
    )


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.unlink(), id="missing"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:200]), id="half"),
        pytest.param(lambda path: path.write_bytes(b"{}"), id="something else"),
        pytest.param(lambda path: keep_arrays(path, b"older", {}), id="of another version"),
    ],
)
def test_tables_are_read_as_they_were_made_or_made_anew(taxonomy: Taxonomy, tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    assert _reads_as_it_was_made(taxonomy, tmp_path)  # made
    whole = {name: (taxonomy.folder / name).read_bytes() for name in FILES}
    assert _reads_as_it_was_made(taxonomy, tmp_path)  # read
    for name in FILES:
        spoil(taxonomy.folder / name)
    assert _reads_as_it_was_made(taxonomy, tmp_path)
    assert {name: (taxonomy.folder / name).read_bytes() for name in FILES} == whole


def test_tables_that_cannot_be_written_only_cost_time(taxonomy: Taxonomy, tmp_path: Path) -> None:
    for name in FILES:
        (taxonomy.folder / name).parent.write_text("a file where the folder should be")
    assert _reads_as_it_was_made(taxonomy, tmp_path)


def test_tables_of_an_empty_taxonomy_are_empty(tmp_path: Path) -> None:
    taxonomy = _written(tmp_path, TaxonomyDraft(TaxonomyRef("test", "kept")))
    for _ in range(2):
        assert (len(OccupationIndex.kept(taxonomy)), OccupationIndex.kept(taxonomy).isco, len(SharedLabels.kept(taxonomy))) == (0, {}, 0)
