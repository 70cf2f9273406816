"""Traps of feeds in the form of Indeed's; what they hold when all is well stands in `recorded/`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crawlers.page_parsers import indeedxml
from vacancies.error import RecordInvalid

FEED = "https://board.example/feed.xml"


def _source(*jobs: str) -> str:
    return f"<?xml version='1.0'?><source>{''.join(f'<job>{job}</job>' for job in jobs)}</source>"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param("<rss><channel/></rss>", "unexpected_shape", id="a feed of another form"),
        pytest.param("<html><p>Not found</p></html>", "unexpected_shape", id="a page"),
        pytest.param("garbage", "unexpected_shape", id="no XML"),
        pytest.param("", "broken_xml", id="nothing"),
    ],
)
def test_an_answer_of_another_form_is_no_empty_feed(body: str, reason: str) -> None:
    with pytest.raises(RecordInvalid) as caught:
        list(indeedxml.pieces([body.encode()]))
    assert caught.value.reason == reason


def test_an_empty_feed_is_read() -> None:
    assert list(indeedxml.pieces([_source().encode()])) == []


def test_jobs_without_title_and_text_are_rejected() -> None:
    reading = indeedxml.parse(_source("<referencenumber>1</referencenumber>", "").encode(), FEED)
    assert [(rejected.reason, rejected.native_id) for rejected in reading.rejected] == [("no_text", "1"), ("no_text", None)]


@pytest.mark.parametrize(
    ("fields", "field", "expected"),
    [
        ("<date><![CDATA[Tue, 01 Sep 2026 22:49:39 GMT]]></date>", "date_posted", date(2026, 9, 1)),
        ("<date>2026-09-01T22:49:39+09:00</date>", "date_posted", date(2026, 9, 1)),
        ("<date>2026年9月1日</date>", "date_posted", date(2026, 9, 1)),
        ("<date>mardi, 1 septembre 2026 10:00</date>", "date_posted", date(2026, 9, 1)),
        ("<date>1. Oktober 2026</date>", "date_posted", date(2026, 10, 1)),
        ("<pubDate>1788220800</pubDate>", "date_posted", date(2026, 9, 1)),
        ("<date>30+ days ago</date>", "date_posted", None),
        ("<Company>A &amp;amp; B</Company>", "hiring_organization", "A & B"),
        ("<company/>", "hiring_organization", None),
        ("<salary>0</salary>", "base_salary", None),
        ("<remotetype>Hybrid remote</remotetype>", "telecommute", None),
        ("<remote>true</remote>", "telecommute", True),
        ("<jobtype>fulltime</jobtype><jobtype>contract</jobtype>", "employment_type", ("FULL_TIME", "CONTRACTOR")),
        ("<description><p>Raw <b>markup</b></p></description>", "description", "<p>Raw <b>markup</b></p>"),
        ("<description>&lt;p&gt;Escaped&lt;/p&gt;</description>", "description", "<p>Escaped</p>"),
        ("<education>None</education><description>Plain</description>", "description", "Plain\n\nEducation:\nNone"),
    ],
)
def test_values_of_feeds_in_indeed_s_form(fields: str, field: str, expected: object) -> None:
    (draft,) = indeedxml.parse(_source(f"<title>T</title>{fields}").encode(), FEED).drafts
    assert getattr(draft, field) == expected


def _titles(body: bytes) -> Iterator[str]:
    """Yield the titles of a feed; "..." where it breaks off."""
    try:
        for piece in indeedxml.pieces(body[at : at + 16] for at in range(0, len(body), 16)):
            yield from (draft.title or "" for draft in indeedxml.parse(piece, FEED).drafts)
    except RecordInvalid as error:
        yield "..." if error.reason == "cut_off" else error.reason


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        pytest.param(_source("<title>A &nbsp; B & C</title>").encode(), ["A B C"], id="slips in the text"),
        pytest.param(_source("<title>A</title>", "<title>B</title>").encode()[:-25], ["A", "..."], id="cut off"),
        pytest.param(_source("<title>Küche</title>").encode("latin-1"), ["Küche"], id="not UTF-8, though it does not say so"),
        pytest.param(_source("<title>Käse, süß</title>").encode() + b"<!-- \xff -->", ["Käse, süß", "..."], id="one bad byte"),
        pytest.param(
            '<?xml version="1.0" encoding="utf-16"?><source><job><title>É</title></job></source>'.encode("utf-16"), ["É"], id="UTF-16"
        ),
        pytest.param(b'<jobs xmlns="urn:x"><job><title>A</title></job></jobs>', ["A"], id="in a namespace"),
    ],
)
def test_feeds_in_indeed_s_form_that_are_not_as_they_should_be(body: bytes, titles: list[str]) -> None:
    assert list(_titles(body)) == titles


def test_an_entity_of_a_feed_does_not_open_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    body = f'<!DOCTYPE source [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><source><job><title>A&x;</title></job></source>'
    assert [title for title in _titles(body.encode()) if "secret" in title] == []
