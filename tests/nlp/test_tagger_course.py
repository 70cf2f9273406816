"""The whole course of learning a tagger, on a few texts and with a step or two in each stage; a course broken off goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from labourscope.cli import app
from labourscope.error import CommandError
from nlp.advertisement import Advertisement
from nlp.tagger.learning.course import learn
from nlp.tagger.learning.material import MaterialFiles, gather
from nlp.tagger.learning.recipe import Recipe
from nlp.tagger.tagger import HEADS, SpanTagger

TEXT = "Your profile:\n- you write Python\n- network administration\nWe offer:\n- free coffee"
SENTENCE = {"tokens": ["You", "write", "Python"], "tags_skill": list("OBI"), "tags_knowledge": list("OOB"), "source": "tech", "idx": 1}
TINY = Recipe(
    pretraining_steps=2,
    folds=2,
    epochs=1,
    final_epochs=1,
    polished=1,
    polishing_rounds=1,
    polishing_epochs=1,
    generations=2,
    taught_words=100,
)


def advertisement(number: int) -> dict[str, Any]:
    spans = [[15, 31, "skill", "required"], [25, 31, "knowledge", "required"], [34, 56, "knowledge", "preferred"]]
    skills = [{"span": [a, b], "text": TEXT[a:b], "status": status, "kind": kind, "cue": None} for a, b, kind, status in spans]
    gold = {"zones": [[0, 57, "requirements"], [57, len(TEXT), "offer"]], "isco4": None, "isco4_also": [], "skills": skills}
    return {"id": f"{number}", "lang": "en", "title": "Developer", "description": f"{TEXT} {number}", "gold": gold}


def write_lines(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.mark.long
def test_a_course_writes_a_tagger_that_reads_and_goes_on_where_it_was(tmp_path: Path) -> None:
    files = MaterialFiles(
        advertisements=[write_lines(tmp_path / "reading_train.jsonl", [advertisement(at) for at in range(4)])],
        sentences=[write_lines(tmp_path / "sentences.jsonl", [SENTENCE, SENTENCE])],
        unlabelled=[write_lines(tmp_path / "more.jsonl", [{"id": "m", "lang": "en", "description": f"{TEXT} and more of it."}])],
        held_out_sentences=write_lines(tmp_path / "held_out.jsonl", [SENTENCE | {"idx": 2}]),
    )
    material, stages = gather(files, None), []

    def run() -> object:
        stages.clear()
        return learn(
            material, files, recipe=TINY, work=tmp_path / "work", out=tmp_path / "out", licences=["none"],
            report=lambda stage, *_: stages.append(stage),
        )  # fmt: skip

    card = run()
    assert {"pretraining", "fine-tuning"} == set(stages)
    tagger = SpanTagger.load(tmp_path / "out")
    assert tagger.card == card
    assert tagger.card.heads == dict(HEADS)
    assert tagger.card.left_out == ("held_out.jsonl",)
    assert {"outside_ssk", "outside_skn", "outside", "score_slope", "score_offset"} == tagger.card.reading.keys()
    assert all(0 <= figure <= 1 for figure in tagger.card.figures.values())
    (read,) = tagger.read([Advertisement(TEXT, (), "en")])
    assert all(TEXT[span.start : span.end].strip() for span in read.spans)
    assert run() == card, "what is kept is taken up again"
    assert stages == [], "nothing is learnt twice"


def test_sentences_to_choose_thresholds_on_are_not_learnt_from(tmp_path: Path) -> None:
    sentences = str(write_lines(tmp_path / "sentences.jsonl", [SENTENCE]))
    data = str(write_lines(tmp_path / "reading_train.jsonl", [advertisement(1)]))
    words = ["train", "spans", "--data", data, "--out", str(tmp_path / "out"), "--sentences", sentences, "--held-out", sentences]
    result = CliRunner().invoke(app, words)
    assert isinstance(result.exception, CommandError)
    assert "keep it apart" in str(result.exception)


@pytest.mark.long
def test_learning_leaves_the_hosts_standard_error_open(tmp_path: Path) -> None:
    told = tmp_path / "told"
    program = f"""
import logging.config, sys
own = sys.stderr = open({str(told)!r}, "w")
import nlp.tagger.learning.fitting
sys.stderr = sys.__stderr__
logging.config.dictConfig({{"version": 1}})
own.write("still open")
own.close()
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert told.read_text() == "still open"
