from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.advertisement import Advertisement
from nlp.components.contacts import MASK, find_contacts, mask


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
    assert masked.endswith(", ask Jana")


@given(st.text(alphabet=st.sampled_from("ab@. +0123456789()/-\nJana Weber[at]Tel:"), max_size=200))
@settings(max_examples=150)
def test_contacts_lie_in_the_text_in_order(text: str) -> None:
    last = 0
    for contact in find_contacts(Advertisement(text, (), "en")):
        assert last <= contact.start < contact.end <= len(text)
        last = contact.end
