"""What employment services' answers may hold: a table of one record each, and the fields that are read of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from crawlers.page_parsers import bundesagentur, eures, france_travail, hrxml, jobtech, mpsv
from crawlers.page_parsers.page_reading import PageParser, PageReading
from vacancies.error import RecordInvalid
from vacancies.posting import JobLocation

PARSERS: dict[str, PageParser] = {
    "bundesagentur": bundesagentur.parse,
    "eures": eures.parse,
    "france_travail": france_travail.parse,
    "jobstream": jobtech.parse,
    "mpsv": mpsv.parse,
}
MINIMAL: dict[str, Mapping[str, object]] = {
    "bundesagentur": {"referenznummer": "1", "stellenangebotsTitel": "Koch"},
    "eures": {"id": "1", "jvProfiles": {"de": {"title": "Koch"}}},
    "france_travail": {"id": "1", "intitule": "Koch"},
    "jobstream": {"id": "1", "headline": "Koch"},
    "mpsv": {"portalId": 1, "pozadovanaProfese": {"cs": "Koch"}},
}


def read(name: str, **more: object) -> PageReading:
    """Read one record in the platform's envelope."""
    record = {**MINIMAL[name], **more}
    envelopes: dict[str, object] = {"france_travail": {"resultats": [record]}, "jobstream": [record], "mpsv": {"polozky": [record]}}
    return PARSERS[name](json.dumps(envelopes.get(name, record)).encode(), "https://board.example/x")


@pytest.mark.parametrize("name", PARSERS)
def test_a_record_with_an_id_and_a_title_only_is_a_posting(name: str) -> None:
    reading = read(name)
    assert [(draft.native_id, draft.title) for draft in reading.drafts] == [("1", "Koch")]
    assert (reading.rejected, reading.unread) == ((), ())


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("body", [b"<html>", b"7", b'{"error": "key"}'], ids=["html", "number", "error"])
def test_an_answer_of_another_kind_is_refused(name: str, body: bytes) -> None:
    with pytest.raises(RecordInvalid):
        PARSERS[name](body, "https://board.example/x")


PROFILE: dict[str, object] = {"title": "Koch"}
FIELDS: list[tuple[str, dict[str, object], str, object]] = [
    ("bundesagentur", {"verguetungsangabe": "KEINE_ANGABEN", "vertragsdauer": "KEINE_ANGABE"}, "base_salary", None),
    ("bundesagentur", {"gehaltsspanneVon": 0, "gehaltsspanneBis": 0}, "base_salary", None),
    ("bundesagentur", {"verguetungsangabe": "TARIFLICH"}, "base_salary", None),
    (
        "bundesagentur",
        {"befristung": "2", "arbeitszeitmodelle": ["VOLLZEIT", "HEIM_TELEARBEIT"]},
        "employment_type",
        ("FULL_TIME", "PERMANENT"),
    ),
    ("bundesagentur", {"stellenangebotsart": "PRAKTIKUM_TRAINEE"}, "employment_type", ("INTERN",)),
    ("bundesagentur", {"homeofficemoeglich": True}, "telecommute", None),
    (
        "bundesagentur",
        {"arbeitsort": {"ort": "Berlin", "land": "Deutschland"}},
        "job_locations",
        (JobLocation(locality="Berlin", country="DE"),),
    ),
    ("eures", {"jvProfiles": {"de": {**PROFILE, "employer": None}}}, "hiring_organization", None),
    ("eures", {"jvProfiles": {"de": {**PROFILE, "locations": [None]}}}, "job_locations", ()),
    ("eures", {"creationDate": 1788494411399}, "date_posted", "2026-09-04"),
    ("eures", {"jvProfiles": {"de": PROFILE, "en": {"title": "Cook"}}, "preferredLanguage": "en"}, "title", "Cook"),
    ("eures", {"jvProfiles": {"de": {**PROFILE, "positionOfferingCode": "directhire"}}}, "employment_type", ()),
    ("france_travail", {"salaire": {"commentaire": "Selon profil"}, "typeContrat": "DIN"}, "employment_type", ("PERMANENT",)),
    ("france_travail", {"lieuTravail": {"libelle": "France"}}, "job_locations", (JobLocation(text="France"),)),
    ("france_travail", {"alternance": True, "typeContrat": "CDD"}, "employment_type", ("TEMPORARY", "INTERN")),
    ("jobstream", {"must_have": {"skills": [{"label": "Excel", "weight": 10}]}}, "skills", ("Excel",)),
    ("jobstream", {"duration": {"label": "Tills vidare"}}, "employment_type", ("PERMANENT",)),
    ("jobstream", {"duration": {"label": "11 dagar - upp till 3 månader"}}, "employment_type", ("TEMPORARY",)),
    ("mpsv", {"mesicniMzdaOd": 0, "mesicniMzdaDo": None}, "base_salary", None),
    ("mpsv", {"urlAdresa": "www.pekarna.example"}, "url", None),
    ("mpsv", {"mistoVykonuPrace": {"adresaText": "celá ČR"}}, "job_locations", (JobLocation(text="celá ČR", country="CZ"),)),
]


