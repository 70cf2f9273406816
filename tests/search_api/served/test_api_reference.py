"""Concepts, regions, demand, datasets, sources and health."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from vacancies.lake import Lake
from vacancies.run import Run, RunStatus

Get = Callable[..., dict[str, Any]]
PYTHON = "urn:test:skill:python-programming"


def test_concepts_are_found_while_being_typed(get: Get) -> None:
    found = get("/v1/concepts", q="pyth", type="skill")["concepts"]
    assert found[0]["uri"] == PYTHON
    assert get("/v1/concepts", q="software dev", type="occupation_group")["concepts"][0]["code"] == "2512"


def test_a_concept_has_its_labels_and_neighbours(get: Get) -> None:
    concept = get(f"/v1/concepts/{PYTHON}", lang="de")
    assert concept["concept"]["labels"]["en"] == "Python programming"
    assert concept["broader"][0]["label"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/v1/concepts/urn:nothing", 404, "has no concept 'urn:nothing'"),
        ("/v1/concepts/Python", 404, "has no concept 'Python'"),
        ("/v1/concepts", 422, "q is missing"),
        ("/v1/concepts?q=", 422, "at least 1 character"),
        ("/v1/concepts?q=x&lang=fi", 422, "has no labels in 'fi'"),
        ("/v1/concepts?q=x&type=skil", 422, "type 'skil' is not known"),
        ("/v1/regions?name=x", 422, "q is missing"),
        ("/v1/demand?month_from=2025-13", 422, "month_from '2025-13'"),
        ("/v1/demand?month_from=2025-05&month_to=2025-04", 422, "lies before"),
        ("/v1/demand?region=Berlin", 422, "is the code of Berlin"),
        ("/v1/demand?isco=25x", 422, "not an ISCO-08 code"),
        ("/v1/demand?skill=urn:x", 422, "not a skill"),
        ("/v1/datasets/2020.1/readme.md", 404, "there is no release 2020.1"),
        ("/v1/datasets/latest/nothing.csv", 404, "has no file nothing.csv"),
        ("/v1/datasets/latest/..%2Frelease.json", 404, ""),
        ("/v1/datasets/..%2F..%2Flake/format.json", 404, ""),
        ("/v1/datasets/%2e%2e/format.json", 404, ""),
        ("/v1/datasets/latest/%00", 404, ""),
        ("/v1/nothing", 404, "there is nothing at /v1/nothing"),
    ],
)
def test_wrong_requests_are_problems(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    if path.startswith("/v1/"):
        assert answer.headers["content-type"] == "application/problem+json"
        assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("words", "code"), [("Wien", "AT13"), ("Leipzig", "DED51"), ("Germany", "DE"), ("DE3", "DE3"), ("münchen", "DE212")]
)
def test_regions_are_found_by_name_place_and_code(get: Get, words: str, code: str) -> None:
    found = get("/v1/regions", q=words)["regions"]
    assert code in [region["code"] for region in found]
    assert all(region["label"] for region in found)


def test_demand_counts_each_vacancy_once_under_its_strongest_status(get: Get) -> None:
    report = get("/v1/demand", region="DE")["demand"]
    assert report["filters"]["region"] == {"code": "DE", "label": "Germany"}
    assert report["table"]["rests_on"]["vacancies"] == get("/v1/vacancies", region="DE", include_gone=True)["total"]
    for row in report["table"]["rows"]:
        assert row["required"] + row["preferred"] + row["duty"] == row["vacancies"]
        assert row["label"]
    assert sum(month["vacancies"] for month in report["trend"]) == report["table"]["rests_on"]["vacancies"]
    assert {row["region"] for row in report["by_region"]} == {"DE3", "DE2", "DED"}
    assert report["boards"][0]["legal_basis"] == "agreement of 2025-01-15"


def test_demand_of_nothing_says_why(get: Get) -> None:
    report = get("/v1/demand", region="DE", isco="9")["demand"]
    assert report["table"]["rests_on"]["vacancies"] == 0
    assert [f["parameter"] for f in report["zero_reason"]["filters"]] == ["isco"]


def test_the_csv_holds_the_same_rows_under_what_they_rest_on(client: TestClient, get: Get) -> None:
    answer = get("/v1/demand", region="DE", month_from="2025-06", limit=5)
    download = client.get(answer["csv"])
    assert download.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="demand_DE_2025-06_2026-02.csv"' in download.headers["content-disposition"]
    lines = download.text.splitlines()
    comments = [line for line in lines if line.startswith("#")]
    for words in (
        "Region: Germany (DE)",
        "Period: 2025-06 to",
        "Source: PES North (pes-north)",
        "Method:",
        "Taxonomy: test:1",
        "legal basis",
    ):
        assert any(words in line for line in comments), words
    rows = list(csv.DictReader(io.StringIO("\n".join(lines[len(comments) :]))))
    table = answer["demand"]["table"]["rows"]
    assert [(row["skill_uri"], int(row["vacancies"])) for row in rows] == [(row["uri"], row["vacancies"]) for row in table]


def test_datasets_are_listed_and_downloaded_with_their_checksum(client: TestClient, get: Get) -> None:
    (release,) = get("/v1/datasets")["releases"]
    entry = next(entry for entry in release["files"] if entry["file"]["name"].endswith(".csv"))
    answer = client.get(entry["link"])
    digest = hashlib.sha256(answer.content)
    assert answer.headers["x-checksum-sha256"] == digest.hexdigest() == entry["file"]["sha256"]
    assert answer.headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert len(answer.content) == entry["file"]["size"]
    part = client.get(entry["link"], headers={"range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, answer.content[:10])
    assert client.head(entry["link"]).headers["content-length"] == str(entry["file"]["size"])


def test_latest_leads_to_the_newest_release(client: TestClient, get: Get) -> None:
    release = get("/v1/datasets")["releases"][0]
    name = release["files"][0]["file"]["name"]
    answer = client.get(f"/v1/datasets/latest/{name}", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == release["files"][0]["link"]


def test_sources_tell_basis_counts_and_last_run(get: Get) -> None:
    sources = {source["board"]: source for source in get("/v1/sources")["sources"]}
    north = sources["pes-north"]
    assert north["all_postings"] - north["open_postings"] == 10
    assert north["legal_basis"] == "agreement of 2025-01-15"
    assert north["last_run"]["status"] == "done"
    assert {country["label"] for country in north["countries"]} == {"Germany", "Austria"}


@pytest.mark.parametrize("board", [None, "pes-north"])
def test_the_last_run_of_a_feed_board_is_found(world: Any, tmp_path: Any, board: str | None) -> None:
    """A feed leaves a record of its own for each board, or, in older lakes, one as a whole."""
    at = datetime(2026, 2, 20, tzinfo=UTC)
    lake = Lake.open(tmp_path / "lake")
    feed = list(world.lake.postings(boards=["pes-north"]))[:3]
    for day in (0, 1):
        begun = at + timedelta(days=day)
        lake.upsert_postings("pes-north", feed, run_id=f"run-{day}", seen_at=begun + timedelta(seconds=5), complete=True)
        run = {"run_id": f"run-{day}", "step": "ingest", "status": RunStatus.DONE, "version": "0.1.0", "counts": {"lines": 3}}
        lake.record_run(Run(**run, board=board, started=begun, finished=begun + timedelta(minutes=1)))
    other = {"run_id": "run-9", "step": "ingest", "status": RunStatus.DONE, "version": "0.1.0"}
    lake.record_run(Run(**other, started=at + timedelta(days=2), finished=at + timedelta(days=2, minutes=1)))  # of another feed
    sources = TestClient(world.app(lake_root=tmp_path / "lake")).get("/v1/sources").json()["sources"]
    runs = {source["board"]: source["last_run"] and (source["last_run"]["run_id"], source["last_run"]["board"]) for source in sources}
    assert runs == {"pes-north": ("run-1", board), "jobs-south": None, "careers-west": None}


def test_health_of_a_live_index(get: Get) -> None:
    health = get("/v1/health")
    assert health["status"] == "ok"
    assert health["index"]["documents"] == 160
    assert health["index"]["lake_version"] == health["lake_version"]


def test_health_says_when_there_is_no_index(empty_client: TestClient) -> None:
    answer = empty_client.get("/v1/health")
    assert answer.status_code == 503
    assert answer.json()["status"] == "down"
    assert any("labourscope index" in note for note in answer.json()["notes"])
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("path", ["/v1/demand", "/v1/demand.csv", "/v1/match"])
def test_what_needs_figures_or_index_is_503_without(empty_client: TestClient, path: str) -> None:
    answer = empty_client.post(path, json={"skills": [{"label": "Python"}]}) if path == "/v1/match" else empty_client.get(path)
    assert answer.status_code == 503
    assert "labourscope" in answer.json()["mend"]


@pytest.mark.parametrize("path", ["/v1/sources", "/v1/datasets", "/v1/concepts?q=python", "/v1/regions?q=Wien"])
def test_what_needs_neither_answers_without(empty_client: TestClient, path: str) -> None:
    answer = empty_client.get(path)
    assert answer.status_code == 200
    assert answer.json()["meta"]["index_generation"] is None


def test_an_index_older_than_the_lake_is_told(world: Any, tmp_path: Any) -> None:
    shutil.copytree(world.home / "lake", tmp_path / "lake")
    Lake.open(tmp_path / "lake").replace_vacancies([])
    app = world.app(lake_root=tmp_path / "lake")
    health = TestClient(app).get("/v1/health").json()
    assert health["status"] == "behind"
    assert any("the index is older than the lake" in note for note in health["notes"])


def test_what_lake_version_means_is_told(get: Get) -> None:
    described = get("/openapi.json")["components"]["schemas"]["IndexInfo"]["properties"]["lake_version"]
    assert "content version" in described["description"]


def test_every_endpoint_says_in_words_what_it_does(client: TestClient) -> None:
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        for operation in operations.values():
            assert operation["summary"] != operation["operationId"].replace("_", " ").title(), path
            assert len(operation["summary"].split()) >= 5, path


@pytest.mark.parametrize(
    ("path", "kind", "near"),
    [("2026.33/demand.csv", "unknown-version", True), ("latest/readme.m", "unknown-file", True), ("latest/..", "unknown-file", False)],
)
def test_near_versions_and_files_are_named(client: TestClient, path: str, kind: str, near: bool) -> None:
    version, file = path.split("/")
    problem = client.get(f"/v1/datasets/{version}/{file.replace('..', '%2e%2e%20')}").json()
    assert problem["type"] == f"urn:labourscope:problem:{kind}"
    assert bool(problem["errors"][0].get("near")) is near
