"""Learning the network for people: variants of texts, and the whole course on a few lines."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from labourscope.cli import app
from labourscope.error import CommandError
from nlp.advertisement import Advertisement
from nlp.contact_data.by_rules import contacts_by_rules
from nlp.people.finder import weighed_people
from nlp.people.learning.course import learn_people
from nlp.people.learning.fitting import PeopleRecipe
from nlp.people.learning.material import PeopleFiles
from nlp.people.learning.variants import Lines, surnames_in, variant
from nlp.people.storage import read_people

LINES = Lines("Questions? Ask Dr. Maria Okonjo or Per LINDGREN,\nboth in sales.", "en", ((15, 31), (35, 47)))


def labelled(*texts: tuple[str, str]) -> list[dict[str, object]]:
    return [{"text": text, "lang": "en", "spans": [[text.index(name), text.index(name) + len(name), "person"]]} for text, name in texts]


def write_lines(path: Path, records: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_surnames_are_the_words_of_names_that_are_no_given_names() -> None:
    assert surnames_in([LINES]) == ["Lindgren", "Okonjo"]


@pytest.mark.parametrize("seed", range(30))
def test_a_variant_keeps_all_but_names_capitals_and_line_ends(seed: int) -> None:
    made = variant(LINES, surnames_in([LINES]), random.Random(seed))
    around = made.text
    for start, end in reversed(made.people):
        assert made.text[start:end].strip() == made.text[start:end] != ""
        around = around[:start] + "*" + around[end:]
    assert around.lower().replace("\n", " ") == "questions? ask * or *, both in sales."
    assert made.language == "en"


def test_variants_differ_and_come_again_with_their_seed() -> None:
    made = [variant(LINES, ["Novak", "Berg"], random.Random(seed)).text for seed in range(20)]
    assert len(set(made)) > 5
    assert made == [variant(LINES, ["Novak", "Berg"], random.Random(seed)).text for seed in range(20)]


@pytest.mark.long
def test_a_course_writes_a_network_that_reads(tmp_path: Path) -> None:
    files = PeopleFiles(
        fresh=[write_lines(tmp_path / "lines.jsonl", labelled(("Ask Maria Lopez.", "Maria Lopez"), ("Call Jan Berg", "Jan Berg")))],
        older=[write_lines(tmp_path / "older.jsonl", labelled(("Contact: Eva Stone", "Eva Stone")))],
        advertisements=[write_lines(tmp_path / "ads.jsonl", [{"id": "1", "lang": "en", "description": "We bake bread in York. " * 4}])],
    )
    reports: list[int] = []
    card = learn_people(
        files, ["bake bread"], recipe=PeopleRecipe(size=16, epochs=2, averaged=1, batch_tokens=256), out=tmp_path / "out",
        licences=["none"], report=lambda stage, done, steps, loss: reports.append(done),
    )  # fmt: skip
    network, kept = read_people(tmp_path / "out")
    assert kept == card
    assert card.counts == {"lines": 3, "people": 3, "advertisements": 1}
    assert card.trained_on == ("lines.jsonl", "older.jsonl")
    assert reports == [1, 2]
    text = "Ask Maria Lopez."
    weighed_people(network, text, "en", contacts_by_rules(Advertisement(text, (), "en")))


@pytest.mark.parametrize(
    ("wrong", "said"), [(["--data", "none.jsonl"], "does not exist"), (["--data", "DATA", "--unlabelled", "none"], "is no folder")]
)
def test_files_that_are_not_there_are_named(wrong: list[str], said: str, tmp_path: Path) -> None:
    data = write_lines(tmp_path / "lines.jsonl", labelled(("Ask Maria Lopez.", "Maria Lopez")))
    own = [str(data) if part == "DATA" else part for part in wrong]
    result = CliRunner().invoke(app, ["train", "people", *own, "--out", str(tmp_path / "out")])
    assert isinstance(result.exception, CommandError)
    assert said in str(result.exception)
