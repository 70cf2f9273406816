"""A feed leaves the health of its boards, and overwrites nothing with fields that its postings no longer state."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from vacancies.health.alerts import find_alerts
from vacancies.health.record import Decision, SourceHealth
from vacancies.ingest import FeedReader, IngestCounts, ingest
from vacancies.lake import Lake
from vacancies.register import SourceRegister
from vacancies.run import RunStatus
from vacancies.source import Source

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
ROW = Source(
    board="partner",
    name="Partner",
    platform="feed",
    address="file",
    countries=("DE",),
    languages=("de",),
    legal_basis="agreement",
    contact="feed@partner.example",
    active_from=date(2020, 1, 1),
)
EMPLOYER = {"hiringOrganization": {"name": "Gasthof Adler"}}


class Feed:
    """A partner's daily feed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lake, self.at = folder, Lake.open(folder / "lake"), BEGIN

    def hand_in(self, *ids: int, complete: bool = True, force: bool = False, **fields: object) -> IngestCounts:
        self.at += timedelta(days=1)
        records = ({"identifier": str(n), "title": f"Koch {n}", "datePosted": "2026-02-27", **(fields or EMPLOYER)} for n in ids)
        path = self.folder / "feed.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        reader = FeedReader(SourceRegister([ROW]), f"run-{self.at:%d}", self.at, board="partner")
        return ingest(path, self.lake, reader, complete=complete, force=force)

    @property
    def last(self) -> SourceHealth:
        return self.lake.health(board="partner")[-1]

    def employers(self) -> set[str | None]:
        return {posting.hiring_organization for posting in self.lake.postings()}


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    made = Feed(tmp_path)
    made.hand_in(*range(10))
    return made


def test_a_feed_leaves_the_health_of_its_board(feed: Feed) -> None:
    feed.hand_in(*range(1, 12))
    last = feed.last
    assert (last.step, last.status, last.complete, last.at) == ("ingest", RunStatus.DONE, True, feed.at)
    assert (last.postings, last.new, last.gone, last.unchanged, last.open_before) == (11, 2, 1, 9, 10)
    assert (last.filled["hiring_organization"], last.filled["base_salary"], last.dated, last.age_days) == (11, 0, 2, 4.0)


@pytest.mark.parametrize("complete", [True, False])
def test_a_renamed_field_empties_nothing_until_a_person_says_so(feed: Feed, complete: bool) -> None:
    renamed = {"employerName": "Gasthof Adler"}
    held = feed.hand_in(*range(12), complete=complete, **renamed)
    assert (held.held, held.new, held.changed, feed.employers()) == (["partner"], 0, 0, {"Gasthof Adler"})
    assert feed.last.waits
    assert "no longer state hiring_organization (10 postings stated it, of which 0 do now)" in (feed.last.held_because or "")
    (alert,) = find_alerts(feed.lake.health(), ROW, board="partner", now=feed.at)
    assert (alert.kind.value, alert.grave) == ("held", True)
    assert "labourscope ingest ... --force" in alert.to_do
    forced = feed.hand_in(*range(12), complete=complete, force=True, **renamed)
    assert (forced.held, forced.new, forced.changed) == ([], 2, 10)
    assert (feed.last.decision, feed.employers()) == (Decision.FORCED, {None})
    assert find_alerts(feed.lake.health(), ROW, board="partner", now=feed.at) == ()


def test_a_feed_that_shrank_waits(feed: Feed) -> None:
    assert feed.hand_in(1, 2).held == ["partner"]
    assert (feed.last.held_because, feed.last.gone) == ("the feed holds 2 postings, 10 were open", 0)
    feed.hand_in(1, 2, force=True)
    assert (feed.last.status, feed.last.gone, feed.last.decision) == (RunStatus.DONE, 8, Decision.FORCED)
