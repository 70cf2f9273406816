"""What a person has to bring: education, experience, languages, licences; and openings and agencies."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from nlp.advertisement import Advertisement
from nlp.conditions.agency import read_agency
from nlp.conditions.education import read_education
from nlp.conditions.experience import read_experience
from nlp.conditions.languages import read_languages
from nlp.conditions.licences import read_licences
from nlp.conditions.openings import read_openings
from nlp.conditions.source import ConditionSource
from vacancies.enriched import Evidence, Zone, ZoneSpan

_READERS: list[Callable[[ConditionSource], object]] = [
    read_agency,
    read_education,
    read_experience,
    read_languages,
    read_licences,
    read_openings,
]


def source(text: str, language: str | None, zone: Zone = Zone.REQUIREMENTS) -> ConditionSource:
    zones = (ZoneSpan(start=0, end=len(text), zone=zone, score=1.0, rule="test"),) if text else ()
    return ConditionSource(ad=Advertisement(text, (), language), title=Advertisement("", (), language), posting=None, zones=zones)


def words(text: str, evidence: Evidence) -> str:
    return text[evidence.start : evidence.end]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Führerschein Kl. B", {"B": "required"}),
        ("de", "Führerschein der Klasse C1E erforderlich", {"C1E": "required"}),
        ("de", "Führerschein: Klasse B ist Pflicht, Klasse D von Vorteil", {"B": "required", "D": "preferred"}),
        ("de", "Fahrerlaubnis der Klassen B und BE", {"B": "required", "BE": "required"}),
        ("de", "Lkw-Führerschein", {"C": "required"}),
        ("de", "B-Führerschein von Vorteil", {"B": "preferred"}),
        ("de", "Kein Führerschein erforderlich", {"B": "negated"}),
        ("de", "Gültiger Führerschein für Gabelstapler", {}),
        ("de", "Staplerführerschein", {}),
        ("cs", "řidičský průkaz sk. C+E", {"CE": "required"}),
        ("cs", "ŘP sk. B, C výhodou", {"B": "preferred", "C": "preferred"}),
        ("cs", "Ř.P. skupiny B podmínkou", {"B": "required"}),
        ("cs", "Řidičský průkaz na VZV", {}),
        ("fr", "Permis B obligatoire", {"B": "required"}),
        ("fr", "Permis poids lourd exigé", {"C": "required"}),
        ("fr", "Permis SPL", {"CE": "required"}),
        ("fr", "Permis de conduire souhaité", {"B": "preferred"}),
        ("fr", "suivi des permis de construire", {}),
        ("nl", "rijbewijs B", {"B": "required"}),
        ("nl", "rijbewijs C/CE is een pré", {"C": "preferred", "CE": "preferred"}),
        ("nl", "Je hebt een rijbewijs", {"B": "required"}),
        ("nl", "heftruckcertificaat", {}),
        ("pl", "prawo jazdy kat. B", {"B": "required"}),
        ("pl", "prawa jazdy kategorii C+E", {"CE": "required"}),
        ("pl", "Prawo jazdy kat. T mile widziane", {"T": "preferred"}),
        ("sv", "B-körkort är ett krav", {"B": "required"}),
        ("sv", "Körkort C meriterande", {"C": "preferred"}),
        ("sv", "truckkort krävs", {}),
        ("es", "carnet de conducir", {"B": "required"}),
        ("es", "Carnet B y vehículo propio", {"B": "required"}),
        ("es", "permiso de trabajo", {}),
        ("en", "full UK driving licence", {"B": "required"}),
        ("en", "Must hold a category C driving licence", {"C": "required"}),
        ("en", "CDL Class A required", {"CE": "required"}),
        ("en", "HGV Class 2", {"C": "required"}),
        ("en", "Ideally a car driver", {"B": "preferred"}),
        ("en", "No driving licence needed", {"B": "negated"}),
        ("en", "forklift licence", {}),
        ("en", "software licences and a licence agreement", {}),
        ("en", "drive sales and lead drivers", {}),
    ],
)
def test_licences(language: str, text: str, expected: dict[str, str]) -> None:
    assert {each.category: each.status.value for each in read_licences(source(text, language))} == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Sehr gute Deutsch- und Englischkenntnisse", {"de": None, "en": None}),
        ("de", "Englisch in Wort und Schrift", {"en": None}),
        ("de", "Französisch mindestens B2", {"fr": "B2"}),
        ("de", "Deutsch als Muttersprache", {"de": "native"}),
        ("de", "fließend Schweizerdeutsch", {"gsw": None}),
        ("de", "Sprachen: D/E/F", {"de": None, "en": None, "fr": None}),
        ("de", "Deutsch\u00adkennt\u00adnisse", {"de": None}),
        ("de", "ein deutsches Unternehmen mit Kunden in Deutschland", {}),
        ("de", "Wir zahlen dir einen Deutschkurs", {}),
        ("en", "Fluent in English and Spanish", {"en": None, "es": None}),
        ("en", "German C1 required", {"de": "C1"}),
        ("en", "a German company on the French market", {}),
        ("en", "please polish the glasses to finish", {}),
        ("en", "English teacher at a primary school", {}),
        ("fr", "Anglais courant exigé", {"en": None}),
        ("fr", "Bilingue allemand", {"de": None}),
        ("fr", "leader sur le marché français", {}),
        ("nl", "goede beheersing van de Nederlandse taal", {"nl": None}),
        ("nl", "vloeiend Engels en Duits", {"en": None, "de": None}),
        ("nl", "een Nederlandse organisatie", {}),
        ("es", "nivel alto de inglés (C1)", {"en": "C1"}),
        ("es", "se valorará catalán hablado", {"ca": None}),
        ("es", "empresa española", {}),
        ("sv", "flytande svenska och engelska i tal och skrift", {"sv": None, "en": None}),
        ("sv", "svenska kyrkan och kunskaper om krav", {}),
        ("sv", "på den svenska marknaden", {}),
        ("pl", "znajomość języka angielskiego na poziomie B2", {"en": "B2"}),
        ("pl", "komunikatywna znajomość j. niemieckiego", {"de": None}),
        ("pl", "dla polskiej firmy", {}),
        ("cs", "znalost němčiny slovem i písmem", {"de": None}),
        ("cs", "komunikativní znalost AJ", {"en": None}),
        ("cs", "pro českou společnost", {}),
    ],
)
def test_languages(language: str, text: str, expected: dict[str, str | None]) -> None:
    assert {each.code: each.cefr for each in read_languages(source(text, language))} == expected


@pytest.mark.parametrize(
    ("language", "text", "years", "status"),
    [
        ("en", "at least 3 years of experience", 3, "required"),
        ("en", "2-5 years of experience preferred", 2, "preferred"),
        ("en", "Five years' experience in sales", 5, "required"),
        ("en", "one year of experience with a master's degree, or five years of experience", 1, "required"),
        ("en", "18 months of experience", 1.5, "required"),
        ("en", "proven experience in sales", None, "required"),
        ("en", "No experience necessary", 0, "negated"),
        ("de", "mindestens 5 Jahre Berufserfahrung", 5, "required"),
        ("de", "zweijährige Berufserfahrung", 2, "required"),
        ("de", "mehrjährige Erfahrung", None, "required"),
        ("de", "Quereinsteiger willkommen, Erfahrung nicht nötig", 0, "negated"),
        ("fr", "Expérience exigée de 6 mois", 0.5, "required"),
        ("fr", "entre 3 et 5 ans d'expérience", 3, "required"),
        ("fr", "Débutant accepté", 0, "negated"),
        ("nl", "minimaal 2 jaar ervaring", 2, "required"),
        ("nl", "Geen ervaring nodig", 0, "negated"),
        ("es", "Experiencia mínima de 3 años", 3, "required"),
        ("es", "No se requiere experiencia", 0, "negated"),
        ("sv", "Minst 2 års erfarenhet", 2, "required"),
        ("sv", "Inga förkunskaper krävs", 0, "negated"),
        ("pl", "Min. 2-letnie doświadczenie", 2, "required"),
        ("pl", "minimum rok doświadczenia", 1, "required"),
        ("pl", "bez doświadczenia", 0, "negated"),
        ("cs", "praxe v oboru minimálně 5 let", 5, "required"),
        ("cs", "Praxe není nutná", 0, "negated"),
    ],
)
def test_experience(language: str, text: str, years: float | None, status: str) -> None:
    reading = read_experience(source(text, language))
    assert reading is not None
    assert (reading.years, reading.status.value) == (years, status)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Founded 30 years ago, we grow."),
        ("en", "25 years on the market"),
        ("en", "You must be 18 years old"),
        ("en", "A 6 months contract"),
        ("en", "We improve the customer experience"),
        ("de", "Seit 40 Jahren am Markt"),
        ("de", "eine dreijährige Ausbildung"),
        ("fr", "acteur de l'emploi depuis 30 ans"),
        ("nl", "al 75 jaar een begrip"),
        ("es", "lleva más de 30 años"),
        ("pl", "ukończone 18 lat"),
        ("sv", "för barn 9-12 år"),
        ("cs", "na trhu již 20 let"),
    ],
)
def test_no_experience_is_read(language: str, text: str) -> None:
    assert read_experience(source(text, language)) is None


@pytest.mark.parametrize(
    ("language", "text", "isced", "status"),
    [
        ("en", "Bachelor's degree in economics", 6, "required"),
        ("en", "Bachelor's or Master's degree", 6, "required"),
        ("en", "Master's degree required", 7, "required"),
        ("en", "PhD in physics preferred", 8, "preferred"),
        ("en", "High school diploma or equivalent", 3, "required"),
        ("en", "A levels", 3, "required"),
        ("en", "NVQ Level 4", 5, "required"),
        ("en", "NVQ level 2 in care", 3, "required"),
        ("en", "GCSEs in English and maths", 2, "required"),
        ("en", "Associate's degree", 5, "required"),
        ("de", "Abgeschlossene Berufsausbildung als Koch", 3, "required"),
        ("de", "Abgeschlossenes Studium der Informatik", 6, "required"),
        ("de", "Studium an einer Fachhochschule oder eine Lehre als Elektriker", 3, "required"),
        ("de", "Lehrabschluss mit EFZ", 3, "required"),
        ("de", "Matura", 3, "required"),
        ("de", "Masterabschluss von Vorteil", 7, "preferred"),
        ("fr", "Bac+5 en informatique", 7, "required"),
        ("fr", "niveau Bac +2 minimum", 5, "required"),
        ("fr", "CAP/BEP en plomberie", 3, "required"),
        ("fr", "Bac pro ou BTS maintenance", 3, "required"),
        ("fr", "titulaire d'un BTS", 5, "required"),
        ("fr", "Licence professionnelle ou Bac+3", 6, "required"),
        ("nl", "mbo werk- en denkniveau", 3, "required"),
        ("nl", "minimaal mbo 4", 3, "required"),
        ("nl", "hbo- of wo-opleiding", 6, "required"),
        ("es", "FP grado medio", 3, "required"),
        ("es", "Ciclo formativo de grado superior", 5, "required"),
        ("es", "Grado en Ingeniería Informática", 6, "required"),
        ("es", "Bachillerato", 3, "required"),
        ("es", "Graduado en ESO", 2, "required"),
        ("sv", "gymnasieutbildning", 3, "required"),
        ("sv", "högskoleutbildning inom ekonomi", 6, "required"),
        ("sv", "civilingenjörsexamen", 7, "required"),
        ("pl", "wykształcenie średnie", 3, "required"),
        ("pl", "wykształcenie zasadnicze zawodowe", 3, "required"),
        ("pl", "wykształcenie wyższe mile widziane", 6, "preferred"),
        ("cs", "vyučen v oboru", 3, "required"),
        ("cs", "SŠ s maturitou", 3, "required"),
        ("cs", "VŠ vzdělání", 6, "required"),
        ("cs", "základní vzdělání", 2, "required"),
        ("cs", "Vzdělání není rozhodující", None, "negated"),
        ("fr", "Formation en cuisine", None, "required"),
    ],
)
def test_education(language: str, text: str, isced: int | None, status: str) -> None:
    reading = read_education(source(text, language))
    assert reading is not None
    assert (reading.isced, reading.status.value) == (isced, status)


@pytest.mark.parametrize(
    ("language", "text", "zone"),
    [
        ("en", "to a large degree", Zone.REQUIREMENTS),
        ("en", "Our founders met at university", Zone.EMPLOYER),
        ("en", "a 360 degree view", Zone.REQUIREMENTS),
        ("de", "Wir bieten eine Ausbildung", Zone.OFFER),
        ("sv", "lärare i gymnasiet", Zone.DUTIES),
        ("cs", "učitel na ZŠ", Zone.DUTIES),
        ("fr", "le cap est mis sur la qualité", Zone.DUTIES),
    ],
)
def test_no_education_is_read(language: str, text: str, zone: Zone) -> None:
    assert read_education(source(text, language, zone)) is None


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Number of vacancies: 3", 3),
        ("en", "We have two open positions", 2),
        ("de", "Anzahl offener Stellen: 4", 4),
        ("de", "Wir suchen zwei Köche", 2),
        ("fr", "3 postes à pourvoir", 3),
        ("nl", "Aantal vacatures: 2", 2),
        ("es", "Número de vacantes: 10", 10),
        ("sv", "Vi söker tre personer", 3),
        ("pl", "Liczba wolnych miejsc pracy: 30", 30),
        ("cs", "hledáme dvě pozice", 2),
        ("en", "We are looking for 5 years of experience", None),
        ("en", "2 positions of the switch", 2),
        ("de", "3 Standorte und 40 Mitarbeitende", None),
        ("en", "We are seeking a cook", None),
    ],
)
def test_openings(language: str, text: str, count: int | None) -> None:
    reading = read_openings(source(text, language))
    assert (None if reading is None else reading.value) == count


@pytest.mark.parametrize(
    ("language", "text", "is_agency"),
    [
        ("en", "Our client is a hotel in Leeds", True),
        ("en", "acting as an employment agency", True),
        ("en", "excellent service to our clients", False),
        ("en", "No recruitment agencies please", False),
        ("de", "Im Auftrag unseres Kunden suchen wir", True),
        ("de", "Personaldienstleister mit Herz", True),
        ("de", "Betreuung unserer Kunden", False),
        ("fr", "pour notre client, une boulangerie", True),
        ("fr", "accueil des clients", False),
        ("nl", "voor onze opdrachtgever in Utrecht", True),
        ("nl", "je adviseert onze klanten", False),
        ("es", "Nuestro cliente es una empresa de transporte", True),
        ("sv", "Vi söker för vår kunds räkning", True),
        ("sv", "du möter våra kunder", False),
        ("pl", "Dla naszego Klienta poszukujemy", True),
        ("pl", "obsługa klienta", False),
        ("cs", "Pro našeho klienta hledáme", True),
        ("cs", "komunikace s klienty", False),
    ],
)
def test_agency(language: str, text: str, is_agency: bool) -> None:
    reading = read_agency(source(text, language))
    assert (reading is not None and reading.value == "agency") is is_agency


def test_evidence_is_the_words_themselves() -> None:
    text = "Wir erwarten Führerschein Klasse B, Englisch und mindestens 3 Jahre Berufserfahrung."
    read = source(text, "de")
    experience = read_experience(read)
    assert experience is not None
    assert words(text, experience.evidence) == "3 Jahre"
    assert [words(text, each.evidence) for each in read_languages(read)] == ["Englisch"]
    assert [words(text, each.evidence) for each in read_licences(read)] == ["B"]


def test_the_strictest_statement_of_a_thing_counts() -> None:
    text = "English is a plus.\nYou speak fluent English."
    assert [each.status.value for each in read_languages(source(text, "en"))] == ["required"]


def test_ten_jobs_in_one_advertisement_give_each_value_once() -> None:
    text = "\n\n".join(
        f"Job {number}\n- Driving licence category B\n- Fluent English\n- {number} years of experience" for number in range(1, 11)
    )
    read = source(text, "en")
    assert [each.category for each in read_licences(read)] == ["B"]
    assert [each.code for each in read_languages(read)] == ["en"]
    experience = read_experience(read)
    assert experience is not None
    assert experience.years == 10


_WILD = {
    "empty": "",
    "one word": "Koch",
    "500 bullets": "- Führerschein Klasse B, 3 Jahre Erfahrung, Englisch\n" * 500,
    "right to left": "مطلوب سائق لديه رخصة قيادة وخبرة 3 سنوات",
    "cjk": "三年以上工作经验，英语流利",
    "mojibake": "3 aÃ±os de experiencia, inglÃ©s",
    "emoji": "🚗 B 🎓 3 🗣️",
    "digits": "1 2 3 4 5 6 7 8 9 0 " * 2000,
    "spaces": " " * 20_000 + "\n" * 20_000,
}


@pytest.mark.parametrize("language", ["en", "de", "cs", None])
@pytest.mark.parametrize("name", _WILD)
def test_wild_text_is_read_without_harm(name: str, language: str | None) -> None:
    for reader in _READERS:
        reader(source(_WILD[name], language))


def test_two_megabytes_are_read_in_seconds() -> None:
    filler = "A quiet sentence that asks for nothing at all stands here. " * 18
    text = (filler + "Experience of 3 years, driving licence, fluent English, a degree; our client has 2 vacancies.\n") * 1_900
    assert len(text) > 2_000_000
    begun = time.process_time()
    read = source(text, "en")
    for reader in _READERS:
        reader(read)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("declared", ["en", "fr", None])
def test_text_of_another_language_than_declared_invents_nothing(declared: str | None) -> None:
    text = "Wir sind seit 30 Jahren am Markt und suchen eine freundliche Person für unser Büro."
    assert [reader(source(text, declared)) or None for reader in _READERS] == [None] * len(_READERS)


@pytest.mark.parametrize(
    ("language", "text", "words_found"),
    [
        ("en", "We are looking for an experienced cook", "experienced"),
        ("en", "We are looking for a cook with experience in baking", "experience"),
        ("de", "Wir suchen eine/n erfahrene/n Koch", "erfahrene"),
        ("fr", "Nous recherchons des cuisiniers expérimenté(e)s", "expérimenté(e)s"),
        ("nl", "Wij zoeken een ervaren kok", "ervaren"),
        ("es", "Buscamos un cocinero con experiencia", "con experiencia"),
        ("sv", "Vi söker en erfaren kock", "erfaren"),
        ("pl", "Poszukujemy kucharza z doświadczeniem", "z doświadczeniem"),
        ("cs", "Hledáme zkušeného kuchaře", "zkušeného"),
        ("en", "Our customers are looking for an experienced partner", None),
        ("en", "We are not looking for experienced cooks, we train you.", None),
        ("en", "We are looking for juniors to learn from our experienced cooks", None),
        ("de", "Wir suchen Azubis, die von erfahrenen Meistern lernen", None),
        ("fr", "Vous recherchez une équipe expérimentée ?", None),
        ("nl", "Ben je op zoek naar een baan met ervaren collega's?", None),
        ("pl", "Szukamy osób, które chcą się uczyć od doświadczonych kolegów", None),
        ("cs", "Hledáme kolegu do zkušeného týmu", None),
    ],
)
def test_experienced_people_are_sought_anywhere_but_in_the_offer(language: str, text: str, words_found: str | None) -> None:
    found = read_experience(source(text, language, Zone.DUTIES))
    assert (found and words(text, found.evidence)) == words_found
    assert read_experience(source(text, language, Zone.OFFER)) is None