@pytest.mark.parametrize(
    ("name", "more", "field", "expected"), FIELDS, ids=[f"{entry[0]}-{entry[2]}-{at}" for at, entry in enumerate(FIELDS)]
)
def test_a_stated_value_is_read_as_it_is_meant(name: str, more: dict[str, object], field: str, expected: object) -> None:
    value = getattr(read(name, **more).drafts[0], field)
    assert (str(value) if field == "date_posted" else value) == expected


def test_removed_advertisements_of_a_stream_are_withdrawn() -> None:
    lines = b'{"id": "1", "removed": true, "removed_date": "2026-09-01T00:00:00"}\n{"id": "2", "headline": "Kock"}\n'
    reading = jobtech.parse(lines, "https://board.example/v2/stream")
    assert (reading.withdrawn, [draft.native_id for draft in reading.drafts]) == (("1",), ["2"])


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"<a><b/></a>", "unexpected_shape"), (b"{}", "broken_xml"), (b"<a><PositionOpening></a>", "broken_xml")],
    ids=["other-xml", "json", "cut"],
)
def test_xml_of_another_kind_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(RecordInvalid) as caught:
        hrxml.parse(body, "https://board.example/x")
    assert caught.value.reason == reason


def test_an_opening_without_an_id_is_rejected_and_the_others_stay() -> None:
    one = (
        "<PositionOpening><DocumentID>7</DocumentID><PositionProfile><PositionTitle>Kok</PositionTitle></PositionProfile></PositionOpening>"
    )
    reading = hrxml.parse(f"<a><PositionOpening/>{one}</a>".encode(), "https://board.example/x")
    assert [draft.native_id for draft in reading.drafts] == ["7"]
    assert [rejected.reason for rejected in reading.rejected] == ["no_identity"]


@pytest.mark.parametrize(
    ("feed", "pieces"),
    [
        (b'<?xml version="1.0"?><Vacancies xmlns="http://www.hr-xml.org/3"><Header/></Vacancies>', 0),
        (b"<a><PositionOpening/><PositionOpening/></a>", 1),
    ],
    ids=["empty", "openings"],
)
def test_an_hr_xml_feed_is_cut_into_pieces(feed: bytes, pieces: int) -> None:
    assert len(list(hrxml.pieces([feed[:20], feed[20:]]))) == pieces


@pytest.mark.parametrize("feed", [b"<html><body>moved</body></html>", b"<rss><item/></rss>", b""], ids=["html", "rss", "nothing"])
def test_what_is_no_hr_xml_is_no_empty_feed(feed: bytes) -> None:
    with pytest.raises(RecordInvalid, match=r"expected XML of http://www\.hr-xml\.org/3"):
        list(hrxml.pieces([feed]))
