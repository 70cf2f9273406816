from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.advertisement import Advertisement
from nlp.components.contacts import MASK, find_contacts, mask
from nlp.contact_data.phones import phone_numbers


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(contact.kind, text[contact.start : contact.end]) for contact in find_contacts(Advertisement(text, (), language))]


@pytest.mark.parametrize(
    ("text", "language", "contacts"),
    [
        ("Mail jobs@acme.example now", "en", [("email", "jobs@acme.example")]),
        ("write to jana.weber@acme.example.", "en", [("email", "jana.weber@acme.example")]),
        ("vance [at] acme.example", "en", [("email", "vance [at] acme.example")]),
        ("info (at) acme (dot) example", "en", [("email", "info (at) acme (dot) example")]),
        ("Tel.: 030 23125 123", "de", [("phone", "030 23125 123")]),
        ("Telefon +49 (0)30 / 23125-123.", "de", [("phone", "+49 (0)30 / 23125-123")]),
        ("appelez le 01 99 00 12 34", "fr", [("phone", "01 99 00 12 34")]),
        ("bel 085-1112 123", "nl", [("phone", "085-1112 123")]),
        ("call us on 020 7946 0123", "en", [("phone", "020 7946 0123")]),
        ("tel: 602 741 771", "cs", [("phone", "602 741 771")]),
        ("pod numerem 505 123 456", "pl", [("phone", "505 123 456")]),
        ("linkedin.com/in/jana-weber-123", "en", [("profile", "linkedin.com/in/jana-weber-123")]),
        ("Profil: linkedin.com/in/jana-weber-123.", "de", [("profile", "linkedin.com/in/jana-weber-123")]),
        ("Ask Jana Weber (github.com/jweber)", "en", [("person", "Jana Weber"), ("profile", "github.com/jweber")]),
        ("See github.com/jweber and github.com/acme", "en", []),
        ("Call 1-800-555-0123 today", "en", [("phone", "1-800-555-0123")]),
        ("Ansprechpartnerin: Jana Weber", "de", [("person", "Jana Weber")]),
        ("Ihr Ansprechpartner ist Herr Dr. Max Weber.", "de", [("person", "Dr. Max Weber")]),
        ("Fragen an Frau Weber", "de", [("person", "Weber")]),
        ("Contact: Mary O'Neill", "en", [("person", "Mary O'Neill")]),
        ("Contactpersoon: Jan de Vries", "nl", [("person", "Jan de Vries")]),
        ("Kontaktperson: Anna Ågren", "sv", [("person", "Anna Ågren")]),
        ("Kontaktní osoba: Petr Dvořák", "cs", [("person", "Petr Dvořák")]),
        ("Contact: Human Resources Department", "en", []),
        ("Start 01.02.2026, 38,5 hours, 3.500 EUR, 04109 Leipzig", "en", []),
        ("Salary 30000 - 35000 per year, ref 2026-001234", "en", []),
        ("working hours 08:00 - 16:30 and 09.00-17.00", "en", []),
        ("https://acme.example/jobs/00123456789", "en", []),
        ("5+ years, 24/7, 100 %, ISO 9001:2015", "en", []),
    ],
)
def test_contact_data(text: str, language: str, contacts: list[tuple[str, str]]) -> None:
    assert found(text, language) == contacts


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Votre contact : Marie LEFEBVRE", "fr", ["Marie LEFEBVRE"]),
        ("Contact : Mme LEFEBVRE", "fr", ["LEFEBVRE"]),
        ("Contact : Mme LEFEBVRE", "en", ["LEFEBVRE"]),  # the language was read wrong
        ("Contact : M DUPONT-MOREL au 2e étage", "fr", ["DUPONT-MOREL"]),
        ("Adressez-vous à M. LE GOFF", "fr", ["LE GOFF"]),
        ("CONTACT : MARIE LEFEBVRE", "fr", ["MARIE LEFEBVRE"]),
        ("Ansprechpartner: Jana WEBER", "de", ["Jana WEBER"]),
        ("Herr MÜLLER", "de", ["MÜLLER"]),
        ("HERR MÜLLER UND FRAU DR. WEBER", "de", ["MÜLLER", "DR. WEBER"]),
        ("Fragen an Frau von der LEYEN", "de", ["von der LEYEN"]),
        ("MR Smith or DR Jones", "en", ["Smith", "DR Jones"]),
        ("Contact: Sarah O'NEILL", "en", ["Sarah O'NEILL"]),
        ("pani Anna KOWALSKA", "pl", ["Anna KOWALSKA"]),
        ("Osoba do kontaktu: KOWALSKA Anna", "pl", ["KOWALSKA Anna"]),
        ("Kontaktní osoba: Ing. Petr DVOŘÁK", "cs", ["Ing. Petr DVOŘÁK"]),
        ("p. NOVÁK", "cs", ["NOVÁK"]),
        ("Contactpersoon: Jan van der BERG", "nl", ["Jan van der BERG"]),
        ("mw. De JONG of dhr. VAN DIJK", "nl", ["De JONG", "VAN DIJK"]),
        ("Contacto: María GARCÍA LÓPEZ", "es", ["María GARCÍA LÓPEZ"]),
        ("La Sra. GARCÍA le atenderá", "es", ["GARCÍA"]),
        ("Kontaktperson: ANNA ÅGREN", "sv", ["ANNA ÅGREN"]),
        ("fru LINDSTRÖM", "sv", ["LINDSTRÖM"]),
    ],
)
def test_names_in_capitals(text: str, language: str, names: list[str]) -> None:
    assert found(text, language) == [("person", name) for name in names]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("MS EXCEL, MS OFFICE, MS SQL and MS SAP", "en"),
        ("EXCEL, SAP, SQL", "de"),
        ("Kenntnisse in MS EXCEL und SAP R/3, Kontakt zu SAP ABAP Beratern", "de"),
        ("CALL CENTER AGENT", "en"),
        ("KONTAKT CENTER AGENT", "de"),
        ("Contact SAP HANA TEAM", "en"),
        ("Recruiter IT Services", "en"),
        ("KONTAKT\nSIEMENS AG", "de"),
        ("Infirmier (H/F) M CDI", "fr"),
        ("12 MW Windpark", "nl"),
    ],
)
def test_skills_and_codes_in_capitals_are_no_names(text: str, language: str) -> None:
    assert found(text, language) == []


