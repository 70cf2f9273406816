from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from taxonomies.diff import TaxonomyDiff, diff
from taxonomies.importers import import_files
from taxonomies.store import TaxonomyStore

Zip = Callable[[str, Mapping[str, str]], Path]
SKILL = "http://data.europa.eu/esco/skill/"


@pytest.fixture
def changes(store: TaxonomyStore, zip_of: Zip, sample: Any) -> TaxonomyDiff:
    import_files([zip_of("esco-v1.1.0.zip", sample.ENGLISH | sample.RELATIONS)], store)
    later = sample.ENGLISH | {
        "skills_en.csv": sample.skills(
            [
                ("weld", "skill/competence", "weld metal parts", "", ""),
                ("python", "knowledge", "Python (computer programming)", "", ""),
                ("calm-2", "skill/competence", "cope with stress", "", ""),
                ("glue", "skill/competence", "glue", "", ""),
            ]
        ),
        "skillGroups_en.csv": sample.groups(
            [("uuid-s", "S", "skills"), ("T3", "T3", "self-management skills")], type_="SkillGroup", base=SKILL
        ),
        "broaderRelationsSkillPillar.csv": sample.csv_text(
            ("conceptType", "conceptUri", "broaderType", "broaderUri"),
            ("KnowledgeSkillCompetence", SKILL + "weld", "SkillGroup", SKILL + "uuid-s"),
            ("KnowledgeSkillCompetence", SKILL + "calm-2", "SkillGroup", SKILL + "uuid-s"),
        ),
    }
    import_files([zip_of("esco-v1.1.1.zip", later)], store)
    return diff(store.open("esco:1.1.0"), store.open("esco:1.1.1"))


def test_diff_tells_added_removed_and_relabelled(changes: TaxonomyDiff) -> None:
    assert [change.label for change in changes.added] == ["glue"]
    assert [change.label for change in changes.removed] == ["metals"]
    assert [(change.old, change.new) for change in changes.relabelled] == [("weld metal", "weld metal parts")]


def test_new_uris_of_the_same_concept_are_replacements(changes: TaxonomyDiff) -> None:
    assert [(change.label, change.basis) for change in changes.replaced] == [("cope with stress", "label"), ("skills", "code")]


def test_a_move_is_told_by_parents_and_a_renamed_parent_is_none(changes: TaxonomyDiff) -> None:
    assert [(move.label, move.left, move.joined) for move in changes.moved] == [
        ("cope with stress", ("self-management skills",), ("skills",))
    ]


def test_counts_are_by_kind_and_type(changes: TaxonomyDiff) -> None:
    assert changes.counts["added skill"] == 1
    assert changes.counts["replaced skill_group"] == 1
    assert changes.relations == {"removed broader": 1, "removed essential": 2, "removed optional": 2, "added broader": 1}


def test_a_version_does_not_differ_from_itself(store: TaxonomyStore, english: Path) -> None:
    import_files([english], store)
    same = diff(store.open("esco:1.1.0"), store.open("esco:1.1.0"))
    assert same.counts == same.relations == {}
