"""Traps of Lever, Ashby, SmartRecruiters, Workable, Recruitee, Personio, Teamtailor, Workday and JSON Feeds.

What they answer when all is well stands in `recorded/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.collect import crawl
from crawlers.job import CrawlOptions
from crawlers.page_parsers import ashby, json_feed, lever, personio, recruitee, smartrecruiters, teamtailor, workable, workday
from crawlers.page_parsers.page_reading import PageParser
from crawlers.page_parsers.same_posting import one_per_id
from crawlers.page_parsers.workday_slices import Facet, Question, facets_of, postings_counted, split
from crawlers.platforms.workday import list_address
from crawlers.report import BoardReport
from crawlers.sample_boards.exchange_server import ExchangeServer
from vacancies.error import RecordInvalid
from vacancies.posting import JobLocation
from vacancies.posting_draft import PostingDraft
from vacancies.register import SourceRegister
from vacancies.run import RunStatus
from vacancies.source import Source

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


# --- Workday's slices


@pytest.mark.parametrize(
    ("name", "answer", "upcoming", "gap"),
    [
        ("offset=0", {"total": 45, "jobPostings": 20}, "offset=20&total=45", False),
        ("offset=20&total=45", {"total": 0, "jobPostings": 20}, "offset=40&total=45", False),
        ("offset=40&total=45", {"total": 0, "jobPostings": 5}, None, False),
        ("offset=40&total=45", {"total": 0, "jobPostings": 0}, None, True),
        ("offset=0&timeType=a%26b", {"total": 21, "jobPostings": 20}, "offset=20&total=21&timeType=a%26b", False),
        ("offset=0", {"jobPostings": 20}, "offset=20", False),
        ("offset=20", {"jobPostings": 3}, None, False),
    ],
)
def test_a_page_of_a_slice_names_the_next(name: str, answer: dict[str, int], upcoming: str | None, gap: bool) -> None:
    postings = [{"externalPath": f"/job/X/J_{number}"} for number in range(answer["jobPostings"])]
    reading = workday.parse(json.dumps(answer | {"jobPostings": postings}).encode(), f"{URL}#{name}")
    assert (reading.next_page, reading.gap is not None) == (upcoming, gap)
    if upcoming:
        assert Question.of_name(upcoming).name == upcoming


PLACES = Facet("locations", {"north": 1500, "south": 1400, "west": 20})
TIME = Facet("timeType", {"full": 2600, "part": 100})
FAMILY = Facet("jobFamilyGroup", {"sales": 1200, "craft": 1500, "none": 0})
HALF = Facet("workerSubType", {"regular": 300, "other": 200})
UNCOUNTED = Facet("hiringCompany", {"a": None, "b": None})


@pytest.mark.parametrize(
    ("facets", "applied", "expected"),
    [
        pytest.param([TIME, FAMILY, PLACES], (), ["sales", "craft"], id="few values, all below the cap"),
        pytest.param([TIME, PLACES], (), ["north", "south", "west"], id="below the cap before few values"),
        pytest.param([TIME, HALF], (), ["full", "part"], id="one that does not hold all postings comes last"),
        pytest.param([TIME], (("timeType", "full"),), [], id="not what is applied already"),
        pytest.param([Facet("timeType", {"full": 2600})], (), [], id="one value splits nothing"),
        pytest.param([UNCOUNTED], (), ["a", "b"], id="values without counts are tried"),
        pytest.param([], (), [], id="no facets"),
    ],
)
def test_a_capped_slice_is_split(facets: list[Facet], applied: tuple[tuple[str, str], ...], expected: list[str]) -> None:
    parts = split(Question(facets=applied), facets)
    assert [part.facets[-1][1] for part in parts] == expected
    assert all(part.facets[:-1] == applied and part.offset == 0 for part in parts)


def test_facets_are_read_out_of_their_groups() -> None:
    inner = {"facetParameter": "locations", "values": [{"id": "a", "count": 2}, {"id": "b"}, {"descriptor": "no id"}]}
    answer = {"facets": [{"facetParameter": "locationMainGroup", "values": [inner]}, {"facetParameter": "timeType", "values": []}, None]}
    assert facets_of(json.dumps(answer).encode()) == (Facet("locations", {"a": 2, "b": None}),)
    assert postings_counted([PLACES, TIME, FAMILY]) == 2700


# --- crawls


def _list(*numbers: int, total: int) -> object:
    return {"offset": 0, "limit": 100, "totalFound": total, "content": [{"id": f"P{number}"} for number in numbers]}


def _pages(*pages: object) -> list[tuple[str, object]]:
    """Give SmartRecruiters pages of two postings each, and the postings."""
    paths = [f"/postings?offset={2 * number}&limit=100" for number in range(len(pages))]
    postings = [(f"/postings/P{number}", {"id": f"P{number}", "name": "Job"}) for number in range(1, 5)]
    return [*zip(paths, pages, strict=True), *postings]


PATH = "/wday/cxs/acme/External"
CAPPED = {"total": 2000, "jobPostings": [{"externalPath": "/job/A/J_1"}], "facets": []}
COUNTED = {
    "total": 2000,
    "jobPostings": [{"externalPath": "/job/A/J_1"}],
    "facets": [{"facetParameter": "timeType", "values": [{"id": "full", "count": 2400}, {"id": "part", "count": 1}]}],
}
ONE = {"total": 1, "jobPostings": [{"externalPath": "/job/A/J_1"}]}
DETAIL = {"jobPostingInfo": {"id": "1", "title": "Job"}}
BOARDS: dict[str, tuple[str, str, list[tuple[str, object]], RunStatus, str]] = {
    "robots-forbid": (
        "smartrecruiters",
        "/postings",
        [("/robots.txt", "User-agent: *\nDisallow: /\n")],
        RunStatus.FAILED,
        "forbidden by robots.txt; the register row may name the agreement",
    ),
    "page-repeated": (
        "smartrecruiters",
        "/postings",
        _pages(_list(1, 2, total=6), _list(1, 2, total=6)),
        RunStatus.FAILED,
        "names nothing but",
    ),
    "page-shifted": (
        "smartrecruiters",
        "/postings",
        _pages(_list(1, 2, total=4), _list(2, 3, total=4)),
        RunStatus.FAILED,
        "4 advertisements, but its pages name 3",
    ),
    "nobody-known": ("smartrecruiters", "/postings", _pages(_list(total=0)), RunStatus.DONE, "names no advertisement"),
    "ashby-unknown": ("ashby", "/posting-api/job-board/nobody", [], RunStatus.FAILED, "answered 404"),
    "ashby-page": ("ashby", "/nobody", [("/nobody", "<!doctype html><title>Jobs</title>")], RunStatus.FAILED, "broken_json"),
    "ashby-empty": ("ashby", "/b", [("/b", {"jobs": [], "apiVersion": "1"})], RunStatus.DONE, "names no advertisement"),
    "lever-unknown": ("lever", "/v0/postings/nobody?mode=json", [], RunStatus.FAILED, "answered 404"),
    "feed-in-a-circle": (
        "jsonfeed",
        "/feed",
        [("/feed", {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "T"}], "next_url": "/feed"})],
        RunStatus.FAILED,
        "leads back",
    ),
    "no-facet": (
        "workday",
        f"{PATH}/jobs",
        [(f"{PATH}/jobs", CAPPED), (f"{PATH}/job/A/J_1", DETAIL)],
        RunStatus.FAILED,
        "no facet to split by",
    ),
    "counted": (
        "workday",
        f"{PATH}/jobs",
        [(f"{PATH}/jobs", COUNTED), (f"{PATH}/jobs", ONE), (f"{PATH}/job/A/J_1", DETAIL)],
        RunStatus.FAILED,
        "counts 2401 postings, 1 different",
    ),
}


def _exchange(folder: Path, answers: list[tuple[str, object]]) -> None:
    folder.mkdir()
    entries = []
    for number, (path, content) in enumerate(answers):
        name = f"{number}.txt"
        (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        entries.append({"request": {"path": path, "method": "POST" if path.endswith("/jobs") else "GET"}, "file": name})
    (folder / "exchange.json").write_text(json.dumps(entries), "utf-8")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, BoardReport]]:
    home = tmp_path_factory.mktemp("boards")
    sources = []
    with ExitStack() as stack:
        for board, (platform, path, answers, _, _) in BOARDS.items():
            _exchange(home / board, answers)
            server = stack.enter_context(ExchangeServer(home / board))
            sources.append(
                Source(
                    board=board,
                    name=board,
                    platform=platform,
                    address=server.address + path,
                    countries=("DE",),
                    languages=("de",),
                    legal_basis="test",
                    contact="crawler@pes.example",
                    delay=0,
                    loopback=True,
                    active_from=date(2020, 1, 1),
                )
            )
        register = SourceRegister(sources)
        options = CrawlOptions(retries=0, timeout=20)
        done = crawl(register, register.boards, home=home / "home", run_id="r", clock=datetime(2026, 9, 15, tzinfo=UTC), options=options)
        yield {report.board: report for report in done.boards}


@pytest.mark.parametrize("board", BOARDS)
def test_a_board_that_cannot_be_read_whole_says_so(reports: dict[str, BoardReport], board: str) -> None:
    *_, status, words = BOARDS[board]
    report = reports[board]
    assert report.status is status, report.message
    assert words in (report.message or "")
    assert report.gone == 0


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("https://acme.wd3.myworkdayjobs.com/External", "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/External/jobs"),
        ("https://acme.wd3.myworkdayjobs.com/en-US/External/", "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/External/jobs"),
        (
            "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/External/jobs",
            "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/External/jobs",
        ),
    ],
)
def test_a_workday_site_s_address_leads_to_its_list(address: str, first: str) -> None:
    assert list_address(address) == first
