"""Traps of BambooHR, Rippling, Pinpoint, Oracle, Eightfold, Phenom, iCIMS, Jobvite, Paylocity and NEOGOV.

What they answer when all is well stands in `recorded/`.
"""

from __future__ import annotations

import json
from datetime import date

import pytest

from crawlers.page_parsers import (
    bamboohr,
    eightfold,
    icims,
    jobvite,
    neogov,
    oracle_orc,
    paylocity,
    phenom,
    pinpoint,
    rippling,
)
from crawlers.page_parsers.page_reading import PageParser, PageReading
from crawlers.platforms.oracle_orc import list_address
from crawlers.registry import spider_for
from vacancies.error import RecordInvalid
from vacancies.source import Source

BAMBOOHR = "https://board.example/careers/list"
OPENING = "https://board.example/careers/1/detail"
RIPPLING = "https://board.example/platform/api/ats/v1/board/acme/jobs"
ORACLE = "https://board.example/hcmRestApi/resources/latest/recruitingCEJobRequisitions?finder=findReqs;siteNumber=CX_1"
DETAILS = "https://board.example/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails?finder=ById;Id=%221%22,siteNumber=CX_1"
EIGHTFOLD = "https://board.example/api/apply/v2/jobs?domain=acme.com"
PCSX = "https://board.example/api/pcsx/search?domain=acme.com&start=0"
PHENOM = "https://board.example/global/en/search-results?from=0"
ICIMS = "https://board.example/jobs/search?ss=1&in_iframe=1&pr=0"
JOBVITE = "https://board.example/acme/jobs/viewall"
PAYLOCITY = "https://board.example/recruiting/jobs/All/guid"
FEED = "https://board.example/feed.xml"


def _read(parser: PageParser, url: str, body: object) -> PageReading:
    return parser((body if isinstance(body, str) else json.dumps(body)).encode(), url, countries=("US",))


def _page_data(*jobs: object) -> str:
    return f"<html><script>window.pageData = {json.dumps({'Jobs': jobs, 'ModuleTitle': 'Acme'})};</script></html>"


def _phenom(answer: object) -> str:
    return f"<html><script>var phApp = phApp || {{}}; phApp.ddo = {json.dumps(answer)}; phApp.x = {{}};</script></html>"


