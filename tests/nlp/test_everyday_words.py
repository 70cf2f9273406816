"""Labels that are also everyday words or single letters, in written cases: linked where the context speaks of the skill, nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from nlp.pipeline import build_pipeline
from nlp.reading import read_postings
from taxonomies.draft import TaxonomyDraft
from taxonomies.model import ConceptType, SkillKind, TaxonomyRef
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore

from .conftest import new_posting

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "everyday_word.jsonl").read_text().splitlines()]
TOOLS = {
    "r": ("R",), "go": ("Go",), "rust": ("Rust",), "excel": ("Excel",), "word": ("Word",), "c": ("C",), "cpp": ("C++",),
    "swift": ("Swift",), "scheme": ("Scheme",), "spring": ("Spring",), "python": ("Python",),
    "java": ("Java",), "kotlin": ("Kotlin",), "sql": ("SQL",),
}  # fmt: skip


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Language:
    root = tmp_path_factory.mktemp("everyday")
    draft = TaxonomyDraft(TaxonomyRef("test", "everyday"))
    for name, labels in TOOLS.items():
        concept = draft.concept(f"test:{name}", ConceptType.SKILL)
        concept.kind = SkillKind.TOOL
        for language in ("en", "de", "fr", "nl", "es", "sv", "pl", "cs"):
            concept.set_preferred(language, labels[0])
    store = TaxonomyStore(root)
    with store.writing():
        store.write(draft.finish(), ())
    return build_pipeline(store.open("test:everyday"), Regions.open(store))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['lang']}: {case['text'].splitlines()[-1][:50]} ({case['word']})" for case in CASES])
def test_everyday_words_are_skills_by_context_only(pipeline: Language, case: dict[str, str | None]) -> None:
    (reading,) = read_postings(pipeline, [new_posting(str(case["text"]), language=case["lang"])])
    found = {
        mention.uri for mention in reading.skills if mention.text == case["word"] or mention.uri == f"test:{str(case['word']).lower()}"
    }
    expected = {f"test:{case['is']}"} if case["is"] else set()
    assert found - {None} == expected
