"""The parsers on answers recorded from real boards."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from pathlib import Path

import pytest

from crawlers.page_parsers import (
    adzuna,
    arbeitnow,
    ashby,
    bundesagentur,
    eures,
    feed_xml,
    france_travail,
    greenhouse,
    hackernews,
    himalayas,
    jobicy,
    jobposting_page,
    jobtech,
    lever,
    mpsv,
    personio,
    recruitee,
    reed,
    remoteok,
    remotive,
    smartrecruiters,
    teamtailor,
    themuse,
    workable,
    workday,
)
from crawlers.page_parsers.page_reading import PageParser, PageReading
from crawlers.registry import spider_for
from vacancies.posting_draft import draft_to_posting

FOLDER = os.environ.get("LABOURSCOPE_REFERENCE_DATA")
PAGE = jobposting_page.parse


def _comments(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read the thread's comments, which their publisher keeps in a list of his own."""
    return hackernews.parse(json.dumps({"children": json.loads(body)["jobs"]}).encode(), url)


def _each_of_the_list(parser: PageParser, key: str) -> PageParser:
    """Read a list's records as if each were the answer about one posting; those have the same fields, and the text."""

    def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
        readings = [parser(json.dumps(record).encode(), url) for record in json.loads(body)[key]]
        return PageReading(
            drafts=tuple(draft for reading in readings for draft in reading.drafts),
            rejected=tuple(rejected for reading in readings for rejected in reading.rejected),
        )

    return parse


SMART, WORKABLE = _each_of_the_list(smartrecruiters.parse, "content"), _each_of_the_list(workable.parse, "results")
WITHOUT_TEXT = {  # as recorded, or cut by their publisher
    "france_travail/offres_pole_emploi_2022.json",  # one of 148
    "personio/feed_personio.xml",
    "smartrecruiters/postings_list.sanitised.json",
    "smartrecruiters/postings_ubisoft.customfields_trimmed.json",
    "teamtailor/jobs.json_feed.trimmed.json",
    "workable/v3_accounts_european-dynamics_page1.json",
    "workable/widget_zaelab.trimmed.json",
}


