"""Adding rows to a register that a person keeps: comments and order stay, and no board gets a second row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vacancies.error import RegisterInvalid
from vacancies.register import load_register
from vacancies.register_check import Weight, check_row
from vacancies.register_editing import add_row, make_row, read_draft, row_text
from vacancies.source import Source

TODAY = date(2026, 9, 15)
ROW = {
    "board": "board-a",
    "name": "Board A: jobs #1",
    "platform": "rss",
    "address": "https://a.example/jobs.rss",
    "countries": ["NO", "DE"],
    "languages": ["no"],
    "legal_basis": "yes",
    "contact": "crawler@pes.example",
    "active_from": date(2026, 1, 1),
    "hours": "22:00-06:00",
    "credentials": {"api_key": "BOARD_KEY"},
}
WRITTEN = "# ours\n- {board: first, name: F, platform: rss, address: https://f.example, countries: [DE], languages: [de], legal_basis: a,\n"
WRITTEN += "   contact: c@pes.example, active_from: 2026-01-01}  # agreed by phone\n# end of the list\n"
INDENTED = (
    "# ours\n  - board: first\n    name: F\n    platform: rss\n    address: https://f.example\n    countries: [DE]\n    languages: [de]\n"
)
INDENTED += "    legal_basis: a\n    contact: c@pes.example\n    active_from: 2026-01-01"


@pytest.mark.parametrize("before", [WRITTEN, INDENTED, "", "# nothing yet\n"], ids=["flow rows", "indented", "empty", "comment"])
def test_a_row_is_added_below_what_a_person_wrote(tmp_path: Path, before: str) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(before)
    source = make_row(ROW)
    add_row(path, source)
    assert path.read_text().startswith(before)
    assert load_register(path).get("board-a") == source
    assert [one.board for one in load_register(path)][-1] == "board-a"


def test_the_first_row_makes_the_file(tmp_path: Path) -> None:
    add_row(tmp_path / "new" / "sources.yaml", make_row(ROW))
    assert load_register(tmp_path / "new" / "sources.yaml").boards == ("board-a",)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "'board-a' has a row in .* already"),
        ({"board": "board-b"}, "has this address already, as board 'board-a'"),
    ],
)
def test_a_second_row_for_a_board_is_refused(tmp_path: Path, changes: dict[str, str], words: str) -> None:
    path = tmp_path / "sources.yaml"
    add_row(path, make_row(ROW))
    before = path.read_text()
    with pytest.raises(RegisterInvalid, match=words):
        add_row(path, make_row(ROW | changes))
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("text", "words"), [("[]", "a row under each dash"), ("board: x", "must be a YAML list"), ("- {board: x}", "field name")]
)
def test_a_register_that_cannot_take_a_row_stays_as_it_was(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text)
    with pytest.raises(RegisterInvalid, match=words):
        add_row(path, make_row(ROW))
    assert path.read_text() == text
    assert not (tmp_path / "sources.yaml.new").exists()


def test_a_wrong_row_names_every_field_that_is_missing_or_wrong() -> None:
    with pytest.raises(RegisterInvalid) as error:
        make_row({"board": "Board B", "platform": "rss", "delay": "soon"})
    assert all(word in str(error.value) for word in ("field board", "field address", "field contact", "'soon'"))


def test_a_draft_may_be_a_row_or_a_list_of_one(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    for text in (row_text(make_row(ROW)), "board: board-a\ncountries: [NO]\n"):
        path.write_text(text)
        assert read_draft(path)["board"] == "board-a"
    path.write_text("- 1\n- 2")
    with pytest.raises(RegisterInvalid, match="must hold one row"):
        read_draft(path)


CHECKS = [
    ("all well", {"terms_read": TODAY, "robots_read": TODAY}, (), []),
    ("read long ago", {"robots_read": date(2025, 1, 1)}, (), [("robots_read", Weight.OLD)]),
    ("never read", {"terms_url": "https://a.example/terms"}, (), [("terms_read", Weight.OLD)]),
    ("read tomorrow", {"terms_read": date(2026, 9, 16)}, (), [("terms_read", Weight.WRONG)]),
    ("ended", {"active_to": date(2026, 9, 14)}, (), [("active_to", Weight.OLD)]),
    ("ends soon", {"active_to": date(2026, 9, 30)}, (), [("active_to", Weight.OLD)]),
    ("not yet", {"active_from": date(2026, 10, 1)}, (), [("active_from", Weight.OLD)]),
    ("no hour left", {"hours": "06:00-06:00"}, (), [("hours", Weight.WRONG)]),
    ("a credential not named", {}, ("app_id",), [("credentials", Weight.WRONG)]),
    ("a variable not set", {"credentials": {"api_key": "LABOURSCOPE_NOT_SET"}}, ("api_key",), [("credentials", Weight.WRONG)]),
    ("no such mapping", {"mapping": "nothing"}, (), [("mapping", Weight.WRONG)]),
    ("a mapping that comes with us", {"mapping": "indeed-xml"}, (), []),
]


@pytest.mark.parametrize(
    ("changes", "found"),
    [({}, ["board"]), ({"active_from": date(2026, 10, 1)}, ["board", "active_from"]), ({"active_to": date(2026, 9, 14)}, ["active_to"])],
    ids=["active", "not yet", "ended"],
)
def test_the_row_of_a_forgotten_board_is_wrong_until_it_ends(changes: dict[str, object], found: list[str]) -> None:
    source = Source.model_validate(ROW | {"credentials": {}} | changes)
    problems = list(check_row(source, today=TODAY, forgotten_at=datetime(2026, 9, 1, tzinfo=UTC)))
    assert [problem.field for problem in problems] == found
    if found[0] == "board":
        lift = f"take the row out, or labourscope forget --board {source.board} --lift"
        assert (problems[0].weight, lift in problems[0].problem) == (Weight.WRONG, True)


@pytest.mark.parametrize(("changes", "needed", "found"), [case[1:] for case in CHECKS], ids=[case[0] for case in CHECKS])
def test_a_row_is_checked(changes: dict[str, object], needed: tuple[str, ...], found: list[tuple[str, Weight]]) -> None:
    source = Source.model_validate(ROW | {"credentials": {}} | changes)
    assert [(problem.field, problem.weight) for problem in check_row(source, today=TODAY, needed_credentials=needed)] == found