@pytest.mark.parametrize(
    ("parser", "url", "body", "reason"),
    [
        pytest.param(bamboohr.parse, BAMBOOHR, "<html></html>", "broken_json", id="bamboohr, the page of another site"),
        pytest.param(bamboohr.parse, BAMBOOHR, '{"error":"x"}', "unexpected_shape", id="bamboohr, an error"),
        pytest.param(rippling.parse, RIPPLING, '{"error_code":"RESOURCE_NOT_FOUND"}', "unexpected_shape", id="rippling, unknown board"),
        pytest.param(pinpoint.parse, FEED, '{"data":null}', "unexpected_shape", id="pinpoint, no list"),
        pytest.param(oracle_orc.parse, ORACLE, '{"items":[]}', "unexpected_shape", id="oracle, no list"),
        pytest.param(oracle_orc.parse, ORACLE, '{"items":[{"SearchId":1}]}', "unexpected_shape", id="oracle, list not expanded"),
        pytest.param(eightfold.parse, EIGHTFOLD, '{"message":"Not authorized for PCSX"}', "unexpected_shape", id="eightfold, refused"),
        pytest.param(phenom.parse, PHENOM, "<html></html>", "unexpected_shape", id="phenom, a page without data"),
        pytest.param(
            phenom.parse, PHENOM, _phenom({"refineSearch": {"tokenAvailable": True}}), "unexpected_shape", id="phenom, no search's answer"
        ),
        pytest.param(phenom.parse, PHENOM, "<script>phApp.ddo = {'a': 1};</script>", "broken_json", id="phenom, no JSON"),
        pytest.param(
            icims.parse, ICIMS, "<script>window.top.location.href='https://x.example/'</script>", "unexpected_shape", id="icims, moved"
        ),
        pytest.param(
            icims.parse,
            ICIMS,
            '<div class="iCIMS_Outer"><iframe id="icims_content_iframe"></iframe></div>',
            "unexpected_shape",
            id="icims, a frame",
        ),
        pytest.param(jobvite.parse, JOBVITE, "<html><p>Sorry</p></html>", "unexpected_shape", id="jobvite, a page of another site"),
        pytest.param(paylocity.parse, PAYLOCITY, "<html><h1>Job Not Found</h1></html>", "unexpected_shape", id="paylocity, unknown guid"),
        pytest.param(paylocity.parse, PAYLOCITY, "<script>window.pageData = {};</script>", "unexpected_shape", id="paylocity, no list"),
        pytest.param(neogov.parse, FEED, "<html><body>Not found</body></html>", "not_a_feed", id="neogov, a page"),
    ],
)
def test_an_answer_of_another_form_is_no_empty_board(parser: PageParser, url: str, body: str, reason: str) -> None:
    with pytest.raises(RecordInvalid) as caught:
        parser(body.encode(), url)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("parser", "url", "body"),
    [
        pytest.param(bamboohr.parse, BAMBOOHR, {"meta": {"totalCount": 0}, "result": []}, id="bamboohr"),
        pytest.param(rippling.parse, RIPPLING, [], id="rippling"),
        pytest.param(pinpoint.parse, FEED, {"data": []}, id="pinpoint"),
        pytest.param(oracle_orc.parse, ORACLE, {"items": [{"TotalJobsCount": 0, "requisitionList": []}]}, id="oracle"),
        pytest.param(eightfold.parse, EIGHTFOLD, {"positions": [], "count": 0}, id="eightfold"),
        pytest.param(phenom.parse, PHENOM, _phenom({"eagerLoadRefineSearch": {"totalHits": 0, "data": {}}}), id="phenom"),
        pytest.param(icims.parse, ICIMS, '<div class="iCIMS_Message">No jobs match.</div>', id="icims"),
        pytest.param(jobvite.parse, JOBVITE, '<div class="jv-page">No jobs</div>', id="jobvite"),
        pytest.param(paylocity.parse, PAYLOCITY, _page_data(), id="paylocity"),
        pytest.param(neogov.parse, FEED, '<rss version="2.0"><channel><title>Acme</title></channel></rss>', id="neogov"),
    ],
)
def test_an_empty_board_is_read(parser: PageParser, url: str, body: object) -> None:
    reading = _read(parser, url, body)
    assert (reading.drafts, reading.details, reading.rejected, reading.next_page, reading.gap) == ((), (), (), None, None)


@pytest.mark.parametrize(
    ("parser", "url", "body", "reasons"),
    [
        pytest.param(bamboohr.parse, BAMBOOHR, {"result": [{"jobOpeningName": "A"}, None]}, ["no_identity"] * 2, id="bamboohr"),
        pytest.param(bamboohr.parse, OPENING, {"result": {"jobOpening": {"description": None, "id": 1}}}, ["no_text"], id="bamboohr, bare"),
        pytest.param(rippling.parse, RIPPLING, [{"name": "A"}, "B"], ["no_identity"] * 2, id="rippling"),
        pytest.param(rippling.parse, RIPPLING, {"uuid": "1", "description": {}}, ["no_text"], id="rippling, bare"),
        pytest.param(pinpoint.parse, FEED, {"data": [None, {"title": "A"}]}, ["unexpected_shape", "no_identity"], id="pinpoint"),
        pytest.param(oracle_orc.parse, ORACLE, {"items": [{"requisitionList": [{"Title": "A"}]}]}, ["no_identity"], id="oracle"),
        pytest.param(oracle_orc.parse, DETAILS, {"items": [{"Id": "1"}]}, ["no_text"], id="oracle, bare"),
        pytest.param(eightfold.parse, EIGHTFOLD, {"positions": [{"name": "A"}, 7]}, ["no_identity", "unexpected_shape"], id="eightfold"),
        pytest.param(
            phenom.parse,
            PHENOM,
            _phenom({"eagerLoadRefineSearch": {"data": {"jobs": [{"title": "A"}, None]}}}),
            ["no_identity"] * 2,
            id="phenom",
        ),
        pytest.param(paylocity.parse, PAYLOCITY, _page_data({"JobTitle": "A"}, None), ["no_identity", "unexpected_shape"], id="paylocity"),
    ],
)
def test_a_record_that_cannot_be_read_is_rejected(parser: PageParser, url: str, body: object, reasons: list[str]) -> None:
    reading = _read(parser, url, body)
    assert [rejected.reason for rejected in reading.rejected] == reasons
    assert (reading.drafts, reading.details) == ((), ())


