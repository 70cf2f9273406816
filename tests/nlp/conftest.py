"""A small taxonomy written for these tests, compiled as a real one, and the pipeline built on it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from nlp.pipeline import build_pipeline
from taxonomies.draft import TaxonomyDraft
from taxonomies.model import ConceptType, SkillKind, TaxonomyRef
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy
from vacancies.html_text import text_from_html, text_from_plain
from vacancies.posting import Posting

Labels = dict[str, tuple[str, ...]]

# name -> kind, labels by language: the first is preferred
SKILLS: dict[str, tuple[SkillKind, Labels]] = {
    "python": (SkillKind.TOOL, {"en": ("Python",)}),
    "java": (SkillKind.TOOL, {"en": ("Java (computer programming)",)}),
    "c": (SkillKind.TOOL, {"en": ("C",)}),
    "cpp": (SkillKind.TOOL, {"en": ("C++",)}),
    "r": (SkillKind.TOOL, {"en": ("R",)}),
    "excel": (SkillKind.TOOL, {"en": ("Microsoft Excel", "Excel")}),
    "sap": (SkillKind.TOOL, {"en": ("SAP",)}),
    "kotlin": (SkillKind.TOOL, {"en": ("Kotlin",)}),
    "budgets": (SkillKind.SKILL, {"en": ("manage budgets", "budget management"), "de": ("Budgets verwalten", "Budgetverwaltung")}),
    "customs": (SkillKind.KNOWLEDGE, {"en": ("customs",)}),
    "clearance": (SkillKind.SKILL, {"en": ("customs clearance",)}),
    "forklift": (
        SkillKind.CERTIFICATE,
        {
            "en": ("forklift licence",),
            "de": ("Staplerschein", "Gabelstaplerschein"),
            "fr": ("CACES",),
            "es": ("carnet de carretillero",),
            "nl": ("heftruckcertificaat",),
        },
    ),
    "teamwork": (
        SkillKind.ATTITUDE,
        {
            "en": ("teamwork", "team player"),
            "de": ("Teamfähigkeit", "teamfähig"),
            "fr": ("travail en équipe",),
            "es": ("trabajo en equipo",),
            "nl": ("samenwerken", "teamspeler"),
        },
    ),
    "care": (SkillKind.SKILL, {"en": ("basic nursing care",), "de": ("Grundpflege",)}),
    "wound": (SkillKind.SKILL, {"en": ("wound care",), "de": ("Wundversorgung",)}),
    "welding": (SkillKind.SKILL, {"en": ("welding",), "de": ("Schweißen",), "fr": ("soudage",)}),
    "planner": (SkillKind.KNOWLEDGE, {"en": ("event planning", "event manager")}),  # the second is an occupation's name: no skill
    "problems": (SkillKind.SKILL, {"en": ("problem-solving",)}),
}
OCCUPATIONS: dict[str, tuple[str, Labels]] = {
    "developer": ("2512", {"en": ("software developer",), "de": ("Softwareentwickler",)}),
    "java-developer": ("2512", {"en": ("Java developer",), "de": ("Java-Entwickler",)}),
    "nurse": (
        "2221",
        {"en": ("nurse", "registered nurse"), "de": ("Pflegefachkraft", "Krankenpfleger/Krankenpflegerin"), "fr": ("infirmier",)},
    ),
    "warehouse": ("4321", {"en": ("warehouse clerk",), "de": ("Lagerist", "Fachkraft für Lagerlogistik"), "nl": ("magazijnmedewerker",)}),
    "event": ("3332", {"en": ("event manager",)}),
    "cook": ("5120", {"en": ("cook",), "de": ("Koch",), "fr": ("cuisinier",)}),
    "cleaner-office": ("9112", {"en": ("cleaner",)}),
    "cleaner-home": ("9111", {"en": ("cleaner",)}),
}


def uri(name: str) -> str:
    return f"test:{name}"


def write_taxonomy(root: Path) -> TaxonomyRef:
    draft = TaxonomyDraft(TaxonomyRef("test", "1"))
    for name, (kind, labels) in SKILLS.items():
        concept = draft.concept(uri(name), ConceptType.SKILL)
        concept.kind = kind
        _add_labels(concept, labels)
    for name, (isco, labels) in OCCUPATIONS.items():
        concept = draft.concept(uri(name), ConceptType.OCCUPATION)
        concept.isco = isco
        _add_labels(concept, labels)
    store = TaxonomyStore(root)
    with store.writing():
        store.write(draft.finish(), ())
    return draft.ref


def _add_labels(concept: Any, labels: Labels) -> None:
    for language, (preferred, *others) in labels.items():
        concept.set_preferred(language, preferred)
        concept.add_alternatives(language, others)


@pytest.fixture(scope="session")
def taxonomy_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("taxonomies")
    write_taxonomy(root)
    return root


@pytest.fixture(scope="session")
def taxonomy(taxonomy_root: Path) -> Taxonomy:
    return TaxonomyStore(taxonomy_root).open("test:1")


@pytest.fixture(scope="session")
def regions(taxonomy_root: Path) -> Regions:
    return Regions.open(TaxonomyStore(taxonomy_root))


@pytest.fixture(scope="session")
def pipeline(taxonomy: Taxonomy, regions: Regions) -> Language:
    return build_pipeline(taxonomy, regions)


@pytest.fixture
def make_posting() -> Callable[..., Posting]:
    return new_posting


def new_posting(text: str = "", *, html: str | None = None, **fields: Any) -> Posting:
    structured = text_from_plain(text) if html is None else text_from_html(html)
    key = hashlib.sha256(repr((text, html, sorted(fields.items(), key=str))).encode("utf-8", "surrogatepass")).hexdigest()
    known = {"posting_id": key[:32], "board": "test", "content_hash": key, "parser": "test/1"}
    return Posting(**{**known, "description_text": structured.text, "blocks": structured.blocks, **fields})