def _offers(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read the offers, which their publisher keeps without the answer around them."""
    return france_travail.parse(json.dumps({"resultats": json.loads(body)}).encode(), url)


WWR = spider_for("weworkremotely").reader().parse
pytestmark = [pytest.mark.reference, pytest.mark.skipif(not FOLDER, reason="LABOURSCOPE_REFERENCE_DATA is not set")]


@pytest.mark.parametrize(
    ("parser", "name", "postings", "first"),
    [
        (greenhouse.parse, "greenhouse/jobs_content_true_amplitude.json", 2, ("8636903002", "Amplitude", "GB", "2026-07-16", None)),
        (jobtech.parse, "jobtech_se/search_response_85hits.json", 85, ("30016621", "REGION SÖRMLAND", "SE", "2025-09-11", None)),
        (
            PAGE,
            "html_pages/cvkeskus_detail.jsonld_graph.desc_trimmed.html",
            1,
            (None, "Bolt Technology OÜ", "EE", "2026-08-26", None),
        ),
        (PAGE, "html_pages/example_reed_ad.html", 1, (None, "NonStop Consulting Ltd", "GB", "2020-11-09", 52000.0)),
        (WWR, "weworkremotely/remote-programming-jobs.desc_trimmed.rss", 1, (None, "Toptal", None, "2026-09-10", None)),
        (feed_xml.parse, "neogov/jobs_rss.sanitised.xml", 2, ("410001", None, None, "2026-08-19", 135000.0)),
        (feed_xml.parse, "teamtailor/jobs_upcloud.rss", 1, ("d8938509-ff5a-4755-a5f7-5f89a0ac791e", None, "FI", "2026-09-04", None)),
        (adzuna.parse, "adzuna/search_us_2018.json", 2, ("770024743", "Springboard Auto", "US", "2018-03-01", None)),
        (
            arbeitnow.parse,
            "arbeitnow/job-board-api.desc_trimmed.json",
            2,
            ("senior-python-engineer-platform-libraries-munchen-363975", "Unitelabs", None, "2026-09-07", None),
        ),
        (
            himalayas.parse,
            "himalayas/jobs_api.desc_trimmed.json",
            1,
            ("https://himalayas.app/companies/abridge/jobs/it-operations-specialist", "abridge", "US", "2026-09-26", 100000.0),
        ),
        (jobicy.parse, "jobicy/remote-jobs.desc_trimmed.json", 2, ("152625", "Housecall Pro", "PL", "2026-09-06", 5300.0)),
        (reed.parse, "reed/job_detail_41416247.json", 1, ("41416247", "Investigo", None, "2020-11-20", 38000.0)),
        (remoteok.parse, "remoteok/api.desc_trimmed.json", 2, ("1137431", "Mercier Consultancy Group", None, "2026-09-24", None)),
        (remotive.parse, "remotive/remote-jobs.desc_trimmed.json", 1, ("2091141", "KoboToolbox", "US", "2026-09-18", 90000.0)),
        (themuse.parse, "themuse/job_2021.contents_trimmed.json", 1, ("6747012", "Paychex", None, "2021-09-03", None)),
        (
            lever.parse,
            "lever/postings_mode_json_idealistconsulting.json",
            2,
            ("a24ec4e5-5caa-473d-abd4-b71f09a8167b", None, "US", "2025-11-27", None),
        ),
        (
            ashby.parse,
            "ashby/posting-api_job-board_HighlightTA.json",
            2,
            ("90fb3621-899e-4b59-925d-25080ec91e18", None, "CA", "2026-04-20", None),
        ),
        (recruitee.parse, "recruitee/api_offers.sanitised.json", 2, ("2700825", "Acme", "DE", "2026-08-05", 60000.0)),
        (personio.parse, "personio/feed_personio.xml", 1, ("1834171", "Personio SE & Co. KG", None, "2024-11-13", None)),
        (SMART, "smartrecruiters/postings_list.sanitised.json", 1, ("743999671674844", "Knight Gayles", "US", "2018-06-08", None)),
        (
            SMART,
            "smartrecruiters/postings_ubisoft.customfields_trimmed.json",
            2,
            ("744000151912444", "Ubisoft", "CA", "2026-09-25", None),
        ),
        (WORKABLE, "workable/v3_accounts_european-dynamics_page1.json", 3, ("736464CD1B", None, "GR", "2026-09-04", None)),
        (
            workable.parse,
            "workable/widget_3e.same_job_three_locations.desc_trimmed.json",
            1,
            ("7CFC8D8302", "3E", "ES", "2026-07-15", None),
        ),
        (workable.parse, "workable/widget_zaelab.trimmed.json", 1, ("DD136DD7E7", "Zaelab", "ES", "2026-08-05", None)),
        (
            teamtailor.parse,
            "teamtailor/jobs.json_feed.trimmed.json",
            2,
            ("20fafb7d-f013-4061-b6de-2894b3e0838b", "Teamtailor", "ES", "2026-02-04", None),
        ),
        (teamtailor.parse, "teamtailor/jobs_upcloud.rss", 1, ("d8938509-ff5a-4755-a5f7-5f89a0ac791e", "UpCloud", "FI", "2026-09-04", None)),
        (
            workday.parse,
            "workday/cxs_job_detail_salesforce.desc_trimmed.json",
            1,
            ("f35ffb41a77b10013b33727556160000", "612 SFDC Australia Pty. Ltd.", "AU", "2026-09-09", None),
        ),
        (_offers, "france_travail/offres_pole_emploi_2022.json", 148, ("143KJGB", "SYNERGIE", "FR", "2022-11-01", 20148.0)),
        (france_travail.parse, "france_travail/search_response_2024.json", 6, ("177NMLT", None, "FR", "2024-07-08", None)),
        (
            france_travail.parse,
            "france_travail/offre_179PPHH_2024.contact_redacted.json",
            1,
            ("179PPHH", "ADEQUAT INTERIM", "FR", "2024-08-19", 1833.0),
        ),
        (eures.parse, "eures/detail_fr.json", 1, ("MTIwNDMwMzQgNDQx", None, "BE", "2026-09-04", None)),
        (_comments, "hackernews/whoishiring_10.json", 10, ("48027869", None, None, "2026-05-05", 150000.0)),
    ],
)
def test_recorded_answer(parser: PageParser, name: str, postings: int, first: tuple[object, ...]) -> None:
    reading = parser((Path(str(FOLDER)) / "boards" / name).read_bytes(), "https://board.example/page")
    assert (len(reading.drafts), reading.rejected) == (postings, ())
    read = [draft_to_posting(draft, board="board", parser="test/1") for draft in reading.drafts]
    assert len({posting.posting_id for posting in read}) == postings
    assert all(posting.title and posting.url for posting in read)
    assert all(posting.description_text for posting in read) is (name not in WITHOUT_TEXT)
    one = read[0]
    country = one.job_locations[0].country if one.job_locations else None
    low = one.base_salary.min_value if one.base_salary else None
    native_id = one.native_id if first[0] is not None else None
    assert (native_id, one.hiring_organization, country, str(one.date_posted), low) == first


@pytest.mark.parametrize(
    ("parser", "name", "total", "ends"),
    [
        (smartrecruiters.parse, "smartrecruiters/postings_list.sanitised.json", 1, ["/743999671674844"]),
        (
            smartrecruiters.parse,
            "smartrecruiters/postings_ubisoft.customfields_trimmed.json",
            310,
            ["/744000151912444", "/744000151872065"],
        ),
        (workable.parse, "workable/v3_accounts_european-dynamics_page1.json", 156, ["/736464CD1B", "/FE440E3CB2", "/1F9E69703D"]),
        (workday.parse, "workday/cxs_jobs_list_nvidia.json", 2000, ["Software-Engineering_JR2021061", "Solution-Engineering_JR2026094"]),
        (eures.parse, "eures/search_be.json", 31426, ["jv/id/MTIwNDMwMzQgNDQx?requestLang=fr", "jv/id/MTIwMDM4OTUgNDQx?requestLang=fr"]),
        (workday.parse, "workday/cxs_jobs_list_salesforce.trimmed.json", 2, ["PubSec---SLED-NGO_JR354232", "Local-Gov-_JR332446"]),
    ],
)
def test_recorded_list_names_its_postings(parser: PageParser, name: str, total: int, ends: list[str]) -> None:
    reading = parser((Path(str(FOLDER)) / "boards" / name).read_bytes(), "https://board.example/jobs")
    assert (reading.stated_total, reading.drafts, reading.rejected) == (total, (), ())
    assert [link.url.endswith(end) for link, end in zip(reading.details, ends, strict=True)] == [True] * len(ends)


def test_every_recorded_answer_of_a_platform_s_places_and_pay_is_read_to_the_last_value() -> None:
    """The trickiest of the recorded values, posting by posting."""
    folder = Path(str(FOLDER)) / "boards"
    merged = workable.parse(
        (folder / "workable/widget_3e.same_job_three_locations.desc_trimmed.json").read_bytes(), "https://x.example/"
    ).drafts[0]
    assert [(place.locality, place.region, place.country) for place in merged.job_locations] == [
        (None, None, "ES"),
        ("Seville", "Andalusia", "ES"),
        ("Málaga", "Andalusia", "ES"),
    ]
    hybrid = ashby.parse((folder / "ashby/posting-api_job-board_HighlightTA.json").read_bytes(), "https://x.example/").drafts[1]
    assert hybrid.telecommute is None  # isRemote says true, workplaceType Hybrid
    assert hybrid.base_salary is not None
    assert (hybrid.base_salary.min_value, hybrid.base_salary.max_value, hybrid.base_salary.currency, hybrid.base_salary.period) == (
        102800,
        137000,
        "CAD",
        "YEAR",
    )
    offices = personio.parse((folder / "personio/feed_personio.xml").read_bytes(), "https://personio.jobs.personio.com/xml").drafts[0]
    assert [place.text for place in offices.job_locations] == ["Munich", "Berlin"]
    assert (offices.url, offices.employment_type) == ("https://personio.jobs.personio.com/job/1834171", ("FULL_TIME", "PERMANENT"))


def test_the_partial_answers_of_the_bundesagentur_are_read() -> None:
    """The stored answers are cut: the search's has no total, the offer's neither number nor title nor text."""
    folder = Path(str(FOLDER)) / "boards/bundesagentur"
    search = bundesagentur.parse((folder / "v4_search_record_2025.partial.json").read_bytes(), "https://x.example/pc/v6/jobs")
    assert [link.url for link in search.details] == ["../v4/jobdetails/MTAwMDEtMTAwMTE0MzI5MS1T"]
    offer = bundesagentur.parse((folder / "v2_detail_record_2023.partial.json").read_bytes(), "https://x.example/").drafts[0]
    assert (offer.hiring_organization, str(offer.date_posted), str(offer.valid_through)) == (
        "hanfried Personaldienstleistungen GmbH",
        "2023-11-13",
        "2024-05-13",
    )
    assert (offer.employment_type, offer.industry) == (("FULL_TIME", "PERMANENT"), "Befristete Überlassung von Arbeitskräften")
    assert [category.label for category in offer.occupational_categories] == ["CNC-Fräser/in", "Zerspanungsmechaniker/in"]
    place = offer.job_locations[0]
    assert (place.locality, place.region, place.postal_code, place.country) == ("Oldenburg (Oldb)", "Niedersachsen", "26135", "DE")
    assert (place.latitude, place.longitude) == (53.121951, 8.2535709)


def test_an_offer_abroad_has_no_place_in_france() -> None:
    """France Travail's answer of 2022 holds one, with the post code and the point of its agency in Nantes."""
    body = (Path(str(FOLDER)) / "boards/france_travail/offres_pole_emploi_2022.json").read_bytes()
    reading = _offers(body, "https://x.example/")
    abroad = [draft for draft in reading.drafts if draft.job_locations[0].country != "FR"]
    assert [(draft.native_id, draft.job_locations[0].model_dump(exclude_none=True)) for draft in abroad] == [
        ("143KJFL", {"text": "Rome", "country": "IT"})
    ]
    assert reading.unread == (("job_locations", "Rome (IT) with post code 44000"),)
    salaries = [draft.base_salary for draft in reading.drafts if draft.base_salary and draft.base_salary.min_value]
    assert len(salaries) == 137
    assert {salary.currency for salary in salaries} <= {"EUR", None}


def test_the_recorded_vacancies_of_the_czech_labour_office_are_read() -> None:
    """Three of the five state no address; all have a place, a pay from so much a month, and an occupation by code."""
    body = (Path(str(FOLDER)) / "boards/mpsv_cz/volna-mista_5_records.json").read_bytes()
    reading = mpsv.parse(body, "https://x.example/")
    assert (len(reading.drafts), reading.rejected, reading.unread) == (5, (), ())
    read = [
        (draft.native_id, draft.employment_type, draft.work_hours, draft.job_locations[0].postal_code, draft.total_job_openings)
        for draft in reading.drafts
    ]
    assert read == [
        ("66861192", ("FULL_TIME",), "40 hodin týdně", "78353", 2),
        ("66880111", ("FULL_TIME",), "40 hodin týdně", "37010", 10),
        ("66880766", ("FULL_TIME",), None, "51401", 10),
        ("66864133", ("PART_TIME",), "30 hodin týdně", "61500", 1),
        ("66880621", ("FULL_TIME",), "40 hodin týdně", "61900", 10),
    ]
    pay = [draft.base_salary for draft in reading.drafts]
    assert [(stated.min_value, stated.max_value, stated.currency, stated.period) for stated in pay if stated] == [
        (amount, None, "CZK", "MONTH") for amount in (19500, 21500, 21500, 18000, 21500)
    ]
    assert {category.code for draft in reading.drafts for category in draft.occupational_categories} == {"83221"}
    assert str(reading.drafts[3].valid_through) == "2022-11-08"


def test_skills_and_terms_of_jobtech_are_read() -> None:
    """The service lists skills as objects with a label, and says how long the employment lasts."""
    body = (Path(str(FOLDER)) / "boards/jobtech_se/search_response_85hits.json").read_bytes()
    hits = {hit["id"]: hit for hit in json.loads(body)["hits"]}
    drafts = jobtech.parse(body, "https://x.example/").drafts
    for draft in drafts:
        hit = hits[str(draft.native_id)]
        labels = [skill["label"] for key in ("must_have", "nice_to_have") for skill in hit[key]["skills"]]
        assert list(draft.skills) == [" ".join(label.split()) for label in labels]
        duration = (hit["duration"] or {}).get("label")
        assert ("PERMANENT" in draft.employment_type) is (duration == "Tills vidare")
        assert ("TEMPORARY" in draft.employment_type) is (duration not in (None, "Tills vidare"))
    assert any(draft.skills for draft in drafts)