@pytest.mark.parametrize(
    ("parser", "url", "body", "withdrawn"),
    [
        pytest.param(bamboohr.parse, OPENING, {"result": {"jobOpening": {"jobOpeningStatus": "Filled"}}}, "1", id="bamboohr, filled"),
        pytest.param(rippling.parse, RIPPLING, {"uuid": "1", "unlistedFromSearch": True}, "1", id="rippling, not listed"),
        pytest.param(oracle_orc.parse, DETAILS, {"items": [], "count": 0}, "1", id="oracle, closed meanwhile"),
        pytest.param(paylocity.parse, PAYLOCITY, _page_data({"JobId": 1, "IsInternal": True}), "1", id="paylocity, internal"),
    ],
)
def test_what_the_board_does_not_show_is_withdrawn(parser: PageParser, url: str, body: object, withdrawn: str) -> None:
    reading = _read(parser, url, body)
    assert (reading.withdrawn, reading.drafts, reading.details, reading.rejected) == ((withdrawn,), (), (), ())


def _first_place(reading: PageReading) -> tuple[str | None, str | None, str | None]:
    place = reading.drafts[0].job_locations[0]
    return place.text, place.locality, place.country


@pytest.mark.parametrize(
    ("record", "field", "expected"),
    [
        ({"locationType": "0", "isRemote": None}, "telecommute", None),
        ({"locationType": "2"}, "telecommute", None),
        ({"locationType": 1}, "telecommute", True),
        ({"compensation": None}, "base_salary", None),
        ({"location": None, "atsLocation": []}, "job_locations", ()),
        ({"employmentStatusLabel": "Salaried, Full-Time"}, "employment_type", ("FULL_TIME",)),
        ({"datePosted": "0000-00-00"}, "date_posted", None),
    ],
)
def test_bamboohr_values(record: dict[str, object], field: str, expected: object) -> None:
    (draft,) = _read(bamboohr.parse, OPENING, {"result": {"jobOpening": {"jobOpeningName": "T"} | record}}).drafts
    assert getattr(draft, field) == expected


@pytest.mark.parametrize(
    ("labels", "place", "is_remote"),
    [
        (["Remote (United States)"], ("Remote (United States)", None, "US"), True),
        (["Remote (Austin, TX, US)", "Remote (Ohio, US)"], ("Remote (Austin, TX, US)", "Austin", "US"), True),
        (["Hybrid (Berlin, Germany)"], ("Hybrid (Berlin, Germany)", None, "DE"), None),
        (["Boulder, CO", "Remote (Ohio, US)"], ("Boulder, CO", "Boulder", "US"), None),
    ],
)
def test_rippling_places(labels: list[str], place: tuple[str | None, ...], is_remote: bool | None) -> None:
    reading = _read(rippling.parse, RIPPLING, {"uuid": "1", "name": "T", "workLocations": labels})
    assert (_first_place(reading), reading.drafts[0].telecommute) == (place, is_remote)


