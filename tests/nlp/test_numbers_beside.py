"""Telephone numbers that no word announces, behind people, and those whose word is joined to them."""

from __future__ import annotations

import pytest

from nlp.advertisement import Advertisement
from nlp.components.contacts import find_contacts


def numbers(text: str, language: str) -> list[str]:
    return [text[found.start : found.end] for found in find_contacts(Advertisement(text, (), language)) if found.kind == "phone"]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Ihre Ansprechpartnerin: Annegret Meyer\nHauptamt, Zimmer 2.14\n03943/654-211", ["03943/654-211"]),
        ("de", "Pflegedirektorin Frau Olena Kern: -7044, Praxisanleitung Herr Nowak: -7051", ["-7044", "-7051"]),
        ("de", "Auskünfte: Frau Meyer (06221 54-3310) und Herr Nguyen (-3312).", ["06221 54-3310", "-3312"]),
        ("de", "Personalrat: Frau Meyer, DW 1742.", ["1742"]),
        ("pl", "Asystentka: pani Anna Nowak, 61.555.88.20, sekretariat@akademia.example", ["61.555.88.20"]),
        ("cs", "Zavolejte mi – Jana Nováková, hlavní sestra, 416 55 50 55.", ["416 55 50 55"]),
        ("es", "Consultas: Sr. García, jefe de taller, 943-55-20-61.", ["943-55-20-61"]),
        ("en", "Ask Mr Brown, x4417, or the front desk.", ["4417"]),
        ("es", "ContactoSra. Elena GarcíaDpto. PersonalTel943-555-120Ref. DON", ["943-555-120"]),
        ("sv", "Kontaktperson\nAnna Lindqvist\nTelefon0155-55 50 31Sista ansökningsdag", ["0155-55 50 31"]),
    ],
)
def test_numbers_behind_people(language: str, text: str, found: list[str]) -> None:
    assert numbers(text, language) == found


@pytest.mark.parametrize("rest", ["", "\n", "\n\n", "\nWir freuen uns auf Sie\n\nIhr Team", ". Mehr dazu hier."])
@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Es grüßt Annegret Meyer\n654/211-334", ["654/211-334"]),
        ("de", "Es grüßt Annegret Meyer\nHauptamt, Zimmer 2.14\n654/211-334", ["654/211-334"]),
        ("pl", "Na pytania odpowie Anna Nowak\n61.555.88.20", ["61.555.88.20"]),
        ("de", "Es grüßt Annegret Meyer, " + "sehr " * 17 + "gern, 61 - 555 - 88 - 20 - 44", ["61 - 555 - 88 - 20 - 44"]),
    ],
)
def test_numbers_are_whole_wherever_the_text_goes_on(language: str, text: str, found: list[str], rest: str) -> None:
    assert numbers(text + rest, language) == found


@pytest.mark.parametrize("text", ["Tel. 2045-1234", "Tel: 2012-345678", "Telefon: 942/2012", "Kontakt: Frau Weber, Tel. 2045-1234"])
def test_a_word_for_telephones_is_believed(text: str) -> None:
    assert numbers(text, "de") == [text.rpartition(" ")[2]]


@pytest.mark.parametrize(
    "text",
    [
        "Drittmittel(2021-2024)",
        "Hotel(01.01.2025)",
        "Titel(2024-2025)",
        "Fördermittel(1.500.000 €)",
        "Kenntnisse in GSM900/1800",
        "Mobil(01.01.2024)",
    ],
)
def test_what_ends_like_a_word_for_telephones_is_none(text: str) -> None:
    assert numbers(text, "de") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Reporting to Mr Brown, 2019-2023 strategy lead."),
        ("en", "Ask Mr Brown, 45 000 000 EUR of budget are his."),
        ("de", "Frau Meyer leitet 1200 Betten, -20 °C im Kühlhaus."),
        ("de", "Frau Meyer, Kennziffer 2024-0815-33"),
        ("es", "El Sr. García aplica la Ley 39/2015 y el Reglamento 261/2004."),
        ("fr", "Mme Martin, n° FINESS 590782215"),
        ("es", "Sra. García, expediente 0912-55-4410"),
        ("pl", "pan Jan Kowalski, 0700-1630"),
    ],
)
def test_other_numbers_behind_people(language: str, text: str) -> None:
    assert numbers(text, language) == []
