from __future__ import annotations

import hashlib
import logging
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from search_api.document import NOT_STATED, VacancyDocument
from search_api.documents import documents_from_lake, isco_codes, region_codes, to_document
from taxonomies.model import ConceptType
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import (
    EnrichedPosting,
    Evidence,
    OccupationReading,
    RegionReading,
    SalaryReading,
    SkillMention,
    SkillStatus,
    TextValue,
    Zone,
)
from vacancies.lake import Lake
from vacancies.posting import JobLocation, Posting
from vacancies.vacancy import Vacancy

SEEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
EVIDENCE = Evidence(rule="test")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> TaxonomyStore:
    return TaxonomyStore(tmp_path_factory.mktemp("taxonomies"))


@pytest.fixture(scope="module")
def taxonomy(store: TaxonomyStore) -> Taxonomy:
    return store.open()


@pytest.fixture(scope="module")
def regions(store: TaxonomyStore) -> Regions:
    return Regions.open(store)


def posting_id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def posting(name: str, **given: object) -> Posting:
    values: dict[str, object] = {
        "board": f"board-{name}",
        "description_text": "Call 030 123",
        "content_hash": f"hash-{name}",
        "parser": "test/1",
    }
    return Posting.model_validate({**values, "posting_id": posting_id(name), **given})


def reading(name: str, **given: object) -> EnrichedPosting:
    values: dict[str, object] = {"language": "en", "public_text": "Call *** ***", "pipeline": "1", "taxonomy": "starter:1"}
    return EnrichedPosting.model_validate({**values, "posting_id": posting_id(name), "content_hash": f"hash-{name}", **given})


def vacancy(*names: str, **given: object) -> Vacancy:
    ids = tuple(posting_id(name) for name in names)
    values: dict[str, object] = {
        "vacancy_id": ids[0],
        "posting_ids": ids,
        "representative_id": ids[0],
        "first_seen": SEEN,
        "last_seen": SEEN,
    }
    return Vacancy.model_validate({**values, "boards": tuple(f"board-{name}" for name in names), **given})


def mention(uri: str | None, status: SkillStatus) -> SkillMention:
    return SkillMention(uri=uri, start=0, end=1, text="x", score=1, status=status, zone=Zone.REQUIREMENTS, rule="test")


def place(**given: object) -> RegionReading:
    values: dict[str, object] = {"nuts": None, "nuts_version": None, "country": None, "place": None, "score": 1, "evidence": EVIDENCE}
    return RegionReading.model_validate({**values, **given})


def occupation(uri: str | None, isco: str | None) -> OccupationReading:
    return OccupationReading(uri=uri, isco=isco, score=1, evidence=EVIDENCE)


def made(
    taxonomy: Taxonomy, regions: Regions, postings: list[Posting], readings: list[EnrichedPosting], names: tuple[str, ...] = ("a",)
) -> VacancyDocument:
    return to_document(vacancy(*names), postings, readings, taxonomy=taxonomy, regions=regions)


def test_a_vacancy_with_everything(taxonomy: Taxonomy, regions: Regions) -> None:
    document = made(
        taxonomy,
        regions,
        [posting("a", title="raw", hiring_organization="raw", url="https://a.example/1", date_posted=date(2026, 2, 20))],
        [
            reading(
                "a",
                public_title="Nurse",
                public_employer="Clinic",
                skills=(mention("s1", SkillStatus.DUTY), mention("s2", SkillStatus.PREFERRED), mention("s1", SkillStatus.REQUIRED)),
                occupations=(occupation("o1", "2221"), occupation("o2", "5321"), occupation("o1", "2221")),
                regions=(place(nuts="DE300", country="DE", place="Berlin", latitude=52.5, longitude=13.4),),
                contract=TextValue(value="permanent", evidence=EVIDENCE),
                salary=SalaryReading(
                    min_value=20, max_value=25, currency="EUR", period="HOUR", year_min=41600, year_max=52000, evidence=EVIDENCE
                ),
            )
        ],
    )
    assert document == VacancyDocument(
        vacancy_id=posting_id("a"),
        title="Nurse",
        employer="Clinic",
        text="Call *** ***",
        language="en",
        url="https://a.example/1",
        boards=("board-a",),
        posting_ids=(posting_id("a"),),
        skills=("s1", "s2"),
        skills_required=("s1",),
        skills_preferred=("s2",),
        skills_duty=(),
        occupations=("o1", "o2"),
        isco=("2", "22", "222", "2221"),
        regions=("DE", "DE3", "DE30", "DE300"),
        countries=("DE",),
        place="Berlin",
        latitude=52.5,
        longitude=13.4,
        posted=date(2026, 2, 20),
        first_seen=SEEN,
        last_seen=SEEN,
        open=True,
        contract="permanent",
        working_time=NOT_STATED,
        remote=NOT_STATED,
        salary_year_min=41600,
        salary_year_max=52000,
        salary_currency="EUR",
    )


@pytest.mark.parametrize(
    ("statuses", "required", "preferred", "duty"),
    [
        ([SkillStatus.MENTIONED], False, False, False),
        ([SkillStatus.NEGATED], False, False, False),
        ([SkillStatus.NEGATED, SkillStatus.DUTY], False, False, True),
        ([SkillStatus.DUTY, SkillStatus.PREFERRED], False, True, False),
        ([SkillStatus.PREFERRED, SkillStatus.REQUIRED, SkillStatus.DUTY], True, False, False),
    ],
)
def test_the_strongest_status_of_a_skill_counts(
    taxonomy: Taxonomy, regions: Regions, statuses: list[SkillStatus], required: bool, preferred: bool, duty: bool
) -> None:
    found = reading("a", skills=(mention(None, SkillStatus.REQUIRED), *(mention("s", status) for status in statuses)))
    document = made(taxonomy, regions, [posting("a")], [found])
    lists = (document.skills_required, document.skills_preferred, document.skills_duty)
    assert [bool(skills) for skills in lists] == [required, preferred, duty]
    assert document.skills == (("s",) if any(lists) else ())


