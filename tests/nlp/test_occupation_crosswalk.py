from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from nlp.error import CrosswalkInvalid
from nlp.evaluation.error import GoldInvalid
from nlp.occupations.chooser import OccupationChooser, Titled
from nlp.occupations.crosswalk import Crosswalk, crosswalk_examples, keep_crosswalk, kept_crosswalk, read_mappings
from nlp.occupations.examples import Example
from nlp.occupations.labelled import LeftOut, labelled_examples
from nlp.occupations.occupation_index import OccupationIndex
from nlp.occupations.training import Lesson, new_ranker, taught
from taxonomies.taxonomy import Taxonomy

GROUP = "http://data.europa.eu/esco/isco/C"
OCCUPATION = "http://data.europa.eu/esco/occupation/none"
# the three forms in which ESCO publishes mappings: ESCO first with ids, ESCO first with web addresses, the other first
FORMS = {
    "ids": f"Mapping project name,ESCO - X\n\nclassification 1 ID,label,classification 2 ID,label,relation\n"
    f"{GROUP}5120,Cooks,15120,Cuisinier / Cuisinière,skos:exactMatch\n{GROUP}2221,Nurses,12221,Soignant,skos:broadMatch\n",
    "addresses": "Mapping project name,ESCO - Y,,,,,,\n"
    f"{GROUP}5120,Kockar,{GROUP}5120,http://example.org/concept/k0ck_1,Kock,http://example.org/concept/k0ck_1,skos:narrowMatch,\n",
    "other first": f"Id,Title,Description,URI,Title,Description,Type\n35-2014.00,Cooks,They cook.,{GROUP}5120,cooks,They do,exactMatch\n",
}


@pytest.fixture(params=sorted(FORMS))
def mapping_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "mapping.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(FORMS[request.param])
    return path


def test_all_forms_are_read(mapping_file: Path) -> None:
    assert next(row.target for row in read_mappings(mapping_file)) == f"{GROUP}5120"


def test_codes_and_names_lead_to_groups(mapping_file: Path, taxonomy: Taxonomy) -> None:
    crosswalk = Crosswalk.build([mapping_file], taxonomy)
    code = {"15120", "k0ck_1", "35-2014.00"}
    assert any(crosswalk.groups("x", each, None) == {"5120": 1.0} for each in code)
    assert any(crosswalk.groups("x", None, name) == {"5120": 1.0} for name in ("cuisinière", "KOCK", "Cooks"))


def test_unknown_codes_are_counted_by_scheme(mapping_file: Path, taxonomy: Taxonomy) -> None:
    crosswalk = Crosswalk.build([mapping_file], taxonomy)
    assert crosswalk.groups("ROME", "K9999", "Astronaute") == {}
    assert crosswalk.groups("ROME", None, None) == {}
    assert crosswalk.unknown == {"ROME": 2}


def test_kept_with_the_taxonomy(mapping_file: Path, taxonomy: Taxonomy) -> None:
    kept = taxonomy.folder / "crosswalks" / mapping_file.name
    assert kept_crosswalk(taxonomy) is None
    try:
        assert keep_crosswalk(mapping_file, taxonomy) >= 1
        crosswalk = kept_crosswalk(taxonomy)
        assert crosswalk is not None
        assert len(crosswalk) >= 2
    finally:
        kept.unlink()


def test_broader_names_are_not_learnt(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = tmp_path / "mapping.csv"
    path.write_text(FORMS["ids"], encoding="utf-8")
    titles = {example.title for example in crosswalk_examples(path, taxonomy)}
    assert {"Cooks", "Cuisinier", "Cuisinière", "Nurses"} <= titles
    assert "Soignant" not in titles


def test_a_file_without_mappings_is_refused(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = tmp_path / "other.csv"
    path.write_text(f"a,b\n{OCCUPATION},x\n", encoding="utf-8")
    with pytest.raises(CrosswalkInvalid, match=r"other\.csv"):
        Crosswalk.build([path], taxonomy)


@pytest.fixture(scope="module")
def chooser() -> OccupationChooser:
    examples = [
        Example("cook", None, "5120"),
        Example("kitchen hand", None, "9412"),
        Example("kitchen cook", None, "5120"),
        Example("nurse", None, "2221"),
    ]
    ranker = taught(new_ranker(["2221", "5120", "9412"], ["test:cook"], dimensions=8), examples, Lesson(rounds=30, step=0.15))
    return OccupationChooser(OccupationIndex([("cook", "test:cook", True)], {"test:cook": "5120"}), ranker)


def test_what_the_board_states_decides_between_likely_groups(chooser: OccupationChooser) -> None:
    asked = Titled("kitchen", None)
    assert chooser.choose(asked, stated={"9412": 1.0})[0].isco == "9412"
    assert chooser.choose(asked, stated={"5120": 1.0})[0].isco == "5120"


def test_what_the_board_states_alone_does_not_win(chooser: OccupationChooser) -> None:
    plain, stated = (chooser.choose(Titled("nurse", None), stated=each) for each in ({}, {"9999": 1.0}))
    assert (plain[0].isco, stated[0].isco) == ("2221", "2221")


def test_names_in_titles_and_the_ranker_together(chooser: OccupationChooser) -> None:
    best = chooser.choose(Titled("Cook", None))[0]
    assert (best.uri, best.isco, best.rule) == ("test:cook", "5120", "title:exact")
    assert 0 <= best.score <= 1
    assert chooser.ranked(Titled("Cook", None))[0] == ("test:cook", "5120")


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_groups_come_once_and_best_first(chooser: OccupationChooser, limit: int) -> None:
    choices = chooser.choose(Titled("kitchen nurse", None), limit=limit)
    assert len({choice.isco for choice in choices}) == len(choices) <= limit
    assert [choice.score for choice in choices] == sorted((choice.score for choice in choices), reverse=True)


def test_abstains_below_the_threshold(chooser: OccupationChooser) -> None:
    assert chooser.choose(Titled("zzz", None), threshold=0.99) == ()
    assert chooser.choose(Titled(None, None), threshold=0.1) == ()


def _reading(record_id: str, text: str) -> str:
    gold = {"zones": [], "skills": [], "isco4": "5120"}
    return json.dumps({"id": record_id, "lang": "en", "title": "Cook", "description": text, "gold": gold}) + "\n"


def test_left_out_by_id_beginning_and_text(tmp_path: Path) -> None:
    text = (
        "We look for a cook who cooks all our meals with care every day in the big kitchen of our house by the sea, "
        "and who likes to teach the young cooks as well as we do"
    )
    train, dev = tmp_path / "reading_train.jsonl", tmp_path / "reading_dev.jsonl"
    train.write_text(_reading("a/1", "one") + _reading("a/2", text) + _reading("b/3", "three") + _reading("a/4", "four"), encoding="utf-8")
    dev.write_text(_reading("a/1", "other") + _reading("c/9", "!" + text.upper() + "!"), encoding="utf-8")
    kept = labelled_examples(train, LeftOut.of([dev], ["b/"]))
    assert [example.text for example in kept] == ["four"]


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldInvalid, match=r"reading_\*"):
        labelled_examples(tmp_path / "pairs.jsonl", LeftOut())
