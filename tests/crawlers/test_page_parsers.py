"""Page parsers on small pages: each form that boards write, and each that goes wrong."""

from __future__ import annotations

import html
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.page_parsers import feed_xml, greenhouse, jobposting_page, jobtech, json_ld, microdata
from crawlers.page_parsers.page_reading import PageParser
from crawlers.registry import spider_for
from vacancies.error import RecordInvalid
from vacancies.posting_draft import draft_to_posting

URL = "https://a.example/job/1"
COOK = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Cook", "description": "<p>Cook for <b>guests</b>.</p>"}


def page(*scripts: str, body: str = "") -> bytes:
    tags = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return f"<!doctype html><html><head>{tags}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(COOK),
        json.dumps([COOK]),
        json.dumps({"@graph": [{"@type": "WebPage", "name": "x"}, COOK]}),
        json.dumps({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": COOK}]}),
        json.dumps({"@type": "WebPage", "mainEntity": COOK}),
        json.dumps({**COOK, "@type": ["JobPosting", "Thing"]}),
        json.dumps({**COOK, "@type": "http://schema.org/JobPosting"}),
        f"<![CDATA[{json.dumps(COOK)}]]>",
        f"//<![CDATA[\n{json.dumps(COOK)}\n//]]>",
        f"<!-- {json.dumps(COOK)} -->",
        json.dumps(COOK) + ";",
        json.dumps({**COOK, "description": "<p>Cook\tfor guests.</p>"}).replace("\\t", "\t"),  # a raw control character
    ],
)
def test_json_ld_in_every_wrapping(script: str) -> None:
    reading = json_ld.parse(page(script), URL)
    assert [(draft.title, draft.url) for draft in reading.drafts] == [("Cook", URL)]
    assert draft_to_posting(reading.drafts[0], board="b", parser="t/1").description_text == "Cook for guests."
    assert not reading.rejected


def test_references_within_a_graph_are_followed() -> None:
    graph = {"@graph": [{"@type": "Organization", "@id": "#o", "name": "Inn"}, {**COOK, "hiringOrganization": {"@id": "#o"}}]}
    assert json_ld.parse(page(json.dumps(graph)), URL).drafts[0].hiring_organization == "Inn"


def test_several_postings_of_one_page_do_not_share_its_address() -> None:
    reading = json_ld.parse(page(json.dumps([COOK, {**COOK, "title": "Waiter"}])), URL)
    assert [(draft.title, draft.url) for draft in reading.drafts] == [("Cook", None), ("Waiter", None)]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (page('{"@type": "JobPosting", "title": "Cook for "guests""}'), "broken_json_ld"),
        (page("not JSON at all"), "broken_json_ld"),
        (page('{"@type": "JobPosting", "nested": ' + "[" * 100_000), "broken_json_ld"),
        (page(json.dumps({"@type": "JobPosting", "title": "", "description": " "})), "no_text"),
    ],
)
def test_broken_json_ld_is_rejected_with_its_text(body: bytes, reason: str) -> None:
    reading = json_ld.parse(body, URL)
    assert [(rejected.reason, rejected.url) for rejected in reading.rejected] == [(reason, URL)]
    assert not reading.drafts


def test_a_broken_script_beside_a_good_posting_is_no_loss() -> None:
    reading = json_ld.parse(page('{"@type": "BreadcrumbList", }', json.dumps(COOK)), URL)
    assert (len(reading.drafts), len(reading.rejected)) == (1, 0)


MICRODATA = """<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title">Cook</h1>
<div itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization"><a itemprop="url" href="/inn">x</a>
<span itemprop="name">Inn</span></div>
<span itemprop="employmentType" content="FULL_TIME">all day</span><time itemprop="datePosted" datetime="2026-08-01">1 Aug</time>
<meta itemprop="skills" content="HACCP"><meta itemprop="skills" content="baking">
<div itemprop="description"><h3>Tasks</h3><ul><li>Cook</li></ul></div></div>"""