def test_what_the_representative_does_not_state_comes_from_its_copies(taxonomy: Taxonomy, regions: Regions) -> None:
    document = made(
        taxonomy,
        regions,
        [posting("b", date_posted=date(2026, 1, 5)), posting("a")],
        [
            reading(
                "b",
                skills=(mention("s9", SkillStatus.REQUIRED),),
                remote=TextValue(value="hybrid", evidence=EVIDENCE),
                public_text="Copy",
                public_title="Copy",
                public_employer="Clinic",
            ),
            reading("a", skills=(mention("s1", SkillStatus.REQUIRED),), public_title="Nurse"),
        ],
        ("a", "b"),
    )
    assert (document.title, document.text, document.skills) == ("Nurse", "Call *** ***", ("s1",))
    assert (document.employer, document.remote, document.posted) == ("Clinic", "hybrid", date(2026, 1, 5))


def test_an_unread_vacancy_has_no_words_since_contact_data_is_still_in_them(taxonomy: Taxonomy, regions: Regions) -> None:
    unread = posting("a", title="Nurse", hiring_organization="Clinic", job_locations=(JobLocation(country="AT"),))
    document = made(taxonomy, regions, [unread], [])
    assert (document.title, document.employer, document.text) == ("", None, "")
    assert (document.language, document.countries) == (NOT_STATED, ("AT",))


def test_a_vacancy_without_its_postings_is_an_error(taxonomy: Taxonomy, regions: Regions) -> None:
    with pytest.raises(ValueError, match=posting_id("a")):
        made(taxonomy, regions, [posting("b")], [])


def test_a_renewed_date_is_not_later_than_the_first_sight(taxonomy: Taxonomy, regions: Regions) -> None:
    assert made(taxonomy, regions, [posting("a", date_posted=date(2026, 3, 20))], []).posted == SEEN.date()


@pytest.mark.parametrize(
    ("places", "codes"),
    [
        ([place(nuts="DE3")], ("DE", "DE3")),
        ([place(nuts="DE300"), place(nuts="DE300")], ("DE", "DE3", "DE30", "DE300")),
        ([place(country="DE")], ("DE",)),
        ([place(nuts="XX999")], ()),
        ([place()], ()),
    ],
)
def test_region_codes_with_all_above(regions: Regions, places: list[RegionReading], codes: tuple[str, ...]) -> None:
    assert region_codes(places, regions) == codes


def test_countries_are_iso_codes(taxonomy: Taxonomy, regions: Regions) -> None:
    found = reading("a", regions=(place(nuts="EL30"), place(country="DE"), place(nuts="DE300")))
    assert made(taxonomy, regions, [posting("a")], [found]).countries == ("GR", "DE")


@pytest.mark.parametrize(("isco", "codes"), [("2512", ("2", "25", "251", "2512")), ("25", ("2", "25")), ("", ()), (None, ())])
def test_isco_codes_with_all_above(isco: str | None, codes: tuple[str, ...]) -> None:
    assert isco_codes(isco) == codes


def test_the_taxonomy_gives_the_isco_code_that_a_reading_lacks(taxonomy: Taxonomy, regions: Regions) -> None:
    uri = next(uri for uri in taxonomy.uris(ConceptType.OCCUPATION) if taxonomy.isco_of(uri))
    document = made(taxonomy, regions, [posting("a")], [reading("a", occupations=(occupation(uri, None),))])
    assert document.isco == isco_codes(taxonomy.isco_of(uri))


def test_documents_of_a_lake(taxonomy: Taxonomy, regions: Regions, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    lake = Lake.open(tmp_path)
    for name in ("a", "b", "c"):
        lake.upsert_postings(f"board-{name}", [posting(name, title=name)], run_id="r", seen_at=SEEN, complete=True)
    lake.upsert_enriched(
        [
            reading("a", taxonomy=str(taxonomy.ref), public_title="a"),
            reading("b", taxonomy=str(taxonomy.ref), public_title="b"),
            reading("c", taxonomy="esco:9", public_title="c"),
        ]
    )
    lake.replace_vacancies([vacancy("a", "b"), vacancy("c", gone_at=SEEN)])
    with caplog.at_level(logging.WARNING):
        documents = {document.title: document for document in documents_from_lake(lake, taxonomy, regions, pipeline="1")}
    assert {title: (document.text, document.open) for title, document in documents.items()} == {
        "a": ("Call *** ***", True),
        "": ("", False),
    }
    assert "1 vacancies are indexed without title, text" in caplog.text


@pytest.mark.parametrize(
    ("marks", "quality"),
    [
        ({}, "full"),
        ({"description_is_excerpt": True}, "excerpt"),
        ({"is_guessed": True}, "guessed"),
        ({"is_guessed": True, "description_is_excerpt": True}, "guessed"),
    ],
    ids=["full", "excerpt", "guessed", "both"],
)
def test_a_document_says_what_it_was_read_from(taxonomy: Taxonomy, regions: Regions, marks: dict[str, bool], quality: str) -> None:
    """The text is that of the posting that was read, here the copy."""
    postings = [posting("own", is_guessed=not marks.get("is_guessed", False)), posting("copy", **marks)]
    document = to_document(vacancy("own", "copy"), postings, [reading("copy")], taxonomy=taxonomy, regions=regions)
    assert document.text_quality == quality
