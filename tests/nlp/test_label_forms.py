"""Forms in which advertisements name a skill and its labels do not, in written cases: one table for each form, a small taxonomy for all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
import yaml
from spacy.language import Language

from nlp.pipeline import build_pipeline
from nlp.reading import read_postings
from taxonomies.draft import TaxonomyDraft
from taxonomies.model import ConceptType, SkillKind, TaxonomyRef
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from vacancies.enriched import SkillMention

from .conftest import new_posting

CASES: Final = Path(__file__).parent / "cases"
FORMS: Final = ("shared_head", "compound", "inflected", "abbreviation", "misspelt", "word_order")
# An advertisement around each case: the tagger reads few words by themselves otherwise than a profile.
ADVERTISEMENTS: Final = {
    "en": "We are a family business.\n\nYour profile\n- several years of experience in a similar job\n- {}\n- you are reliable",
    "de": "Wir sind ein Familienbetrieb.\n\nIhr Profil\n- mehrjährige Berufserfahrung\n- {}\n- Sie sind zuverlässig",
    "fr": "Nous sommes une entreprise familiale.\n\nVotre profil\n- plusieurs années d'expérience\n- {}\n- vous êtes fiable",
    "nl": "Wij zijn een familiebedrijf.\n\nJouw profiel\n- enkele jaren ervaring in een soortgelijke baan\n- {}\n- je bent betrouwbaar",
    "es": "Somos una empresa familiar.\n\nRequisitos\n- varios años de experiencia en un puesto similar\n- {}\n- persona responsable",
    "sv": "Vi är ett familjeföretag.\n\nDin profil\n- några års erfarenhet av liknande arbete\n- {}\n- du är noggrann",
    "pl": "Jesteśmy firmą rodzinną.\n\nWymagania\n- kilka lat doświadczenia na podobnym stanowisku\n- {}\n- rzetelność",
    "cs": "Jsme rodinná firma.\n\nPožadujeme\n- několik let praxe na podobné pozici\n- {}\n- spolehlivost",
}


MISSED: Final = {
    "gute Herstellungspraxis (GMP)": "an English short form of German words, and the tagger marks it alone",
    "god tillverkningssed (GMP)": "likewise",
    "dobra praktyka wytwarzania (GMP)": "likewise",
    "CAO (conception assistée": "the tagger marks pieces of the long form only",
    "boekhouding (32 uur)": "the tagger passes by a lone word with a remark",
    "comptabilité (CDI)": "likewise",
    "NIIF": "the tagger passes by a lone short form that it has not met",
    "experience with a CRM system": "the tagger marks the system as well",
    "Be- und Entladen der Lkw": "the tagger passes by both halves",
    "správu databáze": "the tagger marks the database alone",
    "Our pythons live in the zoo.": "among requirements the tagger marks animals, and a plural is near enough to a label",
    "administration of databases": "the tagger marks the databases as well",
}


@pytest.fixture(scope="module")
def forms_pipeline(tmp_path_factory: pytest.TempPathFactory) -> Language:
    root = tmp_path_factory.mktemp("forms")
    draft = TaxonomyDraft(TaxonomyRef("test", "forms"))
    for name, by_language in yaml.safe_load((CASES / "form_labels.yaml").read_text()).items():
        concept = draft.concept(f"test:{name}", ConceptType.SKILL)
        concept.kind = SkillKind.TOOL if list(by_language) == ["en"] else SkillKind.SKILL
        for language, (preferred, *others) in by_language.items():
            concept.set_preferred(language, preferred)
            concept.add_alternatives(language, others)
    store = TaxonomyStore(root)
    with store.writing():
        store.write(draft.finish(), ())
    return build_pipeline(store.open("test:forms"), Regions.open(store))


CASES_BY_FORM: Final = [(form, json.loads(line)) for form in FORMS for line in (CASES / f"form_{form}.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def found(forms_pipeline: Language) -> list[tuple[SkillMention, ...]]:
    """The mentions of all cases, read together."""
    postings = [new_posting(ADVERTISEMENTS[case["lang"]].format(case["text"]), language=case["lang"]) for _, case in CASES_BY_FORM]
    return [reading.skills for reading in read_postings(forms_pipeline, postings)]


@pytest.mark.parametrize(
    "number", range(len(CASES_BY_FORM)), ids=[f"{form} {case['lang']}: {case['text']}" for form, case in CASES_BY_FORM]
)
def test_forms_of_labels_are_linked(found: list[tuple[SkillMention, ...]], number: int) -> None:
    case = CASES_BY_FORM[number][1]
    is_right = {mention.uri.removeprefix("test:") for mention in found[number] if mention.uri} == set(case["is"])
    if why := next((why for words, why in MISSED.items() if case["text"].startswith(words)), None):
        assert not is_right, "it is found now: no longer MISSED"
        pytest.xfail(why)
    assert is_right, f"{case['is']} in {found[number]}"


@pytest.mark.parametrize(
    ("listed", "language", "concept", "rule"),
    [
        ("Phyton", "en", "test:python", "label-misspelt:en"),
        ("management of projects", "en", "test:project_management", "label-words:en"),
        ("Kundenberatung", "de", "test:customer_advice", "label-compound:de"),
        ("Kaffee kochen", "de", None, "board_field"),
    ],
)
def test_what_a_board_lists_is_looked_up_in_other_forms(
    forms_pipeline: Language, listed: str, language: str, concept: str | None, rule: str
) -> None:
    (reading,) = read_postings(forms_pipeline, [new_posting("-", language=language, skills=(listed,))])
    assert [(each.uri, each.rule, each.text) for each in reading.skills if each.field == "skills"] == [(concept, rule, listed)]


def test_halves_of_a_list_have_the_list_as_evidence(forms_pipeline: Language) -> None:
    text = ADVERTISEMENTS["de"].format("Kunden- und Lieferantenbetreuung")
    (reading,) = read_postings(forms_pipeline, [new_posting(text, language="de")])
    halves = [each for each in reading.skills if each.rule.startswith("label-shared")]
    assert [(each.text, text[each.start : each.end], each.uri) for each in halves] == [
        ("Kundenbetreuung", "Kunden- und Lieferantenbetreuung", "test:customer_care"),
        ("Lieferantenbetreuung", "Kunden- und Lieferantenbetreuung", "test:supplier_care"),
    ]
