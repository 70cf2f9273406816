"""The parts that look names up in other forms: stems, compounds, slips, short forms, lists that share a word."""

from __future__ import annotations

import pytest

from nlp.compound_words import CompoundWords, bare_of_tail, joined
from nlp.explain_words import rule_in_words
from nlp.label_names import is_slip
from nlp.linker.spelling import Spelling
from nlp.linker.taxonomy_texts import words
from nlp.name_key import content, name_key
from nlp.shared_heads import has_list, parted_lists, readings
from nlp.short_form_letters import bracketed_short_form, stands_for


@pytest.mark.parametrize(
    ("language", "name", "other"),
    [
        ("en", "management of projects", "project management"),
        ("en", "search engine optimisation", "search engine optimization"),
        ("de", "Verwaltung von Aufträgen", "Aufträge verwalten"),
        ("fr", "réseaux sociaux", "réseau social"),
        ("es", "instalaciones eléctricas", "instalación eléctrica"),
        ("nl", "uitvoering van projecten", "projecten uitvoeren"),
        ("sv", "hantering av maskiner", "hantera maskin"),
        ("pl", "zarządzaniu projektami", "zarządzanie projektem"),
        ("pl", "obsłudze klientów", "obsługa klienta"),
        ("cs", "řízením projektů", "řízení projektu"),
        ("cs", "technických výkresů", "technický výkres"),
    ],
)
def test_names_of_one_meaning_have_one_key(language: str, name: str, other: str) -> None:
    assert _key(name, language) == _key(other, language)


@pytest.mark.parametrize(
    ("language", "name", "other"),
    [
        ("en", "project management", "product management"),
        ("en", "quality control", "quality assurance"),
        ("de", "Kunden beraten", "Kunden betreuen"),
        ("pl", "zarządzanie projektami", "zarządzanie produktami"),
        ("cs", "řízení projektů", "řízení rozpočtu"),
    ],
)
def test_names_of_other_meanings_have_other_keys(language: str, name: str, other: str) -> None:
    assert _key(name, language) != _key(other, language)


def _key(name: str, language: str) -> int:
    return name_key(content(words(name)), language)


@pytest.mark.parametrize(
    ("word", "meant", "expected"),
    [
        ("managment", "management", True), ("photoshopp", "photoshop", True), ("pyhton", "python", True), ("phyton", "python", True),
        ("contabilidat", "contabilidad", True), ("verlauf", "verkauf", False), ("wedding", "welding", False),
        ("electrotechnique", "electromecanique", False),
    ],
)  # fmt: skip
def test_a_slip_is_told_from_another_word(word: str, meant: str, expected: bool) -> None:
    assert is_slip(word, meant) is expected


def test_letters_in_another_order_are_a_slip() -> None:
    spelling = Spelling(["python", "kubernetes"])
    assert [spelling.nearest(word) for word in ("phyton", "pohtyn", "kubernets", "python3", "short")] == [
        "python", "python", "kubernetes", None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "language", "expected"),
    [
        ("planning and delivery", "en", True), ("planning AND delivery", "en", True), ("Java, SQL", "en", True), ("R&D", "en", True),
        ("Java/SQL", "de", True), ("brand management", "en", False), ("and delivery", "en", False), ("planning and", "en", False),
        ("Planung und\nSteuerung", "de", True), ("Planung and Steuerung", "de", False), ("sprzedaż i obsługa", "pl", True),
    ],
)  # fmt: skip
def test_a_list_is_told_by_what_parts_its_items(phrase: str, language: str, expected: bool) -> None:
    assert has_list(phrase, language) is expected


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("SEO", "search engine optimization", True), ("CAD", "computer-aided design", True), ("ML", "machine learning", True),
        ("SPS", "speicherprogrammierbare Steuerung", True), ("FI", "Finanzbuchhaltung", True), ("SVP", "správná výrobní praxe", True),
        ("IT", "project management", False), ("MIG", "welding", False), ("CDI", "comptabilité", False), ("DATEV", "Buchhaltung", False),
        ("SEO", "", False),
    ],
)  # fmt: skip
def test_short_forms_stand_for_words_of_their_letters(short: str, long: str, expected: bool) -> None:
    assert stands_for(short, long) is expected


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("Customer Relationship Management (CRM)", "CRM"), ("Python (computer programming)", None), ("Orthopädie (ärztlich)", None),
        ("controladores lógicos programables (CLP)", "CLP"), ("IOS", None),
    ],
)  # fmt: skip
def test_short_forms_of_labels(label: str, short: str | None) -> None:
    assert bracketed_short_form(label) == short


