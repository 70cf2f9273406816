"""`forget`, `postings show` and the dry run of parsers, as a person calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from vacancies.lake import Lake

from .conftest import Labourscope


def an_id(home: Path) -> str:
    return next(posting.posting_id for posting in Lake.open(home / "lake").postings() if posting.native_id == "3")


def test_a_posting_is_shown_planned_and_forgotten(labourscope: Labourscope, home: Path) -> None:
    wanted = an_id(home)
    shown = labourscope("postings", "show", wanted, "--json")
    assert (shown.code, shown.value["posting"]["native_id"], shown.value["revisions"]) == (0, "3", [])
    assert "open" in labourscope("postings", "show", wanted).out
    plan = labourscope("forget", "--posting", wanted, "--dry-run", "--json")
    assert (plan.code, plan.value["erased"]["postings"], plan.value["copies"]) == (0, 1, [])
    refused = labourscope("forget", "--posting", wanted)
    assert (refused.code, "--yes" in refused.err) == (1, True)
    assert len(list(Lake.open(home / "lake").postings())) == 12
    done = labourscope("forget", "--posting", wanted, "--reason", "asked for", "--yes", "--json")
    assert (done.code, done.value["hits"], done.value["erased"]["postings"]) == (0, 0, 1)
    assert {part["hits"] for part in done.value["searched"]} == {0}
    again = labourscope("forget", "--posting", wanted, "--yes")
    assert (again.code, "was forgotten on" in again.err) == (1, True)
    assert labourscope("forget", "--posting", wanted, "--lift").code == 0
    assert labourscope("postings", "show", wanted).code == 1


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["forget"], 1, "--posting"),
        (["forget", "--board", "nobody"], 1, "nobody"),
        (["forget", "--url", "https://nowhere.example/1"], 1, "nowhere.example"),
        (["forget", "--board", "a", "--url", "b"], 2, "one of"),
        (["forget", "--board", "partner", "--lift"], 1, "no tombstone"),
        (["crawl", "--dry-run"], 2, "--from-captures"),
        (["postings", "show", "12"], 1, "8 digits"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_calls_are_explained(labourscope: Labourscope, words: list[str], code: int, told: str) -> None:
    ended = labourscope(*words)
    assert (ended.code, told in ended.err) == (code, True), ended.err


@pytest.mark.usefixtures("home")
def test_reading_captures_anew_can_be_tried(labourscope: Labourscope) -> None:
    ended = labourscope("crawl", "--from-captures", "--dry-run", "--json")
    assert (ended.code, ended.value) == (0, [])
