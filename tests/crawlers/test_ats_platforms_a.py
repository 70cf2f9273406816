"""Traps of Lever, Ashby, SmartRecruiters, Workable, Recruitee, Personio, Teamtailor, Workday and JSON Feeds.

What they answer when all is well stands in `recorded/`.
"""

from __future__ import annotations

import json
from datetime import date

import pytest

from crawlers.page_parsers import ashby, json_feed, lever, personio, recruitee, smartrecruiters, teamtailor, workable, workday
from crawlers.page_parsers.page_reading import PageParser
from crawlers.page_parsers.same_posting import one_per_id
from vacancies.error import RecordInvalid
from vacancies.posting import JobLocation
from vacancies.posting_draft import PostingDraft

URL = "https://board.example/wday/cxs/acme/External/jobs"


@pytest.mark.parametrize(
    ("parser", "body", "reason"),
    [
        pytest.param(lever.parse, '{"ok":false,"error":"Document not found"}', "unexpected_shape", id="lever, unknown site"),
        pytest.param(lever.parse, "<html></html>", "broken_json", id="lever, a page"),
        pytest.param(ashby.parse, "<!doctype html><html></html>", "broken_json", id="ashby, the page that any name has"),
        pytest.param(ashby.parse, '{"apiVersion":"1"}', "unexpected_shape", id="ashby, no list"),
        pytest.param(smartrecruiters.parse, '{"message":"Not found"}', "unexpected_shape", id="smartrecruiters, an error"),
        pytest.param(smartrecruiters.parse, '{"content":null}', "unexpected_shape", id="smartrecruiters, no list"),
        pytest.param(workable.parse, '{"name":null}', "unexpected_shape", id="workable, no list"),
        pytest.param(workable.parse, '{"results":{}}', "unexpected_shape", id="workable, no list of results"),
        pytest.param(recruitee.parse, "[]", "unexpected_shape", id="recruitee, a bare list"),
        pytest.param(personio.parse, "<html><body/></html>", "unexpected_shape", id="personio, a page"),
        pytest.param(personio.parse, "<workzag-jobs><position>", "broken_xml", id="personio, cut off"),
        pytest.param(personio.parse, "", "broken_xml", id="personio, nothing"),
        pytest.param(teamtailor.parse, '{"version":"https://jsonfeed.org/version/1.1"}', "unexpected_shape", id="teamtailor, no items"),
        pytest.param(teamtailor.parse, "<html><body>Not found</body></html>", "not_a_feed", id="teamtailor, a page"),
        pytest.param(json_feed.parse, '{"version":"2.0","items":[]}', "not_a_feed", id="json feed, of another kind"),
        pytest.param(workday.parse, '{"errorCode":"HTTP_422","message":""}', "unexpected_shape", id="workday, unknown site"),
        pytest.param(workday.parse, "[]", "unexpected_shape", id="workday, a bare list"),
    ],
)
def test_an_answer_of_another_form_is_no_empty_board(parser: PageParser, body: str, reason: str) -> None:
    with pytest.raises(RecordInvalid) as caught:
        parser(body.encode(), URL)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("parser", "body"),
    [
        pytest.param(lever.parse, "[]", id="lever"),
        pytest.param(ashby.parse, '{"jobs":[],"apiVersion":"1"}', id="ashby"),
        pytest.param(smartrecruiters.parse, '{"offset":0,"limit":100,"totalFound":0,"content":[]}', id="smartrecruiters"),
        pytest.param(workable.parse, '{"name":"Acme","description":null,"jobs":[]}', id="workable"),
        pytest.param(workable.parse, '{"total":0,"results":[]}', id="workable, list"),
        pytest.param(recruitee.parse, '{"offers":[]}', id="recruitee"),
        pytest.param(personio.parse, "<workzag-jobs/>", id="personio"),
        pytest.param(teamtailor.parse, '{"version":"https://jsonfeed.org/version/1.1","title":"Acme","items":[]}', id="teamtailor"),
        pytest.param(workday.parse, '{"total":0,"jobPostings":[],"facets":[]}', id="workday"),
    ],
)
def test_an_empty_board_is_read(parser: PageParser, body: str) -> None:
    reading = parser(body.encode(), URL)
    assert (reading.drafts, reading.details, reading.rejected, reading.next_page, reading.gap) == ((), (), (), None, None)


@pytest.mark.parametrize(
    ("parser", "body", "reasons"),
    [
        pytest.param(lever.parse, [{"text": "No id"}, None, 7], ["no_identity", "unexpected_shape", "unexpected_shape"], id="lever"),
        pytest.param(ashby.parse, {"jobs": [{"title": "No id", "isListed": False}]}, ["no_identity"], id="ashby"),
        pytest.param(smartrecruiters.parse, {"content": [{}, None]}, ["no_identity", "no_identity"], id="smartrecruiters"),
        pytest.param(workable.parse, {"jobs": [None, {"title": "No code"}]}, ["unexpected_shape", "no_identity"], id="workable"),
        pytest.param(workable.parse, {"results": [{"title": "No code"}]}, ["no_identity"], id="workable, list"),
        pytest.param(recruitee.parse, {"offers": [{"title": "No id"}]}, ["no_identity"], id="recruitee"),
        pytest.param(workday.parse, {"jobPostings": [{"title": "No path"}]}, ["no_identity"], id="workday"),
        pytest.param(workday.parse, {"jobPostingInfo": None}, ["unexpected_shape"], id="workday, a detail that holds nothing"),
    ],
)
def test_a_record_that_cannot_be_read_is_rejected(parser: PageParser, body: object, reasons: list[str]) -> None:
    reading = parser(json.dumps(body).encode(), URL)
    assert [rejected.reason for rejected in reading.rejected] == reasons
    assert reading.drafts == ()


