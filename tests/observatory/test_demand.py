"""Demand figures count what they say they count, and releases hold it."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from observatory.cube import Cube, build_cube, open_cube
from observatory.demand_model import DemandQuery
from observatory.error import CubeMissing, ReleaseHeld, UnknownRelease
from observatory.months import months_between, previous_period
from observatory.release import latest_release, list_releases, make_release, open_release_file, read_frame
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting, Evidence, OccupationReading, RegionReading, SkillMention, SkillStatus, Zone
from vacancies.lake import Lake
from vacancies.merging import merge
from vacancies.posting import Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.source import Source

NOW = datetime(2026, 9, 30, tzinfo=UTC)
EVIDENCE = Evidence(rule="test")
PYTHON, SQL, TALK = "urn:test:python", "urn:test:sql", "urn:test:talk"
TEXT = "Ein langer Text über eine Stelle, die es so gibt, mit allem, was dazu gehört und was man dafür können muss, Nummer {}."

# native id, board, employer, month, region, isco, skills with status; the copy on board-b has the same text as posting 1
ROWS = [
    ("1", "board-a", "Adler GmbH", 7, "DE300", "2512", {PYTHON: "required", SQL: "preferred", TALK: "mentioned"}),
    ("1", "board-b", "Adler GmbH", 8, "DE300", "2512", {PYTHON: "required"}),
    ("2", "board-a", "Adler GmbH", 8, "DE212", "2512", {PYTHON: "duty", SQL: "negated"}),
    ("3", "board-a", "Bär AG", 8, "DE30", "2221", {TALK: "required"}),
    ("4", "board-a", None, 9, None, None, {}),
    ("5", "board-b", "Cäsar", 9, "NL329", "2514", {PYTHON: "preferred"}),
    ("6", "board-b", "Cäsar", 9, "NL329", "2514", {PYTHON: "required"}),
]


def posting(row: tuple[str, str, str | None, int, str | None, str | None, dict[str, str]]) -> Posting:
    number, board, employer, month = row[:4]
    draft = PostingDraft(
        native_id=number,
        title=f"Stelle {number}",
        hiring_organization=employer,
        description=TEXT.format(number),
        date_posted=date(2026, month, 5),
        description_is_excerpt=number in {"4", "5"},
        is_guessed=number == "3",
    )
    return draft_to_posting(draft, board=board, parser="test/1")


def reading(of: Posting, region: str | None, isco: str | None, skills: dict[str, str]) -> EnrichedPosting:
    mentions = tuple(
        SkillMention(uri=uri, start=0, end=3, text="Ein", score=1, status=SkillStatus(status), zone=Zone.REQUIREMENTS, rule="test")
        for uri, status in skills.items()
    )
    return EnrichedPosting(
        posting_id=of.posting_id,
        content_hash=of.content_hash,
        language="de",
        public_text=of.description_text,
        public_employer=of.hiring_organization,
        skills=mentions,
        occupations=(OccupationReading(uri=f"urn:test:{isco}", isco=isco, score=1, evidence=EVIDENCE),) if isco else (),
        regions=(RegionReading(nuts=region, nuts_version="2021", country=region[:2], place=None, score=1, evidence=EVIDENCE),)
        if region
        else (),
        pipeline="p",
        taxonomy="starter:1",
    )


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Taxonomy, Regions]:
    store = TaxonomyStore(tmp_path_factory.mktemp("taxonomies"))
    store.ensure_starter()
    return store.open("starter:1"), Regions.open(store)


Fill = Callable[[list[int]], Cube]


@pytest.fixture
def fill(tmp_path: Path, known: tuple[Taxonomy, Regions]) -> Fill:
    def make(rows: list[int]) -> Cube:
        lake = Lake.open(tmp_path / "lake")
        chosen = [ROWS[index] for index in rows]
        postings = [posting(row) for row in chosen]
        for board in {row[1] for row in chosen}:
            lake.upsert_postings(board, [p for p in postings if p.board == board], run_id="r", seen_at=NOW, complete=True)
        lake.upsert_enriched(reading(p, *row[4:]) for p, row in zip(postings, chosen, strict=True))
        lake.replace_vacancies(merge(lake.postings(), lake.lives(), lake.first_regions("p", "starter:1"), lake.vacancies()))
        build_cube(lake, *known, tmp_path / "cube", run_id="r", pipeline="p", built_at=NOW)
        return open_cube(tmp_path / "cube", *known)

    return make


ALL = list(range(len(ROWS)))

QUERIES = [
    ({}, {PYTHON: (5, 4), SQL: (2, 1), TALK: (1, 1)}),
    ({"region": "DE"}, {PYTHON: (3, 2), SQL: (2, 1), TALK: (1, 1)}),
    ({"region": "DE3"}, {PYTHON: (2, 1), SQL: (2, 1), TALK: (1, 1)}),
    ({"region": "NL329"}, {PYTHON: (2, 2)}),
    ({"isco": "25"}, {PYTHON: (5, 4), SQL: (2, 1)}),
    ({"isco": "2221"}, {TALK: (1, 1)}),
    ({"occupation": "urn:test:2514"}, {PYTHON: (2, 2)}),
    ({"month_from": "2026-08", "month_to": "2026-08"}, {PYTHON: (1, 1), TALK: (1, 1)}),
    ({"skill": SQL}, {SQL: (2, 1)}),
    ({"region": "FR"}, {}),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[str(query) for query, _ in QUERIES])
def test_skills_are_counted_in_postings_and_vacancies(fill: Fill, query: dict[str, str], expected: dict[str, tuple[int, int]]) -> None:
    table = fill(ALL).demand(DemandQuery.model_validate(query))
    assert {row.uri: (row.postings, row.vacancies) for row in table.rows} == expected
    assert all(row.required + row.preferred + row.duty == row.vacancies for row in table.rows)


def test_a_figure_says_what_it_rests_on(fill: Fill) -> None:
    rests_on = fill(ALL).demand(DemandQuery()).rests_on
    assert (rests_on.postings, rests_on.vacancies, rests_on.employers) == (7, 6, 3)
    assert {source.board: (source.postings, source.vacancies) for source in rests_on.boards} == {"board-a": (4, 4), "board-b": (3, 3)}
    assert rests_on.not_stated.region == pytest.approx(1 / 6)
    assert rests_on.not_stated.occupation == pytest.approx(1 / 6)
    assert rests_on.not_stated.skills == pytest.approx(1 / 6)
    assert (rests_on.text_quality.excerpt, rests_on.text_quality.guessed) == (pytest.approx(2 / 6), pytest.approx(1 / 6))


def test_change_is_against_the_period_of_equal_length_before(fill: Fill) -> None:
    cube = fill(ALL)
    september = {row.uri: row for row in cube.demand(DemandQuery(month_from="2026-09", month_to="2026-09")).rows}
    assert (september[PYTHON].vacancies, september[PYTHON].previous_vacancies, september[PYTHON].change) == (2, 1, 1.0)
    july = cube.demand(DemandQuery(month_from="2026-07", month_to="2026-07"))
    assert july.rests_on.previous_from is None
    assert july.rows[0].change is None


def test_trend_regions_and_sources(fill: Fill) -> None:
    cube = fill(ALL)
    assert [(m.month, m.vacancies) for m in cube.trend(DemandQuery(skill=PYTHON))] == [("2026-07", 1), ("2026-08", 1), ("2026-09", 2)]
    assert [(r.region, r.vacancies) for r in cube.by_region(DemandQuery(), 0)] == [("DE", 3), ("NL", 2)]
    assert [(r.region, r.vacancies) for r in cube.by_region(DemandQuery(region="DE"), 3)] == [("DE212", 1), ("DE300", 1)]
    assert [(s.board, s.postings) for s in cube.sources(DemandQuery(skill=SQL))] == [("board-a", 1), ("board-b", 1)]


def test_a_cube_of_the_same_lake_is_left_alone(fill: Fill) -> None:
    assert fill(ALL).info() == fill(ALL).info()


def test_without_a_cube_the_error_names_the_command(tmp_path: Path, known: tuple[Taxonomy, Regions]) -> None:
    with pytest.raises(CubeMissing, match="labourscope index"):
        open_cube(tmp_path, *known)


def test_an_empty_cube_answers_with_nothing(fill: Fill) -> None:
    table = fill([]).demand(DemandQuery())
    assert (table.rows, table.rests_on.vacancies) == ((), 0)


SOURCES = [
    Source(
        board=board,
        name=board,
        platform="feed",
        address="x",
        countries=("DE",),
        languages=("de",),
        legal_basis="agreement",
        contact="a@b.example",
        active_from=date(2020, 1, 1),
    )
    for board in ("board-a", "board-b")
]


def test_a_release_holds_what_its_description_says(fill: Fill, known: tuple[Taxonomy, Regions], tmp_path: Path) -> None:
    cube, releases = fill(ALL), tmp_path / "releases"
    made = make_release(cube, *known, releases, sources=SOURCES, run_id="r", published_at=NOW)
    folder = releases / "latest"
    assert made.is_new
    assert made.info.version == "2026-09-30"
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    with (folder / "demand.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["vacancies"]) for row in rows if row["skill"] == PYTHON) == 4
    package = json.loads((folder / "datapackage.json").read_text())
    described = {resource["name"]: [field["name"] for field in resource["schema"]["fields"]] for resource in package["resources"]}
    assert described["demand"] == list(rows[0])
    assert list(read_frame(folder, "demand").columns) == list(rows[0])
    assert not any(value and "Text über" in value for row in rows for value in row.values())


def test_a_release_is_made_once_for_one_cube_and_never_changed(fill: Fill, known: tuple[Taxonomy, Regions], tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    first = make_release(fill(ALL[:-1]), *known, releases, sources=SOURCES, run_id="r", published_at=NOW)
    assert not make_release(fill(ALL[:-1]), *known, releases, sources=SOURCES, run_id="r", published_at=NOW).is_new
    before = {path.name: path.read_bytes() for path in (releases / first.info.version).iterdir()}
    second = make_release(fill(ALL), *known, releases, sources=SOURCES, run_id="r", published_at=NOW)
    assert second.info.version == "2026-09-30.2"
    assert {path.name: path.read_bytes() for path in (releases / first.info.version).iterdir()} == before
    assert [release.version for release in list_releases(releases)] == ["2026-09-30.2", "2026-09-30"]
    latest = latest_release(releases)
    assert latest is not None
    assert latest.version == "2026-09-30.2"


def test_a_release_whose_totals_jumped_is_held(
    fill: Fill, known: tuple[Taxonomy, Regions], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("observatory.release.publish._GATE_FROM", 4)
    releases = tmp_path / "releases"
    make_release(fill(ALL), *known, releases, sources=SOURCES, run_id="r", published_at=NOW)
    shutil.rmtree(tmp_path / "lake")
    smaller = fill([0, 2])
    with pytest.raises(ReleaseHeld, match="--force"):
        make_release(smaller, *known, releases, sources=SOURCES, run_id="r", published_at=NOW)
    assert len(list_releases(releases)) == 1
    assert make_release(smaller, *known, releases, sources=SOURCES, run_id="r", published_at=NOW, force=True).is_new


@pytest.mark.parametrize(
    ("version", "name"), [("2020-01-01", "demand.csv"), ("latest", "nothing.csv"), ("latest", "../2026-09-30/demand.csv"), ("..", "x")]
)
def test_only_listed_files_are_found(fill: Fill, known: tuple[Taxonomy, Regions], tmp_path: Path, version: str, name: str) -> None:
    releases = tmp_path / "releases"
    make_release(fill(ALL), *known, releases, sources=SOURCES, run_id="r", published_at=NOW)
    with pytest.raises(UnknownRelease, match=r"there is no release|has no file"):
        open_release_file(releases, version, name)
    assert open_release_file(releases, "latest", "demand.csv").is_file()


def test_months() -> None:
    assert months_between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert previous_period("2026-01", "2026-03") == ("2025-10", "2025-12")
