"""Commands run on a small installation: every one is there, JSON goes to standard output alone, exit codes mean what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from vacancies.lake import Lake

from .conftest import Ended, Labourscope, advertisement

PFLEGE = (
    "Wir suchen eine Pflegefachkraft in Erfurt.\n\nAnforderungen\n- Teamfähigkeit\n- Führerschein Klasse B von Vorteil\n\nmax@werk.example"
)
COMMANDS = [
    "sources list",
    "sources check",
    "crawl",
    "ingest",
    "enrich",
    "merge",
    "index",
    "release",
    "serve",
    "run",
    "schedule",
    "taxonomy import",
    "taxonomy list",
    "taxonomy show",
    "taxonomy search",
    "taxonomy diff",
    "taxonomy match",
    "read",
    "evaluate merging",
    "bench taxonomy",
    "bench labels",
    "bench read",
    "bench index",
    "bench way",
    "doctor",
    "demo",
    "maintain",
    "forget",
    "postings show",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(labourscope: Labourscope, command: str) -> None:
    *group, name = command.split()
    overview = labourscope(*group, "--help")
    own = labourscope(*group, name, "--help")
    assert (overview.code, own.code) == (0, 0)
    assert f" {name} " in overview.out
    assert f"Usage: labourscope {command} " in own.out
    assert "Traceback" not in own.err


def test_without_a_command_the_overview_is_shown(labourscope: Labourscope) -> None:
    ended = labourscope()
    assert ended.code == 2
    assert "Usage: labourscope" in ended.out + ended.err


def pairs(folder: Path) -> Path:
    """Two labelled pairs: a copy, and two different jobs."""
    path = folder / "pairs.jsonl"
    same, other = advertisement(1), advertisement(2)
    lines = [{"a": same, "b": same, "label": "full"}, {"a": same, "b": other, "label": "different"}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


JSON_COMMANDS = [
    ["sources", "list"],
    ["sources", "check"],
    ["taxonomy", "list"],
    ["taxonomy", "show", "2512"],
    ["taxonomy", "search", "pflege", "--lang", "de"],
    ["taxonomy", "diff", "starter:1", "starter:1"],
    ["enrich"],
    ["merge"],
    ["index"],
    ["release"],
    ["doctor"],
    ["read", "-"],
]


@pytest.mark.parametrize("words", JSON_COMMANDS, ids=" ".join)
@pytest.mark.usefixtures("home")
def test_json_is_all_there_is_on_standard_output(labourscope: Labourscope, words: list[str]) -> None:
    ended = labourscope(*words, "--json", stdin=PFLEGE)
    assert ended.code == 0, ended.err
    assert ended.value or words == ["sources", "check"]


@pytest.mark.usefixtures("home")
def test_ingest_gives_its_counts_as_json(labourscope: Labourscope, tmp_path: Path) -> None:
    feed = tmp_path / "more.jsonl"
    feed.write_text("".join(json.dumps(advertisement(number)) + "\n" for number in (0, 50, 51)) + '{"@type": "JobPosting"}\n')
    ended = labourscope("ingest", str(feed), "--board", "partner", "--json")
    (step,) = ended.value["steps"]
    assert (ended.code, step["step"], step["held"]) == (0, "ingest", False)
    assert (step["counts"]["new"], step["counts"]["unchanged"], step["counts"]["quarantined.no_text"]) == (2, 1, 1)
    assert len(list(Lake.open(tmp_path / "home" / "lake").postings())) == 14


@pytest.mark.usefixtures("home")
def test_tables_are_for_people(labourscope: Labourscope) -> None:
    ended = labourscope("taxonomy", "list")
    assert ended.code == 0
    assert "starter:1" in ended.out
    assert not ended.out.startswith("[")


@pytest.mark.usefixtures("home")
def test_a_step_ends_with_its_counts(labourscope: Labourscope) -> None:
    ended = labourscope("merge")
    assert (ended.code, ended.out) == (0, "")
    assert "vacancies 12" in ended.err


def test_a_held_step_ends_with_3_until_forced(labourscope: Labourscope, home: Path) -> None:
    lake = Lake.open(home / "lake")
    lake.replace_vacancies(list(lake.vacancies())[:5])
    held, as_json = labourscope("index"), labourscope("index", "--json")
    assert (held.code, as_json.code) == (3, 3)
    assert "--force" in held.err
    assert [(step["step"], step["held"]) for step in as_json.value["steps"]] == [("index", True)]
    assert labourscope("index", "--force").code == 0


def test_a_lake_that_is_being_written_ends_with_4(labourscope: Labourscope, home: Path) -> None:
    with Lake.open(home / "lake").lock("the nightly run"):
        ended = labourscope("merge")
    assert ended.code == 4
    assert "the nightly run" in ended.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["serve", "--port", "many"], "--port"),
        (["serve", "--port", "70000"], "65535"),
        (["no-such-command"], "no-such-command"),
        (["merge", "--no-such-option"], "--no-such-option"),
        (["ingest"], "FILE"),
        (["taxonomy", "search", "x", "--type", "colour"], "colour"),
        (["taxonomy", "search", "x", "--limit", "0"], "--limit"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_why(labourscope: Labourscope, words: list[str], told: str) -> None:
    ended = labourscope(*words)
    assert (ended.code, ended.out) == (2, "")
    assert told.lower() in ended.err.lower()
    assert "Traceback" not in ended.err


@pytest.mark.usefixtures("home")
def test_maintain_keeps_what_is_there(labourscope: Labourscope, home: Path) -> None:
    before = sorted(map(str, Lake.open(home / "lake").vacancies()))
    assert labourscope("maintain").code == 0
    assert sorted(map(str, Lake.open(home / "lake").vacancies())) == before


def test_merging_is_measured_on_labelled_pairs(labourscope: Labourscope, tmp_path: Path) -> None:
    ended = labourscope("evaluate", "merging", "--data", str(pairs(tmp_path)), "--json")
    assert ended.code == 0, ended.err
    assert ended.value["n"] == 2


def skills_of(ended: Ended) -> dict[str, str]:
    return {skill["label"]: skill["status"] for skill in ended.value["skills"] if skill["label"]}


def test_an_advertisement_is_read_and_explained(labourscope: Labourscope) -> None:
    ended = labourscope("read", "-", "--json", stdin=PFLEGE)
    assert ended.code == 0, ended.err
    assert skills_of(ended)["teamwork"] == "required"
    assert any(row["name"] == "driving licence" and "preferred" in row["value"] for row in ended.value["conditions"])
    assert "max@werk.example" not in ended.out, "contact data is masked"
    assert ended.value["language"] == "de"


def test_the_same_advertisement_is_read_from_text_html_and_json(labourscope: Labourscope, tmp_path: Path) -> None:
    html = "<p>Wir suchen eine Pflegefachkraft.</p><h3>Anforderungen</h3><ul><li>Teamfähigkeit</li><li>Python</li></ul>"
    text = "Wir suchen eine Pflegefachkraft.\n\nAnforderungen\n- Teamfähigkeit\n- Python\n"
    jobposting = json.dumps({"@type": "JobPosting", "title": "Pflegefachkraft", "description": html})
    found = []
    for name, content in (("a.html", html), ("a.txt", text), ("a.json", jobposting)):
        (tmp_path / name).write_text(content)
        found.append(skills_of(labourscope("read", name, "--json")))
    assert found[0]
    assert found[0] == found[1] == found[2]


def test_reading_shows_people_what_was_read_and_writes_a_page(labourscope: Labourscope, tmp_path: Path) -> None:
    ended = labourscope("read", "-", "--html", str(tmp_path / "page.html"), stdin=PFLEGE)
    page = (tmp_path / "page.html").read_text()
    assert ended.code == 0, ended.err
    assert "required" in ended.out
    assert page.startswith("<!DOCTYPE html>")
    assert "max@werk.example" not in page


def test_starting_loads_neither_spiders_nor_servers_nor_spacy() -> None:
    code = "import sys, labourscope.cli; print(*{'scrapy', 'twisted', 'fastapi', 'spacy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
