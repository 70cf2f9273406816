"""`labourscope evaluate` on small labelled files: shapes of the JSON, the page, clear errors.

The taxonomy is a small one where a linker is trained, which takes half a minute on the bundled starter, and the starter elsewhere.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from labourscope.cli import app
from labourscope.error import CommandError
from nlp.evaluation.error import GoldInvalid, NothingToLearn
from taxonomies.error import UnknownTaxonomy

from .conftest import uri, write_taxonomy

TEXT = "Your profile:\n- ABAP\n- network administration\nMail jo@example.org"
FILES: dict[str, list[dict[str, Any]]] = {
    "reading_dev": [
        {
            "id": "1", "lang": "en", "title": "Baker", "description": TEXT,
            "gold": {
                "zones": [[0, 14, "requirements"]], "isco4": "7512", "isco4_also": [],
                "skills": [{"span": [16, 20], "text": "ABAP", "status": "required", "kind": "knowledge", "cue": None}],
            },
        }
    ],
    "reading_train": [{"not": "measured on"}],
    "esco_x_val": [{"text": "Kotlin", "labels": [{"uri": uri("kotlin")}]}],
    "skillnorm_de": [{"query": "Kotlin", "exact": [uri("kotlin")], "close": []}],
    "occ_en_x": [{"vacancyTitle": f"baker {at}", "isco4": "7512"} for at in range(6)],
    "skillspan_dev": [{"tokens": ["ABAP", "|"], "tags_skill": ["O", "O"], "tags_knowledge": ["B", "O"], "source": "tech"}],
    "contacts": [{"text": TEXT, "lang": "en", "spans": [[51, 65, "email"]]}],
    "skills_freetext_x": [{"job_id": "1", "description": TEXT, "hard": ["abap"], "soft": []}],
    "pairs_dev": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("labelled")
    for name, records in FILES.items():
        if records:
            (folder / f"{name}.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    write_taxonomy(home / "taxonomies")
    return home


@pytest.fixture
def call(home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LABOURSCOPE_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str | Path) -> Result:
        return CliRunner().invoke(app, ["evaluate", *map(str, words)])

    return run


RANKED = {"n", "mrr", "mrr_ci"}
SMALL, STARTER = "test:1", "starter:1"


@pytest.mark.parametrize(
    ("task", "name", "taxonomy", "keys"),
    [
        ("linking", "esco_x_val", SMALL, RANKED | {"rp_at_1", "rp_at_5", "rp_at_10", "rp_at_1_ci", "rp_at_5_ci", "rp_at_10_ci"}),
        ("names", "skillnorm_de", SMALL, RANKED | {"hit_at_1", "hit_at_5"}),
        ("occupations", "occ_en_x", STARTER, RANKED | {"accuracy", "accuracy_top_5", "accuracy_ci", "accuracy_top_5_ci", "unknown_gold"}),
        ("spans", "skillspan_dev", STARTER, {"skill", "knowledge"}),
        ("contacts", "contacts", STARTER, {"n", "recall", "precision", "by_kind", "by_language"}),
        ("reading", "skills_freetext_x", STARTER, {"n", "n_names", "recall"}),
    ],
)
def test_json_has_the_figures(call: Any, folder: Path, task: str, name: str, taxonomy: str, keys: set[str]) -> None:
    result = call(task, "--data", folder / f"{name}.jsonl", "--taxonomy", taxonomy, "--json")
    assert result.exit_code == 0, result.output
    assert keys <= json.loads(result.stdout).keys()


def test_json_of_reading_has_every_part(call: Any, folder: Path) -> None:
    result = call("reading", "--data", folder / "reading_dev.jsonl", "--json")
    value = json.loads(result.stdout)
    assert {
        "n",
        "f1",
        "precision",
        "recall",
        "f1_ci",
        "strict",
        "by_language",
        "status",
        "joint",
        "zones",
        "conditions",
        "isco4",
    } <= value.keys()
    assert {"accuracy", "macro_f1", "by_status"} <= value["status"].keys()
    assert {"accuracy", "precision", "recall", "n_stated"} <= value["conditions"]["pooled"].keys()
    assert (value["by_language"]["en"]["n"], value["strict"]["recall"], value["isco4"]["accuracy"]) == (1, 1.0, 1.0)
    assert "slips" not in value


@pytest.mark.long
@pytest.mark.parametrize(("taxonomy", "is_warned"), [(SMALL, False), (STARTER, True)])
def test_answers_of_another_taxonomy_are_told(call: Any, folder: Path, taxonomy: str, is_warned: bool) -> None:
    result = call("linking", "--data", folder / "esco_x_val.jsonl", "--taxonomy", taxonomy)
    assert result.exit_code == 0, result.output
    assert ("unknown to starter:1" in " ".join(result.stderr.split())) is is_warned


@pytest.mark.parametrize("reader", ["linker", "vectors", "labels", "char-tfidf"])
def test_tables_show_figures_with_intervals(call: Any, folder: Path, reader: str) -> None:
    result = call("linking", "--data", folder / "esco_x_val.jsonl", "--reader", reader, "--taxonomy", SMALL)
    assert result.exit_code == 0, result.output
    assert re.search(r"rp@5 .* 1\.000 \(1\.00–1\.00\)", result.stdout)


@pytest.mark.parametrize(
    ("task", "name", "figure"), [("linking", "esco_x_val", "rp_at_5"), ("names", "skillnorm_de", "hit_at_5")], ids=["linking", "names"]
)
def test_readers_are_compared_text_by_text_over_several_files(call: Any, folder: Path, task: str, name: str, figure: str) -> None:
    data = str(folder / f"{name}.jsonl")
    result = call(task, "--data", data, "--data", data, "--reader", "labels", "--against", "char-tfidf", "--taxonomy", SMALL, "--json")
    assert result.exit_code == 0, result.output
    difference = json.loads(result.stdout)["difference"]
    assert (difference["n"], difference["against"], difference[figure], difference[f"{figure}_ci"]) == (2, "char-tfidf", 0.0, [0.0, 0.0])


@pytest.mark.long
def test_everything_is_measured_and_written_as_a_page(call: Any, folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "docs" / "quality.md"
    result = call("all", "--data", folder, "--out", page, "--folds", "2", "--taxonomy", SMALL, "--json")
    assert result.exit_code == 0, result.output
    done = json.loads(result.stdout)
    assert [(each["data"], each["reader"], each["folds"]) for each in done] == [
        ("reading_dev", "pipeline", 0),
        ("skills_freetext_x", "pipeline", 0),
        ("contacts", "pipeline", 0),
        ("skillspan_dev", "tagger", 0),
        ("skillspan_dev", "labels", 0),
        ("esco_x_val", "linker", 0),
        ("esco_x_val", "vectors", 0),
        ("esco_x_val", "labels", 0),
        ("esco_x_val", "char-tfidf", 0),
        ("skillnorm_de", "linker", 0),
        ("skillnorm_de", "vectors", 0),
        ("skillnorm_de", "labels", 0),
        ("skillnorm_de", "char-tfidf", 0),
        ("occ_en_x", "labels", 0),
        ("occ_en_x", "char-tfidf", 0),
        ("occ_en_x", "taught", 0),
        ("occ_en_x", "char-tfidf", 2),
        ("occ_en_x", "taught", 2),
        ("contacts (shipped)", "pipeline", 0),
        ("contacts_kept_apart (shipped)", "pipeline", 0),
    ]
    text = page.read_text(encoding="utf-8")
    for heading in ("## At a glance", "## Reading", "### reading_dev: pipeline", "### occ_en_x: char-tfidf, 2 folds"):
        assert heading in text
    assert f"taxonomy {SMALL}" in text
    assert str(folder) not in text
    assert "example.org" not in text, "contact data is never shown"
    assert all(line.count("|") >= 3 for line in text.splitlines() if line.startswith("|"))


@pytest.mark.parametrize(
    ("words", "error", "fault"),
    [
        (("linking", "--data", "nowhere.jsonl"), CommandError, "nowhere.jsonl does not exist"),
        (
            ("names", "--data", "{folder}/esco_x_val.jsonl", "--taxonomy", SMALL),
            GoldInvalid,
            "field query: Field required; expected is an object with query, exact",
        ),
        (("reading", "--data", "{folder}/reading_train.jsonl"), GoldInvalid, "field id: Field required"),
        (("occupations", "--data", "{folder}/occ_en_x.jsonl", "--reader", "char-tfidf", "--folds", "9"), NothingToLearn, "9 folds need"),
        (("spans", "--data", "{folder}/skillspan_dev.jsonl", "--taxonomy", "esco:0.9"), UnknownTaxonomy, "esco:0.9"),
        (("all", "--data", "{home}"), GoldInvalid, "holds no labelled file; file names tell the task: reading_*"),
    ],
)
def test_wrong_input_is_explained(call: Any, folder: Path, home: Path, words: tuple[str, ...], error: type[Exception], fault: str) -> None:
    result = call(*(word.format(folder=folder, home=home) for word in words))
    assert isinstance(result.exception, error)
    assert fault in str(result.exception)


def test_an_unknown_reader_is_refused_with_the_known_ones(call: Any, folder: Path) -> None:
    result = call("linking", "--data", folder / "esco_x_val.jsonl", "--reader", "magic")
    assert result.exit_code == 2
    assert "char-tfidf" in result.output
