"""What goes wrong is told in one message that names the value and the mend, with an exit code and without a traceback."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from .conftest import REGISTER, Labourscope

CASES = [
    (["ingest", "missing.jsonl", "--board", "partner"], 1, ["missing.jsonl"]),
    (["ingest", ".", "--board", "partner"], 1, ["."]),
    (["ingest", "feed.jsonl", "--board", "partner", "--mapping", "missing.yaml"], 1, ["missing.yaml"]),
    (["ingest", "feed.jsonl", "--board", "nobody"], 1, ["nobody", "partner"]),
    (["read", "missing.txt"], 1, ["missing.txt", "standard input"]),
    (["read", "."], 1, ["folder"]),
    (["read", "latin1.txt"], 1, ["UTF-8", "iconv"]),
    (["enrich", "--taxonomy", "nonsense"], 1, ["nonsense", "scheme:version"]),
    (["enrich", "--taxonomy", "esco:9.9.9"], 1, ["esco:9.9.9", "labourscope taxonomy import"]),
    (["taxonomy", "show", "no-such-concept"], 1, ["no-such-concept"]),
    (["taxonomy", "diff", "starter:1", "esco:9.9.9"], 1, ["esco:9.9.9"]),
    (["taxonomy", "import", "missing.zip"], 1, ["missing.zip"]),
    (["taxonomy", "match", "missing.txt"], 1, ["missing.txt"]),
    (["taxonomy", "match", "latin1.txt"], 1, ["latin1.txt", "UTF-8"]),
    (["taxonomy", "match", "/dev/null"], 1, ["no names"]),
    (["crawl", "--board", "nobody"], 1, ["nobody", "partner"]),
    (["run", "--skip", "everything"], 2, ["everything", "crawl"]),
    (["serve", "--host", "0.0.0.0"], 1, ["LABOURSCOPE_API_TOKENS", "LABOURSCOPE_API_BEHIND_LOGIN_PROXY"]),
    (["serve", "--host", "::"], 1, ["LABOURSCOPE_API_TOKENS"]),
    (["evaluate", "merging", "--data", "missing.jsonl"], 1, ["missing.jsonl"]),
    (["bench", "way", "--data", "missing"], 1, ["missing"]),
]


@pytest.fixture
def files(home: Path, tmp_path: Path) -> Path:
    (tmp_path / "feed.jsonl").write_text(json.dumps({"@type": "JobPosting", "title": "Koch", "description": "Koch gesucht"}) + "\n")
    (tmp_path / "latin1.txt").write_bytes("Führerschein".encode("latin-1"))
    return home


@pytest.mark.parametrize(("words", "code", "told"), CASES, ids=[" ".join(words) for words, *_ in CASES])
@pytest.mark.usefixtures("files")
def test_a_mistake_is_explained(labourscope: Labourscope, words: list[str], code: int, told: list[str]) -> None:
    ended = labourscope(*words)
    assert ended.code == code, ended
    assert [part for part in told if part not in ended.err] == []
    assert "Traceback" not in ended.err
    assert ended.out == ""


SETTINGS = [
    ("LABOURSCOPE_WORKERS", "many", ["doctor"], "many"),
    ("LABOURSCOPE_WORKERS", "0", ["doctor"], "LABOURSCOPE_WORKERS"),
    ("LABOURSCOPE_ENGINE", "solr", ["index"], "tantivy"),
    ("LABOURSCOPE_CLOCK", "yesterday", ["merge"], "yesterday"),
    ("LABOURSCOPE_TAXONOMY", "esco:9.9.9", ["enrich"], "esco:9.9.9"),
    ("LABOURSCOPE_SOURCE_REGISTER", "nowhere.yaml", ["sources", "list"], "nowhere.yaml"),
    ("LABOURSCOPE_API_PORT", "x", ["serve"], "LABOURSCOPE_API_PORT"),
    ("LABOURSCOPE_API_ROOT_PATH", "labour/", ["serve"], "slash"),
]


@pytest.mark.parametrize(("name", "value", "words", "told"), SETTINGS)
@pytest.mark.usefixtures("home")
def test_a_bad_setting_is_named(
    labourscope: Labourscope, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: list[str], told: str
) -> None:
    monkeypatch.setenv(name, value)
    ended = labourscope(*words)
    assert ended.code in (1, 2), ended
    assert told in ended.err
    assert "Traceback" not in ended.err


def test_a_secret_is_not_shown_when_it_is_refused(labourscope: Labourscope, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("LABOURSCOPE_API_TOKENS", "tooshort")
    ended = labourscope("serve")
    assert ended.code == 2
    assert "16 characters" in ended.err
    assert "tooshort" not in ended.err


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (REGISTER.replace("partner", "Not A Board"), ["row 1", "field board", "Not A Board"]),
        (REGISTER.replace("  legal_basis: authored for this test\n", ""), ["row 1 (partner)", "field legal_basis"]),
        (REGISTER + "  colour: red\n", ["row 1 (partner)", "field colour", "red"]),
        (REGISTER * 2, ["row 2", "partner", "there already"]),
        ("partner: yes", ["must be a YAML list of rows"]),
        ("- board: [", ["not valid YAML"]),
    ],
)
@pytest.mark.parametrize("command", [["sources", "list"], ["sources", "check"], ["merge"]], ids=" ".join)
def test_a_wrong_row_of_the_register_is_named(labourscope: Labourscope, home: Path, row: str, told: list[str], command: list[str]) -> None:
    (home / "sources.yaml").write_text(row)
    ended = labourscope(*command)
    assert ended.code == 1
    assert [part for part in told if part not in ended.err] == []
    assert "sources.yaml" in ended.err


def test_an_unknown_platform_is_found_by_the_check(labourscope: Labourscope, home: Path) -> None:
    (home / "sources.yaml").write_text(REGISTER.replace("platform: feed", "platform: jobsite"))
    ended = labourscope("sources", "check")
    assert ended.code == 1
    assert "jobsite" in ended.out
    assert "greenhouse" in ended.out


@pytest.mark.parametrize("command", [["merge"], ["sources", "list"], ["maintain"]], ids=" ".join)
def test_a_lake_of_a_newer_version_is_left_alone(labourscope: Labourscope, home: Path, command: list[str]) -> None:
    (home / "lake" / "format.json").write_text('{"format": 99}')
    ended = labourscope(*command)
    assert ended.code == 1
    assert "upgrade Labourscope" in ended.err


def test_a_port_in_use_is_told(labourscope: Labourscope, home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = labourscope("serve", "--port", str(taken.getsockname()[1]))
    assert ended.code == 1
    assert "--port" in ended.err


def test_a_home_that_cannot_be_made_is_told(labourscope: Labourscope, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LABOURSCOPE_HOME", str(tmp_path / "file" / "home"))
    ended = labourscope("doctor")
    assert ended.code == 1
    assert "LABOURSCOPE_HOME" in ended.err
