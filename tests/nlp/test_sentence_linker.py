"""The sentence linker the whole way, with a tiny real model: embed, keep, link, abstain, setting, evaluation, clear errors."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from labourscope.cli import app
from nlp.evaluation.reader_choice import linker_of
from nlp.evaluation.readers import ReaderName
from nlp.linker.linker import Linker
from nlp.linker.storage import FORMAT_VERSION
from nlp.linker.training import TrainingPlan
from nlp.pipeline import PIPELINE_VERSION, build_pipeline, pipeline_version
from nlp.reading import read_postings
from nlp.sentence_linker.embedder import Embedder
from nlp.sentence_linker.error import SentenceModelUnusable
from nlp.sentence_linker.label_texts import read_label_texts
from nlp.sentence_linker.label_vectors import kept_vectors, vectors_folder
from nlp.sentence_linker.model_folder import SentenceModel, content_hash, find_files
from nlp.sentence_linker.sentence_linker import SentenceLinker
from nlp.sentence_linker.sentence_span_linker import SentenceSpanLinker
from nlp.sentence_linker.weighing import Choice, fit_weights
from taxonomies.draft import TaxonomyDraft
from taxonomies.model import ConceptType, TaxonomyRef
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy

from .conftest import new_posting
from .sentence_models import write_model

ACTIONS = (
    ("repair", "mend", "fix"), ("clean", "wash", "scrub"), ("sell", "vend", "retail"), ("paint", "coat", "varnish"),
    ("inspect", "examine", "check"), ("carry", "haul", "lug"), ("design", "devise", "draft"), ("rent", "lease", "hire"),
)  # fmt: skip
THINGS = (
    ("cars", "automobiles", "motorcars"), ("houses", "homes", "dwellings"), ("boats", "ships", "vessels"), ("shoes", "footwear", "boots"),
    ("bicycles", "bikes", "cycles"), ("carpets", "rugs", "mats"), ("lamps", "lights", "luminaires"), ("pictures", "images", "drawings"),
    ("clothes", "garments", "apparel"), ("toys", "playthings", "dolls"), ("clocks", "watches", "timepieces"),
    ("roofs", "rooftops", "canopies"),
)  # fmt: skip
SPOKEN = {"cars": "bolides", "lamps": "lampions"}  # words of the model that no label holds
MEANINGS = [*ACTIONS, *([*group, SPOKEN[group[0]]] if group[0] in SPOKEN else group for group in THINGS)]


def uri(action: str, thing: str) -> str:
    return f"test:{action}-{thing}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("sentences")
    draft = TaxonomyDraft(TaxonomyRef("test", "sentences"))
    for action, thing in product(ACTIONS, THINGS):
        concept = draft.concept(uri(action[0], thing[0]), ConceptType.SKILL)
        concept.set_preferred("en", f"{action[0]} {thing[0]}")
        concept.add_alternatives("en", [f"{action[one]} {thing[two]}" for one, two in ((0, 1), (1, 0), (1, 1), (2, 2))])
    store = TaxonomyStore(home / "taxonomies")
    with store.writing():
        store.write(draft.finish(), ())
    return home


@pytest.fixture(scope="module")
def taxonomy(home: Path) -> Taxonomy:
    return TaxonomyStore(home / "taxonomies").open("test:sentences")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> SentenceModel:
    return SentenceModel(write_model(tmp_path_factory.mktemp("model"), MEANINGS))


@pytest.fixture(scope="module")
def linker(taxonomy: Taxonomy, model: SentenceModel) -> SentenceLinker:
    return SentenceLinker.load(taxonomy, model)


def names(linker: SentenceLinker, *texts: str) -> list[str | None]:
    return [found and found.uri for found in SentenceSpanLinker(linker).link_many(texts, "en")]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        pytest.param({}, "mean", id="mean without a word of it"),
        pytest.param({"1_Pooling/config.json": {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False}}, "mean", id="mean"),
        pytest.param({"1_Pooling/config.json": {"pooling_mode_cls_token": True}}, "first", id="first token"),
        pytest.param({"1_Pooling/config.json": {"pooling_mode": "lasttoken"}}, "last", id="last token"),
        pytest.param({"1_Pooling/config.json": {"pooling_mode_max_tokens": True}}, "greatest", id="greatest"),
        pytest.param({"sentence_bert_config.json": {"max_seq_length": 1}}, "first", id="length of one token"),
        pytest.param({"tokenizer_config.json": {"model_max_length": 1e30}}, "mean", id="no limit of length"),
    ],
)
def test_texts_are_pooled_as_the_folder_says(tmp_path: Path, settings: dict[str, object], words: str) -> None:
    embedder = Embedder.load(SentenceModel(write_model(tmp_path, MEANINGS, settings=settings)))
    single = embedder.embed(["repair", "cars"])
    whole = {"first": single[0], "last": single[1], "mean": None, "greatest": None}[words]
    found = embedder.embed(["repair cars", "repair cars wash boats mend"])[0]
    assert embedder.dimensions == len(MEANINGS)
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)
    if whole is not None:
        assert found == pytest.approx(whole, abs=1e-5)
    else:
        assert abs(found @ single[0] - found @ single[1]) < 0.2


def test_a_text_is_embedded_alike_alone_and_among_others(model: SentenceModel) -> None:
    embedder = Embedder.load(model)
    texts = ["wash", "mend clocks and watches", "", "qqq", *(f"sell {group[1]}" for group in THINGS)] * 20
    together = embedder.embed(texts)
    assert together[:5] == pytest.approx(np.stack([embedder.embed([text])[0] for text in texts[:5]]), abs=1e-5)
    assert embedder.embed([]).shape == (0, embedder.dimensions)


@pytest.mark.parametrize(("network", "pooled"), [("onnx/model.onnx", False), ("model.onnx", True)], ids=["onnx folder", "pooled output"])
def test_other_layouts_are_read(tmp_path: Path, network: str, pooled: bool) -> None:
    found = Embedder.load(SentenceModel(write_model(tmp_path, MEANINGS, network=network, pooled=pooled))).embed(["mend shoes", "fix boots"])
    assert found[0] @ found[1] > 0.6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("repair cars", "repair-cars", id="label"),
        pytest.param("wash dwellings", "clean-houses", id="words of two labels"),
        pytest.param("SCRUB   Bikes", "clean-bicycles", id="capitals and spaces"),
        pytest.param("lease bolides", "rent-cars", id="a word that no label holds"),
        pytest.param("examine lampions", "inspect-lamps", id="another"),
    ],
)
def test_spans_are_linked_by_meaning(linker: SentenceLinker, text: str, expected: str) -> None:
    assert names(linker, text) == [f"test:{expected}"]


@pytest.mark.parametrize("text", ["", "???", "qqq zzz", "日本語", "x", "cars boats shoes", "wash paint rent"])
def test_what_means_no_skill_is_linked_to_none(linker: SentenceLinker, text: str) -> None:
    assert names(linker, text) == [None]


def test_probabilities_are_calibrated_on_labels_held_out(linker: SentenceLinker) -> None:
    scoring = linker.scoring
    assert scoring.calibrated_on > 20
    assert scoring.right > 0.8
    assert scoring.expected_calibration_error < 0.35
    assert scoring.weights[2] >= 0
    concepts, chances = linker.rank(["lease bolides", "cars boats shoes", "!"], k=5)
    assert (np.diff(chances, axis=1) <= 0).all()
    assert chances[0, 0] > 0.65 > chances[1, 0]
    assert concepts[2].tolist() == [-1] * 5


def test_links_are_remembered_and_the_same_again(linker: SentenceLinker) -> None:
    texts = ["wash dwellings", "qqq", "lease bolides", "wash dwellings"]
    spans = SentenceSpanLinker(linker, kept=2)
    assert spans.link_many(texts, "en") == spans.link_many(texts, "en") == SentenceSpanLinker(linker).link_many(texts, "en")


def test_label_vectors_are_kept_by_model_and_made_anew_when_damaged(taxonomy: Taxonomy, model: SentenceModel, tmp_path: Path) -> None:
    embedder, labels = Embedder.load(model), read_label_texts(taxonomy)
    made = np.array(kept_vectors(taxonomy, labels, embedder))
    file = vectors_folder(taxonomy, embedder.content_hash, labels.languages) / "labels.npy"
    written = file.stat().st_mtime_ns
    assert np.array_equal(kept_vectors(taxonomy, labels, embedder), made)
    assert file.stat().st_mtime_ns == written, "not embedded again"
    file.write_bytes(b"damaged")
    assert np.array_equal(kept_vectors(taxonomy, labels, embedder), made)
    other = Embedder.load(SentenceModel(write_model(tmp_path, MEANINGS, seed=1)))
    assert not np.array_equal(kept_vectors(taxonomy, labels, other), made)
    assert other.content_hash != embedder.content_hash
    assert content_hash(find_files(model.folder)) == embedder.content_hash


def test_it_ranks_beside_the_trained_linker(home: Path, model: SentenceModel, tmp_path: Path) -> None:
    shutil.copytree(home / "taxonomies", tmp_path / "taxonomies")
    own = TaxonomyStore(tmp_path / "taxonomies").open("test:sentences")
    Linker.train(own, plan=TrainingPlan(dimensions=32, steps=60)).save(own.folder / "linker" / f"v{FORMAT_VERSION}-1")
    both = SentenceLinker.load(own, model)
    assert both.scoring.weights[2] > 0, "the trained linker counts too"
    assert names(both, "mend motorcars", "qqq zzz") == ["test:repair-cars", None]
    kept = sorted(path.name for path in vectors_folder(own, content_hash(find_files(model.folder)), own.languages).glob("scoring-*"))
    assert SentenceLinker.load(own, model).scoring == both.scoring
    assert len(kept) == 2, "one beside the trained linker, one copied from before it was there"


def test_views_that_tell_nothing_weigh_little() -> None:
    random = np.random.default_rng(5)
    choices = []
    for _ in range(200):
        views = random.normal(size=(10, 2)).astype(np.float32)
        views[3, 0] += 3
        choices.append(Choice(views, 3))
    weights = fit_weights(choices, 2)
    assert weights[0] > 1.5
    assert weights[1] < 0.3
    assert fit_weights([], 2).tolist() == [1, 1]


def _remove(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def _write(name: str, text: str) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)

    return write


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        pytest.param(shutil.rmtree, "does not exist", id="no folder"),
        pytest.param(_remove("model.onnx"), "lacks model.onnx or onnx/model.onnx", id="no network"),
        pytest.param(_remove("tokenizer.json"), "lacks tokenizer.json", id="no tokenizer"),
        pytest.param(_write("model.onnx", "no model"), "model.onnx is damaged", id="damaged network"),
        pytest.param(_write("model.onnx", ""), "model.onnx", id="empty network"),
        pytest.param(_write("tokenizer.json", "{"), "tokenizer.json is damaged", id="damaged tokenizer"),
        pytest.param(_write("tokenizer.json", "{}"), "tokenizer.json is damaged", id="tokenizer of another kind"),
        pytest.param(_write("1_Pooling/config.json", "["), "1_Pooling/config.json", id="damaged pooling"),
        pytest.param(_write("1_Pooling/config.json", '{"pooling_mode": "weightedmean"}'), "another pooling", id="unknown pooling"),
        pytest.param(_write("modules.json", '[{"type": "sentence_transformers.models.Dense"}]'), "models.Dense", id="further layers"),
    ],
)
def test_an_unusable_folder_is_named_with_what_mends_it(tmp_path: Path, damage: Callable[[Path], object], named: str) -> None:
    folder = write_model(tmp_path / "model", MEANINGS)
    damage(folder)
    with pytest.raises(SentenceModelUnusable, match=named) as caught:
        Embedder.load(SentenceModel(folder))
    assert str(folder) in str(caught.value)
    assert any(word in str(caught.value) for word in ("export", "take"))


def test_a_missing_extra_is_told(model: SentenceModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tokenizers", None)
    with pytest.raises(SentenceModelUnusable, match=r"pip install 'labourscope\[sentence-linker\]'"):
        Embedder.load(model)


def test_readings_are_stamped_with_the_model(home: Path, taxonomy: Taxonomy, model: SentenceModel, tmp_path: Path) -> None:
    regions = Regions.open(TaxonomyStore(home / "taxonomies"))
    nlp = build_pipeline(taxonomy, regions, sentence_model=model)
    posting = new_posting("Your profile\n- ability to lease bolides\n- examine lampions", title="Car dealer")
    (reading,) = read_postings(nlp, [posting])
    other = write_model(tmp_path, MEANINGS, seed=2)
    assert reading.pipeline == pipeline_version(model) == f"{PIPELINE_VERSION}+sentences:{content_hash(find_files(model.folder))[:12]}"
    assert len({PIPELINE_VERSION, reading.pipeline, pipeline_version(SentenceModel(other))}) == 3
    assert {mention.uri for mention in reading.skills if mention.rule == "linker"} >= {"test:rent-cars", "test:inspect-lamps"}


def test_the_setting_reaches_the_commands(home: Path, model: SentenceModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = tmp_path / "esco_x_val.jsonl"
    gold.write_text(json.dumps({"text": "lease bolides", "labels": [{"uri": uri("rent", "cars")}]}) + "\n")
    monkeypatch.setenv("LABOURSCOPE_HOME", str(home))
    monkeypatch.setenv("LABOURSCOPE_TAXONOMY", "test:sentences")
    run = CliRunner().invoke
    asked = ["evaluate", "linking", "--data", str(gold), "--reader", "sentences", "--json"]
    unset = run(app, asked)
    assert isinstance(unset.exception, SentenceModelUnusable)
    assert "LABOURSCOPE_SENTENCE_MODEL" in str(unset.exception)
    monkeypatch.setenv("LABOURSCOPE_SENTENCE_MODEL", str(model.folder))
    measured = json.loads(run(app, asked).stdout)
    assert (measured["n"], measured["rp_at_1"]) == (1, 1.0)
    read = json.loads(
        run(app, ["read", "-", "--lang", "en", "--json"], input="Your profile\n- ability to lease bolides\n- examine lampions").stdout
    )
    assert "sentences:" in json.dumps(read)
    assert uri("rent", "cars") in json.dumps(read)
    (finding,) = [each for each in json.loads(run(app, ["doctor", "--json"]).stdout) if each["area"] == "linker"]
    assert finding["well"]
    assert str(model.folder) in finding["state"]
    monkeypatch.setenv("LABOURSCOPE_SENTENCE_MODEL", str(tmp_path / "nowhere"))
    (finding,) = [each for each in json.loads(run(app, ["doctor", "--json"]).stdout) if each["area"] == "linker"]
    assert not finding["well"]
    assert str(tmp_path / "nowhere") in finding["mend"]


def test_a_reader_of_that_name_needs_a_model(taxonomy: Taxonomy) -> None:
    with pytest.raises(SentenceModelUnusable, match="LABOURSCOPE_SENTENCE_MODEL"):
        linker_of(ReaderName.SENTENCES, taxonomy)