def test_rippling_pay_of_another_currency_is_noted_and_left_out() -> None:
    bands = [(50, 60, "USD"), (0, 70, "USD"), (40, 45, "CAD")]
    ranges = [{"rangeStart": low, "rangeEnd": high, "currency": money, "frequency": "HOUR"} for low, high, money in bands]
    reading = _read(rippling.parse, RIPPLING, {"uuid": "1", "name": "T", "payRangeDetails": [*ranges, None]})
    salary = reading.drafts[0].base_salary
    assert salary is not None
    assert (salary.min_value, salary.max_value, salary.currency, salary.period) == (50, 70, "USD", "HOUR")
    assert [name for name, _ in reading.unread] == ["base_salary"]


@pytest.mark.parametrize(
    ("record", "field", "expected"),
    [
        ({"compensation_visible": False, "compensation_minimum": 5, "compensation": "£5"}, "base_salary", None),
        ({"compensation_minimum": 0, "compensation_maximum": 0}, "base_salary", None),
        ({"location": None}, "job_locations", ()),
        ({"description": None, "benefits": [1]}, "description", ""),
        ({"deadline_at": None}, "valid_through", None),
    ],
)
def test_pinpoint_values(record: dict[str, object], field: str, expected: object) -> None:
    (draft,) = _read(pinpoint.parse, FEED, {"data": [{"id": 1, "title": "T"} | record]}).drafts
    assert getattr(draft, field) == expected


@pytest.mark.parametrize(
    ("record", "field", "expected"),
    [
        ({"WorkplaceTypeCode": "ORA_REMOTE"}, "telecommute", True),
        ({"WorkplaceTypeCode": "ORA_ONSITE"}, "telecommute", False),
        ({"WorkplaceTypeCode": "", "WorkplaceType": "Hybrid"}, "telecommute", None),
        ({"Language": "XX"}, "language", None),
        ({"ShortDescriptionStr": "Teaser", "ExternalDescriptionStr": "<p>All</p>"}, "description_is_excerpt", False),
        ({"requisitionFlexFields": [None, {"Prompt": "Payroll area", "Value": "7"}]}, "base_salary", None),
        ({"secondaryLocations": [None], "PrimaryLocation": None}, "job_locations", ()),
    ],
)
def test_oracle_values(record: dict[str, object], field: str, expected: object) -> None:
    (draft,) = _read(oracle_orc.parse, DETAILS, {"items": [{"Id": 1, "Title": "T"} | record]}).drafts
    assert getattr(draft, field) == expected


@pytest.mark.parametrize(
    ("address", "site", "offset"),
    [
        ("https://a.example/hcmUI/CandidateExperience/en/sites/CX_1001", "CX_1001", 0),
        ("https://a.example/hcmUI/CandidateExperience/en/sites/CX_1001/requisitions?keyword=x", "CX_1001", 100),
        ("https://a.example/hcmRestApi/resources/latest/recruitingCEJobRequisitions?finder=findReqs;siteNumber=CX_7,offset=9", "CX_7", 5),
        ("https://a.example/", "CX", 0),
    ],
)
def test_an_oracle_site_s_address_leads_to_its_list(address: str, site: str, offset: int) -> None:
    found = list_address(address, offset=offset)
    assert found.startswith("https://a.example/hcmRestApi/resources/latest/recruitingCEJobRequisitions?")
    assert f"siteNumber={site},limit=100,offset={offset}," in found


def test_eightfold_s_newer_list_and_position_are_read() -> None:
    position = {"id": 5, "name": "T", "locations": ["Lyon, France"], "postedTs": 1785801600, "positionUrl": "/careers/job/5"}
    listing = _read(eightfold.parse, PCSX, {"status": 200, "data": {"count": 1, "positions": [position]}})
    assert ([link.url for link in listing.details], listing.stated_total) == (
        ["https://board.example/api/pcsx/position_details?position_id=5&domain=acme.com"],
        1,
    )
    (draft,) = _read(eightfold.parse, listing.details[0].url, {"data": position | {"jobDescription": "<p>Text</p>"}}).drafts
    assert (draft.url, draft.date_posted, draft.description) == ("https://board.example/careers/job/5", date(2026, 8, 4), "<p>Text</p>")