def test_a_name_ends_before_a_skill_in_capitals() -> None:
    assert found("Herr Müller SAP Berater", "de") == [("person", "Müller")]


@pytest.mark.parametrize(
    "text", ["weber@acme.example: Jana WEBER", "jana.weber@acme.example: JANA WEBER", "Recruiter: Jana Weber. JANA WEBER"]
)
def test_a_name_is_found_again_in_capitals(text: str) -> None:
    assert any(words.endswith("WEBER") for _, words in found(text, "de"))


def test_a_name_in_a_mail_address_is_found_where_it_is_written_out() -> None:
    text = "Jana Weber leads the team. Write to jana.weber@acme.example"
    assert ("person", "Jana Weber") in found(text)


def test_a_full_name_is_found_again() -> None:
    text = "Recruiter: Jana Weber. Later Jana Weber will call."
    assert found(text) == [("person", "Jana Weber"), ("person", "Jana Weber")]


def test_the_mask_keeps_length_and_line_ends() -> None:
    text = "Tel. 030\n23125 123, ask Jana"
    spans = find_contacts(Advertisement(text, (), "de"))
    masked = mask(text, spans)
    assert len(masked) == len(text)
    assert masked.count("\n") == text.count("\n")
    assert "23125" not in masked
    assert MASK in masked
    assert masked.endswith(f", ask {MASK * 4}")


@given(st.text(alphabet=st.sampled_from("ab@. +0123456789()/-\nJana Weber[at]Tel:"), max_size=200))
@settings(max_examples=150)
def test_contacts_lie_in_the_text_in_order(text: str) -> None:
    last = 0
    for contact in find_contacts(Advertisement(text, (), "en")):
        assert last <= contact.start < contact.end <= len(text)
        last = contact.end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("30 days, 2.500 euros, 8-17 o'clock", []),
        ("+49 (0) 30 / 123 456", [(0, 20)]),
        ("(0123) - 456789", [(0, 15)]),
        ("(٠١٢٣) ٤٥٦ ٧٨٩٠", [(0, 15)]),
        ("600 700 800", [(0, 11)]),
        ("512 00 00 34", [(0, 12)]),
        ("0 800 123 456", [(0, 13)]),
        ("(PL/EN) +48 500 600 700", [(8, 23)]),
        ("NL12 ABNA 0123 4567 89", []),
    ],
    ids=[
        "no number",
        "with gaps",
        "area code in brackets",
        "digits of another script",
        "triples",
        "pairs",
        "free of charge",
        "behind what is a code's word elsewhere",
        "account",
    ],
)
def test_numbers_are_known_by_their_digits_alone(text: str, found: list[tuple[int, int]]) -> None:
    assert phone_numbers(text, text.lower(), [], "pl") == found
