from __future__ import annotations

import pytest

from nlp.advertisement import Advertisement
from nlp.components.status import Verdict, verdict_of
from vacancies.enriched import SkillStatus, Zone


def verdict(text: str, words: str, language: str, zone: Zone = Zone.REQUIREMENTS, *, is_soft: bool = False) -> Verdict:
    start = text.index(words)
    return verdict_of(Advertisement(text, (), language), start, start + len(words), zone, is_soft=is_soft)


@pytest.mark.parametrize(
    ("text", "words", "language", "status"),
    [
        ("Python is required", "Python", "en", "required"),
        ("Experience with Python", "Python", "en", "required"),
        ("Java is required, Kotlin is a plus", "Kotlin", "en", "preferred"),
        ("Java is required, Kotlin is a plus", "Java", "en", "required"),
        ("Python; knowledge of Kotlin would be an advantage", "Python", "en", "required"),
        ("Nice to have: Kotlin and Java", "Java", "en", "preferred"),
        ("Ideally you know SAP", "SAP", "en", "preferred"),
        ("Programming (preferably in Python), basic HTML", "Python", "en", "preferred"),
        ("Programming (preferably in Python), basic HTML", "HTML", "en", "required"),
        ("Excel, SAP (nice to have)", "SAP", "en", "preferred"),
        ("Excel, SAP (nice to have)", "Excel", "en", "required"),
        ("No experience with SAP required", "SAP", "en", "negated"),
        ("SAP is not required", "SAP", "en", "negated"),
        ("No degree needed. Excel is required", "Excel", "en", "required"),
        ("SAP-Kenntnisse sind von Vorteil", "SAP", "de", "preferred"),
        ("Idealerweise Erfahrung mit SAP", "SAP", "de", "preferred"),
        ("SAP wünschenswert", "SAP", "de", "preferred"),
        ("Kein Führerschein erforderlich", "Führerschein", "de", "negated"),
        ("Vorkenntnisse in SAP sind nicht erforderlich", "SAP", "de", "negated"),
        ("CACES serait un plus", "CACES", "fr", "preferred"),
        ("CACES exigé", "CACES", "fr", "required"),
        ("Aucune expérience en soudage requise", "soudage", "fr", "negated"),
        ("heftruckcertificaat is een pré", "heftruckcertificaat", "nl", "preferred"),
        ("Geen ervaring met SAP nodig", "SAP", "nl", "negated"),
        ("Se valorará conocimiento de SAP", "SAP", "es", "preferred"),
        ("Mile widziane: obsługa SAP", "SAP", "pl", "preferred"),
        ("Obsługa SAP mile widziana", "SAP", "pl", "preferred"),
        ("Znalost SAP výhodou", "SAP", "cs", "preferred"),
        ("Meriterande om du kan SAP", "SAP", "sv", "preferred"),
        ("SAP krävs inte", "SAP", "sv", "negated"),
    ],
)
def test_status_in_requirements(text: str, words: str, language: str, status: str) -> None:
    assert verdict(text, words, language).status.value == status


@pytest.mark.parametrize(
    ("zone", "status"),
    [
        (Zone.DUTIES, SkillStatus.DUTY),
        (Zone.EMPLOYER, SkillStatus.MENTIONED),
        (Zone.OFFER, SkillStatus.MENTIONED),
        (Zone.APPLICATION, SkillStatus.MENTIONED),
        (Zone.OTHER, SkillStatus.MENTIONED),
    ],
)
def test_the_zone_decides_elsewhere(zone: Zone, status: SkillStatus) -> None:
    assert verdict("Wir nutzen SAP im Alltag", "SAP", "de", zone) == Verdict(status, None)


def test_the_cue_is_told() -> None:
    assert verdict("SAP-Kenntnisse sind von Vorteil", "SAP", "de").cue == "sind von Vorteil"
    assert verdict("No experience with SAP required", "SAP", "en").cue == "No … required"


def test_a_softening_heading_softens_its_list() -> None:
    assert verdict("SAP", "SAP", "en", is_soft=True).status is SkillStatus.PREFERRED


def test_a_cue_of_the_next_item_does_not_reach() -> None:
    assert verdict("- Java\n- Kotlin is a plus", "Java", "en").status is SkillStatus.REQUIRED


def test_a_wrapped_line_is_one_item() -> None:
    text = "- Professional experience with projects in the Americas and Java\nis considered a plus."
    assert verdict(text, "Java", "en").status is SkillStatus.PREFERRED


@pytest.mark.parametrize(
    ("text", "words", "language", "status"),
    [
        ("Klasse B ist Pflicht, Klasse D von Vorteil", "Klasse B", "de", "required"),
        ("Klasse B ist Pflicht, Klasse D von Vorteil", "Klasse D", "de", "preferred"),
        ("Excel is useful but not compulsory", "Excel", "en", "preferred"),
        ("Excel is not compulsory", "Excel", "en", "preferred"),
        ("Doświadczenie w sprzedaży, mile widziana znajomość SAP", "Doświadczenie", "pl", "required"),
        ("Doświadczenie w sprzedaży mile widziane, prawo jazdy", "Doświadczenie", "pl", "preferred"),
        ("Doświadczenie w sprzedaży mile widziane, prawo jazdy", "prawo jazdy", "pl", "required"),
        ("Znalost SAP výhodou, řidičský průkaz", "řidičský průkaz", "cs", "required"),
        ("Experiencia con SAP, se valorará Excel", "SAP", "es", "required"),
        ("Experiencia con SAP, se valorará Excel", "Excel", "es", "preferred"),
        ("Processors (MariaDB would be a plus), SQL", "Processors", "en", "required"),
        ("- Java - Knowledge of Kotlin - Optional: Scala", "Java", "en", "required"),
        ("- Java - Knowledge of Kotlin - Optional: Scala", "Scala", "en", "preferred"),
        ("Dobra znajomość SAP,Mile widziana znajomość Excel,Otwartość", "Excel", "pl", "preferred"),
        ("Dobra znajomość SAP,Mile widziana znajomość Excel,Otwartość", "Otwartość", "pl", "required"),
        ("Excel and SAP, ideally in retail although this is not essential", "Excel", "en", "required"),
    ],
)
def test_a_cue_holds_for_its_own_part(text: str, words: str, language: str, status: str) -> None:
    assert verdict(text, words, language).status.value == status