@pytest.mark.parametrize(
    ("page", "text", "upcoming"),
    [
        (0, "Search Results Page Page 1 of 2", "1"),
        (1, "Search Results Page Page 2 of 2", None),
        (0, "", None),
        (0, '<a href="/jobs/search?ss=1&pr=1">2</a>', "1"),
        (1, '<a href="/jobs/search?ss=1&pr=0">1</a>', None),
    ],
)
def test_a_page_of_icims_names_the_next(page: int, text: str, upcoming: str | None) -> None:
    body = f'<a class="iCIMS_Anchor" href="/jobs/1/cook/job">Cook</a><a href="/jobs/1/cook/login">Apply</a>{text}'
    reading = _read(icims.parse, ICIMS.replace("pr=0", f"pr={page}"), body)
    assert ([link.url for link in reading.details], reading.next_page) == (["https://board.example/jobs/1/cook/job?in_iframe=1"], upcoming)


def test_a_job_s_page_without_jobposting_and_one_that_is_broken() -> None:
    with pytest.raises(RecordInvalid) as caught:
        _read(jobvite.parse, "https://board.example/acme/job/oAb1cfwA", "<html><h1>Gone</h1></html>")
    assert caught.value.reason == "no_jobposting"
    broken = '<script type="application/ld+json">{"@type": "JobPosting", "title": </script>'
    (rejected,) = _read(phenom.parse, "https://board.example/en/job/A%2FB", broken).rejected
    assert (rejected.reason, rejected.native_id, rejected.url) == ("broken_json_ld", "A/B", "https://board.example/en/job/A%2FB")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"ShouldDisplayLocation": False, "JobLocation": {"City": "Ulm"}}, ()),
        ({"JobLocation": None, "LocationName": "Boise, ID"}, ("Boise, ID",)),
        ({"JobLocation": {"City": "Ulm", "Country": "DEU"}, "LocationName": "Hybrid"}, (None,)),
    ],
)
def test_paylocity_places(record: dict[str, object], expected: tuple[str | None, ...]) -> None:
    (draft,) = _read(paylocity.parse, PAYLOCITY, _page_data({"JobId": 1, "JobTitle": "T", "Description": "x"} | record)).drafts
    assert tuple(place.text for place in draft.job_locations) == expected


@pytest.mark.parametrize(
    ("platform", "address", "first"),
    [
        ("bamboohr", "acme", "https://acme.bamboohr.com/careers/list"),
        ("rippling", "acme", "https://api.rippling.com/platform/api/ats/v1/board/acme/jobs"),
        ("pinpoint", "acme", "https://acme.pinpointhq.com/postings.json"),
        ("eightfold", "acme", "https://acme.eightfold.ai/api/apply/v2/jobs?domain=acme.com&start=0&num=10&sort_by=timestamp"),
        (
            "eightfold",
            "https://x.example/api/pcsx/search?domain=a.com",
            "https://x.example/api/pcsx/search?domain=a.com&start=0&num=10&sort_by=timestamp",
        ),
        ("phenom", "https://x.example/us/en/search-results", "https://x.example/us/en/search-results?from=0&s=1"),
        ("icims", "careers-acme", "https://careers-acme.icims.com/jobs/search?ss=1&in_iframe=1&pr=0"),
        ("jobvite", "acme", "https://jobs.jobvite.com/acme/jobs/viewall"),
        ("paylocity", "guid", "https://recruiting.paylocity.com/recruiting/jobs/All/guid"),
        ("neogov", "acme", "https://www.governmentjobs.com/SearchEngine/JobsFeed?agency=acme"),
    ],
)
def test_a_row_s_address_leads_to_the_list(platform: str, address: str, first: str) -> None:
    source = Source(
        board="b-1",
        name="B",
        platform=platform,
        address=address,
        countries=("US",),
        languages=("en",),
        legal_basis="test",
        contact="crawler@pes.example",
        active_from=date(2020, 1, 1),
    )
    spider = spider_for(platform)
    assert spider.first_address(spider.__new__(spider), source) == first