@pytest.mark.parametrize(
    ("parser", "record", "field", "expected"),
    [
        (lever.parse, {"createdAt": 1788220800000}, "date_posted", date(2026, 9, 1)),  # milliseconds
        (lever.parse, {"createdAt": 1788220800}, "date_posted", date(2026, 9, 1)),  # seconds
        (lever.parse, {"salaryRange": {"min": 0, "max": 0, "currency": "EUR"}}, "base_salary", None),
        (lever.parse, {"workplaceType": "unspecified"}, "telecommute", None),
        (lever.parse, {"categories": {"location": "Athens, GA", "allLocations": None}, "country": "US"}, "job_locations", "US"),
        (lever.parse, {"categories": {"location": "Tbilisi, Georgia"}, "country": "GE"}, "job_locations", "GE"),
        (lever.parse, {"categories": None}, "job_locations", ()),
        (ashby.parse, {"isRemote": False, "workplaceType": None}, "telecommute", None),
        (ashby.parse, {"isRemote": True, "workplaceType": "Hybrid"}, "telecommute", None),
        (ashby.parse, {"compensation": {"summaryComponents": [{"compensationType": "Bonus", "minValue": 1}]}}, "base_salary", None),
        (ashby.parse, {"address": [None], "location": "Lyon, France"}, "job_locations", "FR"),
        (recruitee.parse, {"salary": {"min": "0", "max": None, "period": "hour"}}, "base_salary", None),
        (recruitee.parse, {"locations": [None], "city": None}, "job_locations", ()),
        (recruitee.parse, {"remote": True, "on_site": True}, "telecommute", None),
        (recruitee.parse, {"translations": {"de": {"title": "A"}, "fr": {"title": "B"}}, "title": "A"}, "language", "de"),
        (recruitee.parse, {"translations": {"de": {"title": "A"}, "fr": {"title": "A"}}, "title": "A"}, "language", None),
        (recruitee.parse, {"translations": []}, "language", None),
        (recruitee.parse, {"min_hours_per_week": "0", "max_hours_per_week": None}, "work_hours", None),
        (smartrecruiters.parse, {"location": {"remote": False}}, "telecommute", None),
        (smartrecruiters.parse, {"location": {"remote": True, "hybrid": True}}, "telecommute", None),
        (smartrecruiters.parse, {"location": {"city": "Rom", "latitude": "0", "longitude": "0", "country": "it"}}, "job_locations", "IT"),
        (workable.parse, {"telecommuting": False}, "telecommute", None),
        (workable.parse, {"locations": [None], "country": "Malta"}, "job_locations", "MT"),
        (workday.parse, {"postedOn": "Posted 30+ Days Ago"}, "date_posted", None),
        (workday.parse, {"location": "2 Locations"}, "job_locations", None),
    ],
)
def test_a_value_is_read_as_it_is_meant(parser: PageParser, record: dict[str, object], field: str, expected: object) -> None:
    whole = {"id": "1", "shortcode": "1", "title": "T", "text": "T", "name": "T"} | record
    bodies = {
        lever.parse: [whole],
        ashby.parse: {"jobs": [whole]},
        recruitee.parse: {"offers": [whole]},
        workable.parse: {"jobs": [whole]},
        workday.parse: {"jobPostingInfo": whole},
    }
    (draft,) = parser(json.dumps(bodies.get(parser, whole)).encode(), URL).drafts
    value = getattr(draft, field)
    if field == "job_locations" and expected != ():
        value = value[0].country
    assert value == expected


@pytest.mark.parametrize(
    ("parser", "body"),
    [
        pytest.param(ashby.parse, {"jobs": [{"id": "1", "title": "T", "isListed": False}]}, id="ashby, unlisted"),
        pytest.param(recruitee.parse, {"offers": [{"id": 1, "title": "T", "status": "archived"}]}, id="recruitee, archived"),
        pytest.param(smartrecruiters.parse, {"id": "1", "name": "T", "active": False}, id="smartrecruiters, not active"),
        pytest.param(workable.parse, {"shortcode": "1", "title": "T", "state": "closed"}, id="workable, closed"),
        pytest.param(workable.parse, {"shortcode": "1", "title": "T", "isInternal": True}, id="workable, internal"),
        pytest.param(workday.parse, {"jobPostingInfo": {"id": "1", "title": "T", "posted": False}}, id="workday, not posted"),
    ],
)
def test_what_the_board_does_not_show_is_withdrawn(parser: PageParser, body: object) -> None:
    reading = parser(json.dumps(body).encode(), URL)
    assert (reading.withdrawn, reading.drafts, reading.rejected) == (("1",), (), ())


def test_records_of_one_id_become_one_posting_with_all_places() -> None:
    told: list[tuple[str, str]] = []
    ghent, lyon = JobLocation(locality="Ghent"), JobLocation(locality="Lyon")
    drafts = one_per_id(
        [
            PostingDraft(native_id="1", title="Cook", job_locations=(ghent,)),
            PostingDraft(native_id="2", title="Cook"),
            PostingDraft(native_id="1", title="Chef", job_locations=(lyon, ghent), telecommute=False),
            PostingDraft(title="Cook"),
            PostingDraft(title="Cook"),
        ],
        lambda field, value: told.append((field, value)),
    )
    assert [(draft.native_id, draft.title) for draft in drafts] == [("1", "Cook"), ("2", "Cook"), (None, "Cook"), (None, "Cook")]
    assert (drafts[0].job_locations, drafts[0].telecommute) == ((ghent, lyon), False)
    assert told == [("title", "Chef")]