@pytest.mark.parametrize(
    ("phrase", "language", "reading"),
    [
        ("planning and delivery of projects", "en", ("planning of projects", "delivery of projects")),
        ("manage budgets and staff", "en", ("manage budgets", "manage staff")),
        ("Kunden- und Lieferantenbetreuung", "de", ("Kundenbetreuung", "Lieferantenbetreuung")),
        ("Projektplanung und -steuerung", "de", ("Projektplanung", "Projektsteuerung")),
        ("gestion des stocks et des commandes", "fr", ("gestion des stocks", "gestion des commandes")),
        ("in- en verkoop", "nl", ("inkoop", "verkoop")),
        ("Planung, Durchführung und Kontrolle von Tests", "de", ("Planung von Tests", "Durchführung von Tests", "Kontrolle von Tests")),
    ],
)
def test_lists_are_written_out(phrase: str, language: str, reading: tuple[str, ...]) -> None:
    assert reading in [each.items for each in readings(phrase, language)]


@pytest.mark.parametrize("phrase", ["project management", "", "and", "a and b and c and d and e and f", "x" * 5_000])
def test_what_is_no_list_has_no_readings(phrase: str) -> None:
    assert not list(readings(phrase, "en"))


@pytest.mark.parametrize(
    ("text", "language", "lists"),
    [
        ("Kunden- und Lieferantenpflege, Ein-/Verkauf", "de", ["Kunden- und Lieferantenpflege", "Ein-/Verkauf"]),
        ("inköps- och lagerhantering", "sv", ["inköps- och lagerhantering"]),
        ("voorraadbeheer en -controle", "nl", ["voorraadbeheer en -controle"]),
        ("- eine Liste\n- noch eine - und ein Gedanke", "de", []),
    ],
)  # fmt: skip
def test_lists_with_a_part_left_out_are_found(text: str, language: str, lists: list[str]) -> None:
    assert [text[extent.start : extent.end] for extent in parted_lists(text, language)] == lists


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("kundenberatung", ["kunden", "beratung"]), ("lagerverwaltungssoftware", ["lager", "verwaltungs", "software"]), ("berufung", None),
        ("kunden", None), ("", None),
    ],
)  # fmt: skip
def test_compounds_are_taken_apart(word: str, parts: list[str] | None) -> None:
    assert CompoundWords({"kunden", "beraten", "lager", "verwaltung", "software"}, "de").split(word) == parts


@pytest.mark.parametrize(
    ("word", "language", "base"),
    [
        ("kundenberatungserfahrung", "de", "kundenberatung"), ("boekhoudkennis", "nl", "boekhoud"), ("svetskunskaper", "sv", "svets"),
        ("erfahrung", "de", None), ("verwaltung", "de", None), ("management", "en", None),
    ],
)  # fmt: skip
def test_tails_are_left_out(word: str, language: str, base: str | None) -> None:
    found = list(bare_of_tail(word, language))
    assert base in found if base else not found


@pytest.mark.parametrize("form", ["words", "compound", "misspelt", "short", "shared"])
def test_each_form_is_explained_in_words(form: str) -> None:
    assert "name" in rule_in_words(f"label-{form}:de") or "short form" in rule_in_words(f"label-{form}:de")


@pytest.mark.parametrize(
    ("first", "second", "language", "compound"),
    [
        ("datenbanken", "verwaltung", "de", "datenbankverwaltung"), ("aufträgen", "abwicklung", "de", "auftragsabwicklung"),
        ("klanten", "beheer", "nl", "klantenbeheer"), ("programvara", "utveckling", "sv", "programvaruutveckling"),
        ("deutsch", "ch", "de", None), ("projects", "management", "en", None),
    ],
)  # fmt: skip
def test_words_are_joined_as_a_language_joins_them(first: str, second: str, language: str, compound: str | None) -> None:
    found = joined(first, second, language)
    assert compound in found if compound else not found
