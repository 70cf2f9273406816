"""The source register: what is refused, and that the message names row, field and value."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import crawlers.sample_boards
from vacancies.error import RegisterInvalid, UnknownSource
from vacancies.register import SourceRegister, load_register

ROW = {
    "board": "board-a",
    "name": "Board A",
    "platform": "rss",
    "address": "https://a.example/jobs.rss",
    "countries": ["DE"],
    "languages": ["de"],
    "legal_basis": "agreement",
    "contact": "crawler@pes.example",
    "active_from": "2026-01-01",
}


def written(folder: Path, rows: object) -> Path:
    path = folder / "register.yaml"
    path.write_text(rows if isinstance(rows, str) else yaml.safe_dump(rows))
    return path


def test_a_valid_register_keeps_its_order(tmp_path: Path) -> None:
    register = load_register(written(tmp_path, [ROW, {**ROW, "board": "board-b"}]))
    assert register.boards == ("board-a", "board-b")
    assert "board-b" in register
    assert len(register) == 2
    assert register.get("board-a").delay == 1.0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"countries": ["Germany"]}, ["row 2 (board-b)", "field countries.0", "'Germany'"]),
        ({"delay": -1}, ["row 2", "field delay", "'-1'"]),
        ({"contact": None}, ["field contact", "'None'"]),
        ({"contact": "nobody"}, ["field contact", "'nobody' is neither an e-mail address nor a web address"]),
        ({"job_address": "/jobs/[a"}, ["field job_address", "'/jobs/[a' is no regular expression", "such as /jobs/"]),
        ({"colour": "red"}, ["field colour", "'red'"]),
        ({"active_to": "2025-01-01"}, ["row 2", "active_to 2025-01-01 lies before active_from"]),
        ({"address": "https://[half/jobs"}, ["row 2", "field address", "is no address"]),
        ({"timezone": "Mars/Base"}, ["row 2", "field timezone", "'Mars/Base' is no time zone"]),
        ({"hours": "22-6"}, ["row 2", "field hours", "'22-6'"]),
        ({"board": "Board B"}, ["row 2", "field board", "'Board B'"]),
        ({"board": "board-a"}, ["row 2", "field board", "'board-a' is there already"]),
    ],
)
def test_a_wrong_row_is_named_with_field_and_value(tmp_path: Path, changes: dict[str, object], words: list[str]) -> None:
    with pytest.raises(RegisterInvalid) as error:
        load_register(written(tmp_path, [ROW, {**ROW, "board": "board-b", **changes}]))
    for word in words:
        assert word in str(error.value)


def test_all_wrong_rows_are_listed_at_once(tmp_path: Path) -> None:
    with pytest.raises(RegisterInvalid) as error:
        load_register(written(tmp_path, [{**ROW, "delay": -1}, {**ROW, "board": "b2", "languages": ["german"]}, {"board": "b3"}]))
    assert all(f"row {number}" in str(error.value) for number in (1, 2, 3))
    assert "field contact" in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("board: x", "must be a YAML list"),
        ("- [", "not valid YAML in line 1, column 4: expected the node content"),
        (
            "- board: x\n  name: Jobs: all\n",
            "not valid YAML in line 2, column 13: mapping values are not allowed here; look there and in the",
        ),
        (
            "- board: x\n\tname: y\n",
            r"not valid YAML in line 2, column 1: found character '\\t' that cannot start any token; .* with spaces",
        ),
        ("- {board: a-1, board: a-2}", "the key 'board' is there twice"),
        ("- 17", "row 1"),
    ],
)
def test_what_is_no_register_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(RegisterInvalid, match=words):
        load_register(written(tmp_path, text))


@pytest.mark.parametrize("contact", ["a@pes.example", "Jobs team <a.b@pes.example>", "https://pes.example/contact"])
def test_a_contact_can_be_written_to(tmp_path: Path, contact: str) -> None:
    assert load_register(written(tmp_path, [{**ROW, "contact": contact}])).get("board-a").contact == contact


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterInvalid, match=r"none\.yaml cannot be read"):
        load_register(tmp_path / "none.yaml")


def test_norway_is_a_country(tmp_path: Path) -> None:
    text = yaml.safe_dump([{**ROW, "countries": "@", "languages": "#"}]).replace("'@'", "[NO]").replace("'#'", "[no]")
    assert "[NO]" in text
    source = load_register(written(tmp_path, text)).get("board-a")
    assert (source.countries, source.languages) == (("NO",), ("no",))


def test_an_unknown_board_is_named_with_those_there_are(tmp_path: Path) -> None:
    register = load_register(written(tmp_path, [ROW]))
    with pytest.raises(UnknownSource, match=r"'board-z' has no row.*board-a"):
        register.get("board-z")


def test_the_sample_register_states_every_field_and_is_filled() -> None:
    path = Path(crawlers.sample_boards.__file__).parent / "register.yaml"
    register: SourceRegister = load_register(path)
    assert len(register) == 5
    rows = yaml.safe_load(path.read_text())
    assert all(set(row) == set(type(register.get(row["board"])).model_fields) for row in rows)
    filled = register.filled(sample="http://127.0.0.1:8800")
    assert all(source.address.startswith("http://127.0.0.1:8800/sample-") for source in filled)
