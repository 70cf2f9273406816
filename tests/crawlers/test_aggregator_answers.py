"""What aggregators' answers may hold: a table of one record each, and the fields that are read of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from crawlers.page_parsers import adzuna, arbeitnow, hackernews, himalayas, jobicy, reed, remoteok, remotive, themuse
from crawlers.page_parsers.page_reading import PageParser, PageReading
from vacancies.error import RecordInvalid
from vacancies.values.mojibake import repair_mojibake

MINIMAL: dict[str, Mapping[str, object]] = {
    "adzuna": {"id": "1", "title": "Cook"},
    "arbeitnow": {"slug": "1", "title": "Cook"},
    "himalayas": {"guid": "1", "title": "Cook"},
    "jobicy": {"id": 1, "jobTitle": "Cook"},
    "reed": {"jobId": 1, "jobTitle": "Cook"},
    "remoteok": {"id": "1", "position": "Cook"},
    "remotive": {"id": 1, "title": "Cook"},
    "themuse": {"id": 1, "name": "Cook"},
    "hackernews": {"id": 1, "text": "Cook"},
}
PARSERS: dict[str, PageParser] = {
    "adzuna": adzuna.parse,
    "arbeitnow": arbeitnow.parse,
    "himalayas": himalayas.parse,
    "jobicy": jobicy.parse,
    "reed": reed.parse,
    "remoteok": remoteok.parse,
    "remotive": remotive.parse,
    "themuse": themuse.parse,
    "hackernews": hackernews.parse,
}
LISTS = {"adzuna": "results", "arbeitnow": "data", "themuse": "results", "hackernews": "children"}


def read(name: str, *records: object) -> PageReading:
    """Read records in the platform's envelope."""
    if name == "reed":
        answer: object = records[0]
    elif name == "remoteok":
        answer = [{"legal": "Link back."}, *records]
    else:
        answer = {LISTS.get(name, "jobs"): records}
    return PARSERS[name](json.dumps(answer).encode(), "https://board.example/x")


@pytest.mark.parametrize("name", PARSERS)
def test_a_record_with_an_id_and_a_title_only_is_a_posting(name: str) -> None:
    reading = read(name, MINIMAL[name])
    assert [(draft.native_id, draft.title) for draft in reading.drafts] == [("1", "Cook")]
    assert (reading.rejected, reading.unread) == ((), ())


@pytest.mark.parametrize("name", sorted(PARSERS.keys() - {"reed"}))
def test_a_record_that_cannot_be_read_is_rejected_and_the_others_stay(name: str) -> None:
    reading = read(name, {"title": "no id", "text": "x"}, "no object", MINIMAL[name])
    assert len(reading.drafts) == 1
    assert [rejected.reason for rejected in reading.rejected] == ["no_identity", "unexpected_shape"]


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("body", [b"<html>", b"7", b'{"error": "key"}', b""], ids=["html", "number", "error", "nothing"])
def test_an_answer_of_another_kind_is_refused(name: str, body: bytes) -> None:
    with pytest.raises(RecordInvalid):
        PARSERS[name](body, "https://board.example/x")


FIELDS = [
    ("adzuna", {"salary_is_predicted": "1", "salary_min": 30000}, "base_salary", None),
    ("adzuna", {"title": "<strong>Cook</strong> wanted"}, "title", "Cook wanted"),
    ("adzuna", {"redirect_url": "https://a.example/land/ad/1?utm_source=KEY&se=x"}, "url", "https://a.example/land/ad/1"),
    ("adzuna", {"description": "… cut"}, "description_is_excerpt", True),
    (
        "adzuna",
        {"company": None, "location": {"area": []}, "category": {"tag": "unknown", "label": "Unknown"}},
        "occupational_categories",
        (),
    ),
    ("arbeitnow", {"job_types": ["berufserfahren", "Vollzeit"]}, "employment_type", ("FULL_TIME",)),
    ("arbeitnow", {"remote": None}, "telecommute", None),
    ("arbeitnow", {"created_at": 1788735929000}, "date_posted", "2026-09-06"),
    ("himalayas", {"minSalary": 0, "maxSalary": 0, "currency": "USD"}, "base_salary", None),
    ("himalayas", {"pubDate": 1788735929}, "date_posted", "2026-09-06"),
    ("jobicy", {"jobGeo": "Anywhere", "jobTitle": "R&amp;D"}, "title", "R&D"),
    ("reed", {"datePosted": "04/03/2026"}, "date_posted", "2026-03-04"),
    ("reed", {"employerName": None, "fullTime": True, "partTime": True}, "employment_type", ("FULL_TIME", "PART_TIME")),
    ("remoteok", {"salary_min": 0, "salary_max": 0}, "base_salary", None),
    (
        "remoteok",
        {"description": "<p>Cook.</p> Please mention the word **A** (#B) to avoid spam applicants."},
        "description",
        "<p>Cook.</p>",
    ),
    ("remotive", {"publication_date": "2026-09-18T23:59:59"}, "date_posted", "2026-09-18"),
    ("themuse", {"locations": [{"name": "Flexible / Remote"}, {"name": "Oslo, Norway"}]}, "telecommute", None),
    ("hackernews", {"text": "Cook | Remote Kitchens Inc<p>x"}, "telecommute", None),
    ("hackernews", {"text": "Cook | Onsite or Remote | REMOTE<p>x"}, "telecommute", True),
    ("hackernews", {"text": "Ink | Cook | $90k<p>x"}, "title", "Ink | Cook | $90k"),
]


@pytest.mark.parametrize(
    ("name", "more", "field", "expected"), FIELDS, ids=[f"{name}-{field}-{at}" for at, (name, _, field, _) in enumerate(FIELDS)]
)
def test_a_stated_value_is_read_as_it_is_meant(name: str, more: dict[str, object], field: str, expected: object) -> None:
    reading = read(name, {**MINIMAL[name], **more})
    value = getattr(reading.drafts[0], field)
    assert (str(value) if field == "date_posted" else value) == expected


@pytest.mark.parametrize("mark", ["deleted", "dead"])
def test_a_comment_that_was_taken_back_is_withdrawn(mark: str) -> None:
    assert read("hackernews", {"id": 7, mark: True}).withdrawn == ("7",)


def test_a_thread_of_firebase_leads_to_its_comments() -> None:
    body = json.dumps({"type": "story", "id": 1, "title": "Ask HN: Who is hiring?", "kids": [2, 3]}).encode()
    assert [link.url for link in hackernews.parse(body, "https://h.example/v0/item/1.json").details] == [
        "/v0/item/2.json",
        "/v0/item/3.json",
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("MecÃ¡nico", "Mecánico"),
        ("donâ€™t â€“ â‚¬5", "don’t – €5"),
        ("ÄŒesko", "Česko"),
        ("Ð\x9cÐ¾Ñ\x81ÐºÐ²Ð°", "Москва"),
        ("Café CAFÉ» Ärzte", "Café CAFÉ» Ärzte"),
        ("Año 5 €", "Año 5 €"),
        ("São Paulo, MÃºsica", "São Paulo, Música"),
    ],
    ids=["spanish", "punctuation", "czech", "cyrillic", "no-mojibake", "plain", "both"],
)
def test_mojibake_is_repaired_and_nothing_else(written: str, meant: str) -> None:
    assert repair_mojibake(written) == meant
