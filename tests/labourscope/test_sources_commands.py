"""The register from the command line: rows are added, checked and shown; feeds are looked at before they go live."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.scaffold import new_platform
from vacancies.forgetting.tombstone import ForgottenKind, Tombstone
from vacancies.health.record import SourceHealth
from vacancies.lake import Lake
from vacancies.run import RunStatus

from .conftest import REGISTER, Labourscope

HOUR = timedelta(hours=1)
ADD = ["sources", "add", "--name", "Acme", "--platform", "greenhouse", "--country", "DE", "--language", "de"]
ADD += ["--legal-basis", "agreement", "--contact", "t@pes.example"]
CSV = "Stellennummer;Titel;Text;Vertrag;Intern\nA-1;Koch;Kochen;unbefristet;x\nA-2;Maurer;Mauern;irgendwie;y\n"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "sources.yaml"
    path.parent.mkdir()
    path.write_text(f"# ours{REGISTER}")
    return path


def test_a_row_is_added_checked_and_shown(labourscope: Labourscope, register: Path) -> None:
    added = labourscope(*ADD, "--board", "acme", "--address", "acme", "--hours", "22:00-06:00", "--credential", "key=ACME_KEY")
    assert added.code == 0, added
    assert register.read_text().startswith(f"# ours{REGISTER}")
    again = labourscope(*ADD, "--board", "acme", "--address", "other")
    assert (again.code, "has a row in" in again.err) == (1, True)
    check = labourscope("sources", "check", "--json")
    assert (check.code, [row["field"] for row in check.value]) == (1, ["credentials"])
    rows = {row["board"]: row for row in labourscope("sources", "list", "--json").value}
    assert (rows["acme"]["hours"], rows["acme"]["credentials"], rows["acme"]["relevance"]) == ("22:00-06:00", "key=ACME_KEY", None)
    assert "robots_agreement" in labourscope("sources", "list", "--wide").out


def test_how_each_board_stands_is_shown(labourscope: Labourscope, register: Path) -> None:
    for board in ("acme", "shut", "ended"):
        assert labourscope(*ADD, "--board", board, "--address", board).code == 0
    ended = ["--active-from", "2026-01-01", "--active-to", "2026-02-01"]
    assert labourscope(*ADD, "--board", "over", "--address", "over", *ended).code == 0
    lake, now = Lake.open(register.parent / "lake"), datetime.now(UTC)
    lake.bury([Tombstone(key="shut", kind=ForgottenKind.BOARD, forgotten_at=now)])
    for board, rest in (("acme", 1), ("ended", -1)):
        run = {"run_id": "run", "step": "crawl", "board": board, "status": RunStatus.FAILED, "at": now, "resting_until": now + rest * HOUR}
        lake.record_health(SourceHealth.model_validate(run))
    states = {
        "partner": "active",
        "acme": f"resting until {now + HOUR:%Y-%m-%d %H:%M} UTC",
        "shut": f"forgotten on {now:%Y-%m-%d}",
        "ended": "active",  # its rest is over
        "over": "not active",
    }
    rows = {row["board"]: row for row in labourscope("sources", "list", "--json").value}
    assert {board: row["state"] for board, row in rows.items()} == states
    assert {board: row["forgotten_at"] for board, row in rows.items() if row["forgotten_at"]} == {"shut": now.isoformat()}
    assert {board: row["resting_until"] for board, row in rows.items() if row["resting_until"]} == {"acme": (now + HOUR).isoformat()}
    table = labourscope("sources", "list").out
    assert all(state in table for state in states.values())
    check = labourscope("sources", "check", "--json")
    wrong = [(row["board"], row["field"]) for row in check.value if row["weight"] == "wrong"]
    assert (check.code, wrong) == (1, [("shut", "board")])
    assert "shut" in labourscope("sources", "health").out
    (health,) = [board for board in labourscope("sources", "health", "--json").value if board["board"] == "shut"]
    assert (health["alerts"], health["forgotten_at"][:10]) == ([], f"{now:%Y-%m-%d}")
    assert labourscope("forget", "--board", "shut", "--lift").code == 0
    assert labourscope("sources", "check").code == 0
    assert "forgotten" not in labourscope("sources", "list").out


def test_a_pattern_that_the_platform_does_not_look_at_is_wrong(labourscope: Labourscope, register: Path) -> None:
    words = [*ADD, "--board", "acme", "--address", "acme", "--job-address", "/jobs/"]
    assert labourscope(*words).code == 0
    check = labourscope("sources", "check", "--json")
    assert (check.code, [row["field"] for row in check.value]) == (1, ["job_address"])
    assert "only browser, generic, jsonld, microdata do" in check.value[0]["problem"]


@pytest.mark.parametrize(
    ("platform", "options", "loopback", "hint"),
    [
        ("greenhouse", ["--loopback"], True, "labourscope crawl --board acme"),
        ("greenhouse", ["--no-loopback"], False, "labourscope crawl --board acme"),
        ("feed", [], False, "labourscope ingest FILE --board acme --check"),
    ],
    ids=["on this machine", "elsewhere", "a feed"],
)
def test_the_next_command_fits_the_row(
    labourscope: Labourscope, register: Path, platform: str, options: list[str], loopback: bool, hint: str
) -> None:
    added = labourscope(*ADD, "--board", "acme", "--address", "acme", "--platform", platform, *options)
    assert (added.code, hint in added.out) == (0, True), added
    rows = {row["board"]: row for row in labourscope("sources", "list", "--json").value}
    assert rows["acme"]["loopback"] is loopback


def test_options_win_over_the_draft(labourscope: Labourscope, register: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_text("board: drafted\naddress: acme\nname: From the draft\n# legal_basis:   # on what\n")
    ended = labourscope(*ADD, "--from", "draft.yaml", "--json")
    assert (ended.code, ended.value["row"]["board"], ended.value["row"]["name"]) == (0, "drafted", "Acme")


WRONG = [
    (["--board", "b2", "--address", "a", "--platform", "grenhouse"], "platform 'grenhouse' is not known"),
    (["--board", "b2"], "field address: needed"),
    (["--board", "b2", "--address", "a", "--delay", "soon"], "field delay, value 'soon'"),
    (["--board", "b2", "--address", "a", "--job-address", "/jobs/("], "'/jobs/(' is no regular expression"),
    (["--board", "b2", "--address", "a", "--country", "Germany"], "'Germany': not of the form that is expected. Countries that the board"),
    (["--board", "b2", "--address", "a", "--terms-read", "1.3.2026"], "'1.3.2026': no date; write it as 2026-03-01"),
    (["--board", "b2", "--address", "a", "--contact", "nobody"], "'nobody' is neither an e-mail address nor a web address"),
    (["--board", "b2", "--address", "a", "--credential", "key"], "write NAME=VARIABLE"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[case[1] for case in WRONG])
def test_a_wrong_row_is_refused_and_nothing_is_written(labourscope: Labourscope, register: Path, words: list[str], said: str) -> None:
    before = register.read_text()
    ended = labourscope(*ADD, *words)
    assert (ended.code, said in ended.err) == (1, True), ended
    assert register.read_text() == before


def test_an_address_that_is_none_is_not_probed(labourscope: Labourscope) -> None:
    ended = labourscope("sources", "probe", "acme", "--contact", "t@pes.example")
    assert (ended.code, "write it with https://" in ended.err) == (1, True)


def test_a_feed_is_proposed_checked_and_taken_over(labourscope: Labourscope, register: Path, tmp_path: Path) -> None:
    (tmp_path / "feed.csv").write_text(CSV)
    refused = labourscope("ingest", "feed.csv", "--board", "partner")
    assert (refused.code, "--draft-mapping" in refused.err) == (1, True)
    proposed = labourscope("ingest", "feed.csv", "--draft-mapping")
    assert proposed.code == 0, proposed
    (register.parent / "partner.mapping.yaml").write_text(proposed.out)
    register.write_text(register.read_text() + "  mapping: partner.mapping.yaml\n")
    check = labourscope("ingest", "feed.csv", "--board", "partner", "--check", "--json")
    assert check.code == 3, check
    report = check.value
    fields = {field["field"]: field for field in report["fields"]}
    assert (fields["title"]["share"], fields["employment_type"]["share"], fields["employment_type"]["unread"]) == (1.0, 0.5, 1)
    assert report["unread"] == [{"kind": "employment_type", "count": 1, "lines": [3], "example": "irgendwie"}]
    assert [column["column"] for column in report["columns_left"]] == ["Intern"]
    assert (report["boards"][0]["new"], report["boards"][0]["would_be_held"]) == (2, False)
    assert Lake.open(register.parent / "lake").row_count("postings") == 0
    assert labourscope("ingest", "feed.csv", "--board", "partner", "--complete").code == 0
    (tmp_path / "feed.csv").write_text("\n".join(CSV.splitlines()[:2]).replace("Kochen", "Braten") + "\n")
    after = labourscope("ingest", "feed.csv", "--board", "partner", "--check", "--json").value["boards"][0]
    assert {name: after[name] for name in ("new", "changed", "gone", "would_be_held")} == {
        "new": 0, "changed": 1, "gone": 1, "would_be_held": True,
    }  # fmt: skip
    assert sum(1 for _ in Lake.open(register.parent / "lake").postings()) == 2
    shown = labourscope("ingest", "feed.csv", "--board", "partner", "--check").out
    assert "Intern" in shown  # the column that no field takes


@pytest.mark.parametrize("option", ["--check", "--draft-mapping"])
def test_an_empty_feed_is_called_empty(labourscope: Labourscope, register: Path, tmp_path: Path, option: str) -> None:
    (tmp_path / "empty.csv").write_text("")
    ended = labourscope("ingest", "empty.csv", "--board", "partner", option)
    assert (ended.code, "empty.csv is empty" in ended.err) == (1, True), ended


NAMES = [
    ("zzzzzzzzz", "'zzzzzzzzz' is no id, which has the digits"),
    ("3f2a", "'3f2a' is too short; give 8 digits"),
    ("0123456789", "no posting of the lake has an id that begins with '0123456789'"),
    ("https://a.example/1", "no posting of the lake has the address 'https://a.example/1'"),
]


@pytest.mark.parametrize(("name", "said"), NAMES, ids=[case[0] for case in NAMES])
def test_a_posting_that_is_not_there_is_told_by_what_it_was_asked(labourscope: Labourscope, register: Path, name: str, said: str) -> None:
    Lake.open(register.parent / "lake")
    ended = labourscope("postings", "show", name)
    assert (ended.code, said in " ".join(ended.err.split())) == (1, True), ended


def test_the_files_of_a_new_platform_are_made_once(labourscope: Labourscope, tmp_path: Path) -> None:
    assert "is not a checkout" in labourscope("sources", "new-platform", "acmejobs").err
    for folder in ("crawlers/platforms", "crawlers/page_parsers", "tests/crawlers/recorded"):
        (tmp_path / folder).mkdir(parents=True)
    made = labourscope("sources", "new-platform", "acmejobs")
    assert (made.code, "labourscope sources record acmejobs" in made.out) == (0, True)
    for path in ("crawlers/platforms/acmejobs.py", "crawlers/page_parsers/acmejobs.py"):
        compile((tmp_path / path).read_text(), path, "exec")
    assert json.loads((tmp_path / "tests/crawlers/recorded/acmejobs/expected.json").read_text()) == []
    assert "is there already" in labourscope("sources", "new-platform", "acmejobs").err
    assert "is no name" in labourscope("sources", "new-platform", "Acme Jobs").err
    assert "holds no exchange.json" in labourscope("sources", "record", "nothing").err
    assert len(new_platform("other", tmp_path)) == 7