def test_microdata_keeps_the_structure_of_the_description() -> None:
    draft = microdata.parse(page(body=MICRODATA), URL).drafts[0]
    assert (draft.title, draft.hiring_organization, draft.url) == ("Cook", "Inn", URL)
    assert (draft.employment_type, str(draft.date_posted), draft.skills) == (("FULL_TIME",), "2026-08-01", ("HACCP", "baking"))
    assert draft.description == "<h3>Tasks</h3><ul><li>Cook</li></ul>"


RDFA = MICRODATA.replace('itemscope itemtype="https://schema.org/', 'typeof="').replace("itemprop", "property")


@pytest.mark.parametrize("prefix", ["", "schema:", "https://schema.org/"])
def test_rdfa_is_read_as_microdata_is(prefix: str) -> None:
    rdfa = RDFA.replace('typeof="', f'typeof="{prefix}').replace('property="', f'property="{prefix}')
    assert microdata.parse(page(body=rdfa), URL) == microdata.parse(page(body=MICRODATA), URL)
    assert jobposting_page.parse(page(body=rdfa), URL).drafts[0].title == "Cook"


def test_an_item_that_closes_too_early_takes_what_follows_it() -> None:
    body = '<section><i itemscope itemtype="https://schema.org/JobPosting"></i><h1 itemprop="title">Cook</h1></section>'
    assert microdata.parse(page(body=body), URL).drafts[0].title == "Cook"


def test_microdata_stands_in_where_json_ld_is_broken() -> None:
    reading = jobposting_page.parse(page('{"@type": "JobPosting",', body=MICRODATA), URL)
    assert [draft.title for draft in reading.drafts] == ["Cook"]


def test_latin_1_pages_are_read_by_their_declaration() -> None:
    body = MICRODATA.replace("Inn", "Käthes Gasthof")
    source = f'<html><head><meta charset="iso-8859-1"></head><body>{body}</body></html>'.encode("latin-1")
    assert microdata.parse(source, URL).drafts[0].hiring_organization == "Käthes Gasthof"


JOB = {"id": 7, "title": "Cook", "absolute_url": URL, "location": {"name": "Munich"}, "updated_at": "2026-07-29T08:50:01-04:00"}
HIT = {"id": "9", "headline": "Kock", "description": {"text": "Laga mat."}, "workplace_address": {"coordinates": [18.0, 59.3]}}


def test_greenhouse_contents_are_unescaped_once() -> None:
    content = html.escape("<p>Food &amp; drink, 1 &lt; 2</p>")
    office = {"name": "Munich", "location": "Munich, Bavaria, Germany"}
    body = json.dumps({"jobs": [{**JOB, "content": content, "offices": [office]}], "meta": {"total": 1}}).encode()
    reading = greenhouse.parse(body, URL)
    posting = draft_to_posting(reading.drafts[0], board="b", parser="t/1")
    assert posting.description_text == "Food & drink, 1 < 2"
    assert (posting.native_id, posting.job_locations[0].country, reading.stated_total) == ("7", "DE", 1)


def test_greenhouse_pay_is_in_cents() -> None:
    pay = {"min_cents": 310000, "max_cents": 360000, "currency_type": "EUR", "title": "per month"}
    salary = greenhouse.parse(json.dumps({"jobs": [{**JOB, "pay_input_ranges": [pay]}]}).encode(), URL).drafts[0].base_salary
    assert salary is not None
    assert (salary.min_value, salary.max_value, salary.currency, salary.period) == (3100, 3600, "EUR", "MONTH")


def test_jobtech_coordinates_are_longitude_first_and_removed_hits_withdrawn() -> None:
    body = json.dumps({"total": {"value": 2}, "hits": [HIT, {"id": "10", "removed": True}]}).encode()
    reading = jobtech.parse(body, URL)
    assert (reading.drafts[0].job_locations[0].latitude, reading.withdrawn, reading.stated_total) == (59.3, ("10",), 2)


