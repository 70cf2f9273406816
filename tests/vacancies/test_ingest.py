"""Partner feeds: every line becomes a posting or a quarantine record with its reason."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vacancies.error import FeedInvalid, UnknownSource
from vacancies.feed_mapping import FeedMapping, load_mapping
from vacancies.ingest import FeedReader, ingest
from vacancies.lake import Lake
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.register import SourceRegister
from vacancies.source import Source

AT = datetime(2026, 3, 1, tzinfo=UTC)
REGISTER = SourceRegister(
    [
        Source(
            board=board,
            name=board,
            platform="feed",
            address="file",
            countries=("DE",),
            languages=("de",),
            legal_basis="agreement",
            contact="feed@partner.example",
            active_from=date(2020, 1, 1),
        )
        for board in ("partner-a", "partner-b")
    ]
)
FULL = {
    "@type": "JobPosting",
    "identifier": {"@type": "PropertyValue", "name": "partner", "value": "A-1"},
    "title": "Köchin (m/w/d)",
    "description": "<h3>Aufgaben</h3><ul><li>Kochen</li></ul>",
    "hiringOrganization": {"@type": "Organization", "name": "Gasthof Adler"},
    "datePosted": "2026-02-20",
    "jobLocation": {"address": {"addressLocality": "Kassel", "postalCode": "34117", "addressCountry": "DE"}},
    "baseSalary": {"currency": "EUR", "value": {"minValue": 2500, "maxValue": 2900, "unitText": "MONTH"}},
}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.open(tmp_path / "lake")


def reader(**fields: object) -> FeedReader:
    return FeedReader(REGISTER, "r1", AT, board="partner-a", **fields)  # type: ignore[arg-type]


def feed(path: Path, *lines: object) -> Path:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_full_record_arrives_with_all_its_fields(lake: Lake, tmp_path: Path) -> None:
    ingest(feed(tmp_path / "feed.jsonl", FULL), lake, reader())
    (posting,) = lake.postings()
    assert (posting.native_id, posting.title, posting.hiring_organization) == ("A-1", "Köchin (m/w/d)", "Gasthof Adler")
    assert (posting.description_text, posting.date_posted) == ("Aufgaben\n\nKochen", date(2026, 2, 20))
    assert posting.job_locations[0].locality == "Kassel"
    assert posting.base_salary is not None
    assert (posting.base_salary.min_value, posting.base_salary.period) == (2500, "MONTH")


CASES = [
    ("identifier as text", FULL | {"identifier": "A-1"}, None),
    ("no title", {"identifier": "2", "description": "Nur Text"}, None),
    ("no text", {"identifier": "3", "title": "Nur Titel"}, None),
    ("no employer, no identifier, no address", {"title": "Koch", "description": "Text"}, None),
    ("the record's own board", FULL | {"board": "partner-b"}, None),
    ("unknown board", FULL | {"board": "nobody"}, "unknown_board"),
    ("neither title nor text", {"identifier": "4", "title": " ", "description": "<p> </p>"}, "no_text"),
    ("broken JSON", '{"title": ', "broken_json"),
    ("a list of no objects", [1], "not_an_object"),
    ("another type", {"@type": "Event", "title": "Messe"}, "not_jobposting"),
    ("deep nesting", "[" * 100_000, "broken_json"),
]


@pytest.mark.parametrize(("record", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_every_line_is_a_posting_or_is_quarantined_with_its_reason(lake: Lake, tmp_path: Path, record: object, reason: str | None) -> None:
    counts = ingest(feed(tmp_path / "feed.jsonl", record, ""), lake, reader())
    assert counts.lines == 1
    assert dict(counts.quarantined) == ({reason: 1} if reason else {})
    assert counts.postings + counts.quarantined.total() == counts.lines
    assert [q.reason for q in lake.quarantined()] == ([reason] if reason else [])


def test_the_records_board_wins_over_the_option(lake: Lake, tmp_path: Path) -> None:
    ingest(feed(tmp_path / "feed.jsonl", FULL, FULL | {"board": "partner-b"}), lake, reader())
    assert sorted(p.board for p in lake.postings()) == ["partner-a", "partner-b"]


def test_missing_titles_and_unread_values_are_counted(lake: Lake, tmp_path: Path) -> None:
    counts = ingest(feed(tmp_path / "feed.jsonl", {"description": "Text", "datePosted": "soon"}), lake, reader())
    assert counts.as_counts() | {"without.title": 1, "without.hiring_organization": 1, "unread.date_posted": 1} == counts.as_counts()


def test_the_same_feed_again_changes_nothing(lake: Lake, tmp_path: Path) -> None:
    path = feed(tmp_path / "feed.jsonl", FULL, '{"title": ', FULL)
    first, again = ingest(path, lake, reader()), ingest(path, lake, reader())
    assert (first.new, first.repeated, first.lines) == (1, 1, 3)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    assert lake.row_count("quarantine") == 1


def test_gzip_is_seen_by_its_content(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(gzip.compress(json.dumps(FULL).encode()))
    assert ingest(path, lake, reader()).new == 1


def many(count: int) -> list[object]:
    return [FULL | {"identifier": str(number)} for number in range(count)]


@pytest.mark.parametrize(
    ("second", "gone", "held"),
    [(many(9), 1, []), (many(5), 0, ["partner-a"]), ([*many(9), "broken"], 0, ["partner-a"])],
    ids=["one less", "shrank", "with a rejected record"],
)
def test_a_complete_feed_marks_the_others_gone_unless_it_shrank(
    lake: Lake, tmp_path: Path, second: list[object], gone: int, held: list[str]
) -> None:
    ingest(feed(tmp_path / "one.jsonl", *many(10)), lake, reader(), complete=True)
    counts = ingest(feed(tmp_path / "two.jsonl", *second), lake, reader(), complete=True)
    assert (counts.gone, counts.held) == (gone, held)


def test_a_person_may_say_that_a_shrunken_feed_is_right(lake: Lake, tmp_path: Path) -> None:
    ingest(feed(tmp_path / "one.jsonl", *many(10)), lake, reader(), complete=True)
    counts = ingest(feed(tmp_path / "two.jsonl", *many(5)), lake, reader(), complete=True, force=True)
    assert (counts.gone, counts.held) == (5, [])


def test_an_empty_complete_feed_is_held(lake: Lake, tmp_path: Path) -> None:
    ingest(feed(tmp_path / "one.jsonl", *many(10)), lake, reader(), complete=True)
    counts = ingest(feed(tmp_path / "two.jsonl"), lake, reader(), complete=True)
    assert (counts.gone, counts.held) == (0, ["partner-a"])


def test_a_rejected_record_holds_its_own_board_only(lake: Lake, tmp_path: Path) -> None:
    both = [*many(10), *({**record, "board": "partner-b"} for record in many(10) if isinstance(record, dict))]
    ingest(feed(tmp_path / "one.jsonl", *both), lake, reader(), complete=True)
    spoilt = [*many(9), *both[10:19], {"board": "partner-b", "identifier": "x", "title": ""}]
    counts = ingest(feed(tmp_path / "two.jsonl", *spoilt), lake, reader(), complete=True)
    assert (counts.gone, counts.held) == (1, ["partner-b"])


def test_a_record_that_is_too_long_is_one_rejected_record(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vacancies.feeds.json_records.LARGEST_RECORD", 1000)
    counts = ingest(feed(tmp_path / "feed.jsonl", FULL | {"description": "x" * 5000}, FULL), lake, reader())
    assert (counts.lines, dict(counts.quarantined), counts.new) == (2, {"too_long": 1}, 1)


def truncate(path: Path) -> Path:
    path.write_bytes(gzip.compress(b"x" * 100_000)[:-20])
    return path


@pytest.mark.parametrize(
    ("make", "message"), [(lambda path: path, "cannot be read"), (truncate, "damaged gzip"), (lambda path: path.parent, "cannot be read")]
)
def test_a_file_that_cannot_be_read_is_named(lake: Lake, tmp_path: Path, make: Callable[[Path], Path], message: str) -> None:
    with pytest.raises(FeedInvalid, match=message):
        ingest(make(tmp_path / "feed.jsonl.gz"), lake, reader())


def test_a_board_option_without_a_row_is_refused_at_once(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(UnknownSource, match="nobody"):
        ingest(feed(tmp_path / "feed.jsonl", FULL), lake, FeedReader(REGISTER, "r", AT, board="nobody"))


def test_a_mapping_puts_columns_into_jobposting_fields() -> None:
    mapping = FeedMapping.model_validate(
        {
            "fields": {
                "identifier": ["ref", "id"],
                "jobLocation.address.postalCode": "plz",
                "baseSalary.value.minValue": "min",
                "baseSalary": "salary",
                "employmentType": "kind",
                "inLanguage": {"value": "de"},
            },
            "value_maps": {"employmentType": {"VZ": "FULL_TIME"}},
        }
    )
    assert mapping.apply({"ref": "NA", "id": 7, "plz": "34117", "min": 2000, "salary": "by agreement", "kind": "VZ"}) == {
        "identifier": 7,
        "jobLocation": {"address": {"postalCode": "34117"}},
        "baseSalary": {"value": {"minValue": 2000}},
        "employmentType": "FULL_TIME",
        "inLanguage": "de",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fields: {salry: pay}", "salry is no field"),
        ("fields: [a]", "not a mapping"),
        ("a: [", "line 1, column 5"),
        (None, "cannot be read"),
    ],
)
def test_a_wrong_mapping_is_explained(tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "mapping.yaml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(FeedInvalid, match=message):
        load_mapping(path)


def test_the_mapping_of_the_benchmark_corpora_is_valid() -> None:
    assert "title" in load_mapping(Path(__file__).parents[2] / "benchmarks" / "vacancies.mapping.yaml").fields


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "K\ud800och"}, {"description": "Kochen \ud83d und mehr"}, {"hiringOrganization": {"name": "Adler\udc00"}},
        {"identifier": "A\ud800"}, {"skills": ["Kochen\ud800"]}, {"extra\ud800": "x"},
    ],
    ids=["title", "text", "employer", "identifier", "skills", "name of a field"],
)  # fmt: skip
def test_half_characters_are_replaced_and_counted(lake: Lake, tmp_path: Path, fields: dict[str, object]) -> None:
    counts = ingest(feed(tmp_path / "feed.jsonl", FULL | fields), lake, reader())
    (posting,) = lake.postings()
    assert (counts.postings, counts.repaired) == (1, 1)
    posting.model_dump_json().encode("utf-8")


def test_a_board_named_with_half_a_character_is_quarantined(lake: Lake, tmp_path: Path) -> None:
    counts = ingest(feed(tmp_path / "feed.jsonl", FULL | {"board": "partner\ud800"}, FULL | {"title": "Koch \U0001f373"}), lake, reader())
    assert (counts.quarantined["unknown_board"], counts.postings, counts.repaired) == (1, 1, 1)


@pytest.mark.parametrize("field", ["title", "description", "hiring_organization", "url", "native_id"])
def test_a_draft_with_half_a_character_becomes_a_posting(field: str) -> None:
    draft = PostingDraft(**({"title": "Koch", "description": "Kochen"} | {field: "Koch \ud800"}))
    posting = draft_to_posting(draft, board="partner-a", parser="test/1")
    posting.model_dump_json().encode("utf-8")
