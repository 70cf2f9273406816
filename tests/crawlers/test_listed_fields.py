"""What only a listing states of an advertisement completes what its page states, in a crawl and when captures are read anew."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.listed_fields import ListedFields
from crawlers.page_parsers.page_reading import DetailLink, PageReading
from crawlers.recorded_answers import recorded_source, replay
from crawlers.reparse import parse_captures
from vacancies.lake import Lake
from vacancies.posting_draft import PostingDraft
from vacancies.register import SourceRegister

RECORDED = Path(__file__).parent / "recorded"
LISTED = PostingDraft(
    native_id="7", title="Listed", hiring_organization="Half \ud83d Ltd", valid_through=date(2026, 10, 1), telecommute=True
)


@pytest.mark.parametrize(
    ("drafts", "url", "employers"),
    [
        ((PostingDraft(native_id="A-7"),), "https://a.example/job/7", ["Half \ufffd Ltd"]),
        ((PostingDraft(native_id="A-7"),), "https://a.example/job/7#x", ["Half \ufffd Ltd"]),
        ((PostingDraft(native_id="7"),), "https://moved.example/7", ["Half \ufffd Ltd"]),
        ((PostingDraft(native_id="8"),), "https://a.example/job/8", [None]),
        ((PostingDraft(native_id="7"), PostingDraft(native_id="8")), "https://a.example/job/7", ["Half \ufffd Ltd", None]),
        ((PostingDraft(native_id="7", hiring_organization="Own"),), "https://a.example/job/7", ["Own"]),
    ],
    ids=["by-address", "fragment", "by-id", "another", "only-the-one-with-the-id", "the-page-holds"],
)
def test_a_page_is_completed_by_what_was_listed_of_it(drafts: tuple[PostingDraft, ...], url: str, employers: list[str | None]) -> None:
    listed = ListedFields()
    listed.note(PageReading(details=(DetailLink("job/7", listed=LISTED), DetailLink("job/8"))), "https://a.example/list")
    completed = listed.complete(drafts, url)
    listed.close()
    assert [draft.hiring_organization for draft in completed] == employers
    assert {draft.telecommute for draft in completed} == {None}


def test_captures_read_anew_give_what_the_crawl_gave(tmp_path: Path) -> None:
    folders = [RECORDED / "reed", RECORDED / "phenom"]
    replay(folders, tmp_path)
    lake = Lake.open(tmp_path / "lake")
    employers = {posting.native_id: posting.hiring_organization for posting in lake.postings(boards=["reed"])}
    register = SourceRegister(recorded_source(folder, "http://127.0.0.1:1") for folder in folders)
    report = parse_captures(lake, register, run_id="again", since=datetime(2026, 1, 1, tzinfo=UTC))
    assert employers["63"] == "Fenland Clinics"  # which only the search states
    assert [(board.new, board.changed) for board in report.boards] == [(0, 0), (0, 0)]
    assert all(board.unchanged for board in report.boards)