@pytest.mark.parametrize(
    ("parser", "record", "reason"),
    [
        (greenhouse.parse, {"jobs": [{"id": 1, "title": " ", "content": ""}]}, "no_text"),
        (greenhouse.parse, {"jobs": [{"title": "Cook"}]}, "no_identity"),
        (greenhouse.parse, {"jobs": ["Cook"]}, "unexpected_shape"),
        (jobtech.parse, {"hits": [{"id": "1", "description": None}]}, "no_text"),
        (jobtech.parse, {"hits": [{"headline": "Kock"}]}, "no_identity"),
    ],
)
def test_records_without_text_or_identity_are_rejected_one_by_one(parser: PageParser, record: object, reason: str) -> None:
    reading = parser(json.dumps(record).encode(), URL)
    assert [rejected.reason for rejected in reading.rejected] == [reason]


FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:x="https://b.example/ns"><channel><language>de-AT</language>
<item><title>Koch</title><link>/job/1</link><guid isPermaLink="false">k1</guid><pubDate>Wed, 19 Aug 2026 23:10:38 GMT</pubDate>
<description>kurz</description><content:encoded><![CDATA[<p>Kochen für <em>Gäste</em>.</p>]]></content:encoded>
<x:company>Gasthof</x:company><x:city>Wien</x:city><x:country>Österreich</x:country><x:jobtype>Vollzeit</x:jobtype>
<x:salary>2.100 - 2.400 EUR pro Monat</x:salary><x:expires>2026-12-31</x:expires></item>
<item><title>Inn: Waiter</title><link>https://b.example/job/2</link><description>Serve.</description></item>
<item><guid>k3</guid></item>
</channel></rss>"""


def test_feeds_with_job_fields_of_any_namespace() -> None:
    reading = feed_xml.parse(FEED.encode(), "https://b.example/jobs.rss")
    cook, waiter = reading.drafts
    assert (cook.native_id, cook.url, cook.language) == ("k1", "https://b.example/job/1", "de")
    assert (cook.hiring_organization, cook.job_locations[0].country, cook.employment_type) == ("Gasthof", "AT", ("FULL_TIME",))
    assert (str(cook.date_posted), str(cook.valid_through)) == ("2026-08-19", "2026-12-31")
    assert cook.base_salary is not None
    assert cook.base_salary.max_value == 2400
    assert cook.description == "<p>Kochen für <em>Gäste</em>.</p>"
    assert (waiter.hiring_organization, waiter.title) == (None, "Inn: Waiter")
    assert [(rejected.reason, rejected.native_id) for rejected in reading.rejected] == [("no_text", "k3")]


def test_only_a_platform_that_writes_so_has_employers_in_its_titles() -> None:
    cook, waiter = spider_for("weworkremotely").reader().parse(FEED.encode(), URL).drafts
    assert (cook.hiring_organization, cook.title, waiter.hiring_organization, waiter.title) == ("Gasthof", "Koch", "Inn", "Waiter")
    urgent = FEED.replace("<title>Inn: Waiter</title>", "<title>Dringend: Koch</title>").encode()
    assert feed_xml.parse(urgent, URL).drafts[1].hiring_organization is None


def test_the_author_of_an_entry_is_not_the_employer() -> None:
    author = '<item xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Jana Weber</dc:creator><author>jana@b.example</author>'
    draft = feed_xml.parse(FEED.replace("<item><title>Inn:", f"{author}<title>Inn").encode(), URL).drafts[1]
    assert draft.hiring_organization is None
    assert "Weber" not in draft.model_dump_json()


@pytest.mark.parametrize(
    ("body", "is_whole"),
    [
        (FEED, True),
        (FEED.replace("Serve.", "Serve&nbsp;food & drink.\x0b"), True),
        (FEED.replace("<x:city>", "<y:city>").replace("</x:city>", "</y:city>"), True),
        (FEED[: FEED.index("Serve.")], False),
        (FEED[: FEED.index("<item><title>Inn")], False),
        (FEED.replace("kurz", "kurz&nbsp;")[: FEED.index("Serve.")], False),
        (FEED.removesuffix("</channel></rss>"), False),
        (FEED.replace("]]>", ""), False),
    ],
)
def test_a_feed_that_is_cut_off_has_a_gap_but_slips_in_its_texts_are_none(body: str, is_whole: bool) -> None:
    assert (feed_xml.parse(body.encode(), URL).gap is None) == is_whole


def test_a_feed_that_names_a_file_does_not_open_it(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(FEED, encoding="utf-8")
    with pytest.raises(RecordInvalid, match="expected RSS or Atom"):
        feed_xml.parse(str(file).encode(), URL)


WILMINGTON = {**COOK, "jobLocation": "Wilmington, DE"}


@pytest.mark.parametrize(
    ("parser", "body"),
    [
        (json_ld.parse, page(json.dumps(WILMINGTON))),
        (jobposting_page.parse, page(json.dumps(WILMINGTON))),
        (jobposting_page.parse, page(body=MICRODATA.replace("<h1", '<i itemprop="jobLocation">Wilmington, DE</i><h1'))),
        (greenhouse.parse, json.dumps({"jobs": [{**JOB, "location": {"name": "Wilmington, DE"}}]}).encode()),
        (
            feed_xml.parse,
            FEED.replace("<x:city>Wien</x:city><x:country>Österreich</x:country>", "<x:location>Wilmington, DE</x:location>").encode(),
        ),
    ],
)
def test_the_board_s_countries_settle_places_in_words(parser: PageParser, body: bytes) -> None:
    for countries, country in (((), "DE"), (("DE",), "DE"), (("US",), "US")):
        assert parser(body, URL, countries=countries).drafts[0].job_locations[0].country == country


@pytest.mark.parametrize(
    ("parser", "body", "reason"),
    [
        (json_ld.parse, b"", "not_html"),
        (json_ld.parse, b"\x00\x01garbage", "not_html"),
        (jobposting_page.parse, b"<html><body>nothing here</body></html>", "no_jobposting"),
        (microdata.parse, b"<p>", "no_jobposting"),
        (greenhouse.parse, b"<html>", "broken_json"),
        (greenhouse.parse, b"\xff\xfe\xfa", "broken_json"),
        (greenhouse.parse, b"[" * 100_000, "broken_json"),
        (greenhouse.parse, b"[]", "unexpected_shape"),
        (jobtech.parse, b'{"hits": null}', "unexpected_shape"),
        (feed_xml.parse, b"<html></html>", "not_a_feed"),
        (feed_xml.parse, b"garbage", "not_a_feed"),
    ],
)
def test_pages_that_cannot_be_read_at_all_name_the_reason(parser: PageParser, body: bytes, reason: str) -> None:
    with pytest.raises(RecordInvalid) as error:
        parser(body, URL)
    assert error.value.reason == reason


@pytest.mark.parametrize("parser", [json_ld.parse, microdata.parse, jobposting_page.parse, greenhouse.parse, jobtech.parse, feed_xml.parse])
def test_any_bytes_are_read_or_refused_by_name(parser: PageParser) -> None:
    seeds = [page(json.dumps(COOK), body=MICRODATA), json.dumps({"jobs": [JOB], "hits": [HIT]}).encode(), FEED.encode()]

    @settings(max_examples=40, deadline=None)
    @given(st.sampled_from(seeds), st.integers(0, 600), st.integers(0, 40), st.binary(max_size=12))
    def try_it(seed: bytes, start: int, length: int, patch: bytes) -> None:
        with suppress(RecordInvalid):  # and nothing else
            parser(seed[:start] + patch + seed[start + length :], URL)

    try_it()
