"""A crawl brings nothing back of what was forgotten, and reading captures anew can be tried without writing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.intake import BoardIntake
from crawlers.page_parsers import jobtech
from crawlers.platforms.jobtech import JobTech
from crawlers.posting_reader import Reader
from crawlers.reading_diff import ReadingDiff, diff_captures
from vacancies.forgetting.tombstone import ForgottenKind, Tombstone
from vacancies.identity import posting_id
from vacancies.lake import Lake
from vacancies.posting_story import story_of
from vacancies.register import SourceRegister
from vacancies.source import Source

DAY = datetime(2026, 9, 1, 6, tzinfo=UTC)
READER = Reader("jobtech/1", jobtech.parse)


def answer(*jobs: tuple[int, str]) -> bytes:
    hits = [{"id": str(number), "headline": title, "description": {"text": f"Text {number}"}} for number, title in jobs]
    return json.dumps({"hits": hits}).encode()


def crawl(lake: Lake, day: int, body: bytes, *, force: bool = True) -> object:
    intake = BoardIntake(lake, "board", READER, run_id=f"run-{day}", clock=DAY + timedelta(days=day))
    capture = intake.capture("https://a.example/api", body, status=200, content_type=None, is_listing=False)
    intake.read(capture, body)
    return intake.finish(force=force).counts()


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.open(tmp_path / "lake")


@pytest.fixture
def register() -> SourceRegister:
    row = {"board": "board", "name": "Board", "platform": "jobtech", "address": "https://a.example/api", "countries": ("SE",)}
    more = {"languages": ("sv",), "legal_basis": "authored for this test", "contact": "a@b.example", "active_from": date(2026, 1, 1)}
    return SourceRegister([Source.model_validate(row | more)])


def test_an_answer_that_holds_a_forgotten_posting_is_not_kept(lake: Lake) -> None:
    forgotten = posting_id("board", native_id="2", url=None, content_hash="")
    lake.bury([Tombstone(key=forgotten, kind=ForgottenKind.POSTING, forgotten_at=DAY)])
    counts = crawl(lake, 1, answer((1, "Kock"), (2, "Hemlig")))
    assert isinstance(counts, dict)
    assert (counts["new"], counts["forgotten"]) == (1, 1)
    assert [posting.title for posting in lake.postings()] == ["Kock"]
    assert (list(lake.captures()), list(lake.bodies.digests())) == ([], [])
    crawl(lake, 2, answer((1, "Kock")))
    assert len(list(lake.captures())) == len(list(lake.bodies.digests())) == 1


def test_the_story_of_a_posting_tells_what_changed(lake: Lake) -> None:
    for day, title in enumerate(("Kock", "Kock", "Kockar", "Köksmästare")):
        crawl(lake, day, answer((1, title), (2, "Annan")))
    crawl(lake, 9, answer((2, "Annan")))
    story = story_of(lake, posting_id("board", native_id="1", url=None, content_hash="")[:12])
    assert story.life is not None
    assert (story.life.first_seen, story.life.last_seen, story.life.gone_at) == (DAY, DAY + timedelta(days=3), DAY + timedelta(days=9))
    told = [(revision.at.day, [(c.field, c.old, c.new) for c in revision.changes]) for revision in story.revisions]
    assert told == [(3, [("title", "Kock", "Kockar")]), (4, [("title", "Kockar", "Köksmästare")])]
    assert [capture.run_id for capture in story.captures] == ["run-0", "run-2", "run-3"]
    assert len(story.kept_captures) == 3


def test_what_was_kept_apart_and_let_through_later_is_no_difference(lake: Lake, register: SourceRegister) -> None:
    crawl(lake, 0, answer((1, "Kock"), (2, "Annan")))
    crawl(lake, 1, answer((1, "Kockar")), force=False)
    assert [posting.title for posting in lake.postings(boards=["board"])].count("Kock") == 1
    crawl(lake, 2, answer((1, "Kockar")))
    (diff,) = diff_captures(lake, register)
    assert (diff.captures, diff.readings, diff.same, diff.changed) == (2, 3, 3, 0)


def test_a_changed_parser_is_tried_on_all_captures_and_nothing_is_written(
    lake: Lake, register: SourceRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, jobs in enumerate([[(1, "Kock"), (2, "Annan")], [(1, "Kock!"), (2, "Annan")], [(1, "Kock!"), (2, "Annan"), (3, "Ny")]]):
        crawl(lake, day, answer(*jobs))
    (same,) = diff_captures(lake, register)
    assert (same.captures, same.latest, same.readings, same.same, same.changed) == (3, 1, 7, 7, 0)
    versions = {name: lake.table_version(name) for name in lake.table_names}

    def shouting(body: bytes, url: str, *, countries: tuple[str, ...] = ()) -> object:
        text = body.decode().replace("Kock", "KOCK").replace('"id": "3"', '"id": "4"').replace('"headline": "Annan"', '"headline": ""')
        return jobtech.parse(text.replace("Text 2", "").encode(), url, countries=countries)

    monkeypatch.setattr(JobTech, "page_parser", staticmethod(shouting))
    (diff,) = diff_captures(lake, register)
    assert diff == ReadingDiff(
        board="board",
        captures=3,
        latest=1,
        readings=4,
        new=1,
        changed=3,
        changed_now=1,
        lost=2,
        unreadable={"no_text": 3},
        fields={"title": 3},
        examples=diff.examples,
    )
    assert [(example.change.old, example.change.new) for example in diff.examples] == [
        ("Kock", "KOCK"),
        ("Kock!", "KOCK!"),
        ("Kock!", "KOCK!"),
    ]
    assert {name: lake.table_version(name) for name in lake.table_names} == versions
