"""Contact data in the posting's own fields: what readings let out of title, employer, place words and the board's skills."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from spacy.language import Language

from nlp.components.contacts import MASK
from nlp.reading import read_postings
from vacancies.enriched import EnrichedPosting
from vacancies.posting import JobLocation, Posting

Make = Callable[..., Posting]


@pytest.fixture
def read(pipeline: Language, make_posting: Make) -> Callable[..., EnrichedPosting]:
    def read_one(text: str = "Wir suchen Verstärkung.", **fields: object) -> EnrichedPosting:
        return next(read_postings(pipeline, [make_posting(text, **fields)]))

    return read_one


Read = Callable[..., EnrichedPosting]


def shown(text: str | None) -> str:
    """A masked text with every run of masks as one star."""
    return re.sub(f"{MASK}+", "*", text or "")


@pytest.mark.parametrize(
    ("title", "language", "public"),
    [
        ("Koch (m/w/d) – Tel. 0171 1234567, Frau Weber", "de", "Koch (m/w/d) – Tel. *, Frau *"),
        ("Infirmier (H/F) - contact : Marie LEFEBVRE", "fr", "Infirmier (H/F) - contact : *"),
        ("Cook, mail jobs@acme.example", "en", "Cook, mail *"),
        ("Recruiter: Jana Weber", "en", "Recruiter: *"),
        ("Recruiter Power Platform", "en", "Recruiter Power Platform"),
        ("Chef Patissier Demi Tournant", "sv", "Chef Patissier Demi Tournant"),
        ("Call Center Agent", "en", "Call Center Agent"),
        ("MS EXCEL Trainer", "en", "MS EXCEL Trainer"),
        ("SAP Berater (m/w/d), ab 01.02.2026", "de", "SAP Berater (m/w/d), ab 01.02.2026"),
    ],
)
def test_title(read: Read, title: str, language: str, public: str) -> None:
    reading = read(title=title, language=language)
    assert shown(reading.public_title) == public
    assert len(reading.public_title or "") == len(title)


def test_a_name_from_the_text_is_masked_in_the_title(read: Read) -> None:
    reading = read("Ansprechpartnerin: Jana Weber", title="Jana Weber sucht Koch", language="de")
    assert shown(reading.public_title) == "* sucht Koch"


def test_the_employers_name_stays_in_the_title(read: Read) -> None:
    reading = read(title="Assistenz, Praxis Dr. Weber", hiring_organization="Praxis Dr. Weber", language="de")
    assert reading.public_title == "Assistenz, Praxis Dr. Weber"


@pytest.mark.parametrize(
    ("employer", "public"),
    [
        ("Praxis Dr. Weber", "Praxis Dr. Weber"),
        ("Frau Jana Weber", "Frau Jana Weber"),
        ("Jana Weber, jana.weber@acme.example", "Jana Weber, *"),
        ("Bistro Weber, Tel. 0171 1234567", "Bistro Weber, Tel. *"),
        ("Weber (linkedin.com/in/jana-weber)", "Weber (*)"),
    ],
)
def test_employer(read: Read, employer: str, public: str) -> None:
    assert shown(read(hiring_organization=employer, language="de").public_employer) == public


@pytest.mark.parametrize("place", [{"locality": "Leipzig, Frau Weber"}, {"text": "Leipzig, Tel. 0341 1234567, Frau Weber"}])
def test_place(read: Read, place: dict[str, str]) -> None:
    reading = read(job_locations=(JobLocation(country="DE", **place),), language="de")
    assert "Leipzig" in (reading.regions[0].place or "")
    assert not any(secret in reading.model_dump_json() for secret in ("Weber", "1234567"))


def test_skills_of_the_board(read: Read) -> None:
    reading = read(skills=("Kotlin", "Fragen an Frau Weber, 0171 1234567", "Einfühlungsvermögen"), title="Koch", language="de")
    assert [shown(words) for words in reading.public_skills] == ["Kotlin", "Fragen an Frau *, *", "Einfühlungsvermögen"]
    assert [shown(m.text) for m in reading.skills] == ["Kotlin", "Fragen an Frau *, *", "Einfühlungsvermögen"]
    joined = "\n".join(reading.public_skills)
    assert all(joined[mention.start : mention.end] == mention.text for mention in reading.skills)


def test_a_skill_is_not_read_out_of_contact_data(read: Read) -> None:
    reading = read(title="Koch, Frau Customs", skills=("kotlin@acme.example",), language="de")
    assert [mention.uri for mention in reading.skills] == []


def test_what_a_board_does_not_state_stays_unstated(read: Read) -> None:
    reading = read()
    assert (reading.public_title, reading.public_employer, reading.public_skills) == (None, None, ())
