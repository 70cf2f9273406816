"""Vectors of titles learnt from a small written taxonomy of occupations: what is near a title, and that they come back as they were."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.error import ModelUnreadable
from nlp.linker.error import NothingToLink
from nlp.linker.training import TrainingPlan
from nlp.occupations.chooser import OccupationChooser, Titled
from nlp.occupations.occupation_index import OccupationIndex
from nlp.occupations.occupation_texts import read_occupation_texts, title_noise
from nlp.occupations.title_vectors import TitleVectors, kept_title_vectors
from nlp.occupations.training import new_ranker
from nlp.occupations.vector_storage import FORMAT_VERSION
from taxonomies.draft import TaxonomyDraft
from taxonomies.model import ConceptType, RelationType, TaxonomyRef
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy

PLAN = TrainingPlan(dimensions=48, steps=80)

# name -> unit group, English names (the first preferred), German names, description, skills
OCCUPATIONS = {
    "nurse": ("2221", ("nurse", "ward nurse", "hospital nurse"), ("Krankenpfleger",), "Cares for patients on wards.", ("wound care",)),
    "cook": ("5120", ("cook", "kitchen cook", "chef"), ("Koch", "Küchenkoch"), "Prepares meals and dishes.", ("plan menus", "grill meat")),
    "driver": ("8332", ("lorry driver", "truck driver", "haulage driver"), ("Kraftfahrer",), "Drives heavy vehicles.", ("load cargo",)),
    "welder": ("7212", ("welder", "metal welder"), ("Schweißer",), "Joins metal parts.", ("operate a welding torch",)),
    "clerk": ("4311", ("accounting clerk", "bookkeeping clerk"), (), "Records invoices and payments.", ("reconcile ledgers",)),
    "teacher": ("2341", ("primary school teacher", "primary teacher"), ("Lehrer",), "Teaches children.", ("prepare lessons",)),
    "cleaner": ("9112", ("office cleaner", "building cleaner"), ("Reiniger",), "Cleans floors and windows.", ("mop floors",)),
    "coder": ("2512", ("software developer", "programmer"), ("Entwickler",), "Writes and tests software.", ("use Java", "debug code")),
}

NO_PARENTS: Mapping[str, str] = MappingProxyType({})


def _taxonomy(root: Path, occupations: int = len(OCCUPATIONS), *, broader: Mapping[str, str] = NO_PARENTS) -> Taxonomy:
    draft = TaxonomyDraft(TaxonomyRef("test", "titles"))
    for name, (isco, english, german, description, skills) in list(OCCUPATIONS.items())[:occupations]:
        concept = draft.concept(f"test:{name}", ConceptType.OCCUPATION)
        concept.isco = isco
        for language, names in (("en", english), ("de", german)):
            if names:
                concept.set_preferred(language, names[0])
                concept.add_alternatives(language, names[1:])
        concept.descriptions["en"] = description
        group = draft.concept(f"test:C{isco}", ConceptType.OCCUPATION_GROUP)
        group.code = isco
        group.set_preferred("en", f"group of {english[0]}s")
        group.descriptions["en"] = f"They work as {english[0]} in firms. Yes."
        for skill in skills:
            draft.concept(f"test:{skill}", ConceptType.SKILL).set_preferred("en", skill)
            draft.relate(f"test:{name}", RelationType.ESSENTIAL, f"test:{skill}")
    for name, parent in broader.items():
        draft.relate(f"test:{name}", RelationType.BROADER, f"test:{parent}")
    store = TaxonomyStore(root)
    with store.writing():
        store.write(draft.finish(), ())
    return store.open("test:titles")


@pytest.fixture(scope="module")
def occupations(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    return _taxonomy(tmp_path_factory.mktemp("titles"))


@pytest.fixture(scope="module")
def vectors(occupations: Taxonomy) -> TitleVectors:
    return TitleVectors.train(occupations, seed=3, plan=PLAN)


def _best(vectors: TitleVectors, title: str, language: str | None = None) -> str:
    scores = vectors.scores(title, language)
    assert scores is not None
    return vectors.uris[int(scores.argmax())].removeprefix("test:")


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("Ward nurse", "en", "nurse"),
        ("Senior software developer", "en", "coder"),
        ("URGENT: TRUCK DRIVER WANTED (full time)", "en", "driver"),
        ("Bookkeping clerk", "en", "clerk"),  # misspelt
        ("Teacher for our primary school", None, "teacher"),
        ("Koch in Teilzeit", "de", "cook"),
        ("Schweisser", "de", "welder"),
        ("accounting clerk", "de", "clerk"),  # has no German name: its other names count
        ("Krankenpfleger", "pl", "nurse"),  # a language that the taxonomy does not have: all names count
        ("Java", "en", "coder"),  # by its skills
        ("mop floors at night", "en", "cleaner"),
    ],
)
def test_the_right_occupation_is_best(vectors: TitleVectors, title: str, language: str | None, expected: str) -> None:
    assert _best(vectors, title, language) == expected


@pytest.mark.parametrize("title", ["", "  ", "•••", "日本語", "🙂"])
def test_a_title_without_known_words_fits_nothing(vectors: TitleVectors, title: str) -> None:
    assert vectors.scores(title) is None


@settings(max_examples=40, deadline=None)
@given(title=st.text(max_size=120), language=st.sampled_from([None, "en", "de", "xx"]))
def test_any_title_is_scored(vectors: TitleVectors, title: str, language: str | None) -> None:
    scores = vectors.scores(title, language)
    if scores is not None:
        assert scores.shape == (len(OCCUPATIONS),)
        assert np.isfinite(scores).all()


def test_an_occupation_with_narrower_ones_counts_a_little_less(occupations: Taxonomy, vectors: TitleVectors, tmp_path: Path) -> None:
    vectors.save(tmp_path / "kept")
    wide = TitleVectors.load(tmp_path / "kept", _taxonomy(tmp_path, broader={"cook": "coder", "welder": "coder"}))
    before, after = vectors.scores("software developer", "en"), wide.scores("software developer", "en")
    assert before is not None
    assert after is not None
    less = dict(zip(vectors.uris, before - after, strict=True))
    assert less.pop("test:coder") == pytest.approx(0.5 * np.log(3), abs=1e-4)
    assert max(map(abs, less.values())) < 1e-4


def test_texts_hold_descriptions_groups_and_skills(occupations: Taxonomy) -> None:
    texts = read_occupation_texts(occupations)
    cook = texts.uris.index("test:cook")
    own = [" ".join(texts.sentences[at]) for at in np.flatnonzero(texts.sentence_owners == cook)]
    assert {"prepares meals and dishes", "group of cooks group of cooks", "they work as cook in firms"} < set(own)
    assert {"plan menus grill meat", "grill meat plan menus"} & set(own)
    assert (np.diff(texts.sentence_owners) >= 0).all()


def test_noise_is_of_advertisements_and_titles() -> None:
    noise = title_noise(["en"])
    assert {("we", "are", "looking", "for"), ("full", "time"), ("vollzeit",)} <= {tuple(phrase) for phrase in noise}
    assert all(noise)


def test_the_same_seed_gives_the_same(occupations: Taxonomy, vectors: TitleVectors) -> None:
    again = TitleVectors.train(occupations, seed=3, plan=PLAN)
    np.testing.assert_array_equal(again.scores("driver of trucks"), vectors.scores("driver of trucks"))


def test_vectors_come_back_from_disk_as_they_were(occupations: Taxonomy, vectors: TitleVectors, tmp_path: Path) -> None:
    vectors.save(tmp_path)
    back = TitleVectors.load(tmp_path, occupations)
    for language in (None, "de"):
        np.testing.assert_array_equal(back.scores("junior programmer", language), vectors.scores("junior programmer", language))
    assert (back.uris, back.card) == (vectors.uris, vectors.card)
    with np.load(tmp_path / "title-vectors.npz", allow_pickle=False) as stored:
        assert all(stored[name].dtype != object for name in stored.files)


@pytest.mark.parametrize("name", ["title-vectors.npz", "model-card.json"])
@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 half a file", b"{}"])
def test_a_missing_or_damaged_file_is_told(
    occupations: Taxonomy, vectors: TitleVectors, tmp_path: Path, name: str, content: bytes | None
) -> None:
    vectors.save(tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelUnreadable, match="import the taxonomy anew"):
        TitleVectors.load(tmp_path, occupations)


def test_another_format_is_told(occupations: Taxonomy, vectors: TitleVectors, tmp_path: Path) -> None:
    vectors.save(tmp_path)
    card = tmp_path / "model-card.json"
    card.write_text(card.read_text().replace(f'"format_version": {FORMAT_VERSION}', '"format_version": 99'))
    with pytest.raises(ModelUnreadable, match="format 99"):
        TitleVectors.load(tmp_path, occupations)


def test_a_taxonomy_with_one_occupation_cannot_be_learnt(tmp_path: Path) -> None:
    with pytest.raises(NothingToLink, match="1 occupations"):
        TitleVectors.train(_taxonomy(tmp_path, occupations=1))


def test_kept_vectors_are_trained_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taxonomy = _taxonomy(tmp_path)
    steps: list[int] = []
    first = kept_title_vectors(taxonomy, on_progress=lambda done, total: steps.append(total - done))
    assert steps[-1] == 0
    monkeypatch.setattr(TitleVectors, "train", None)
    assert kept_title_vectors(taxonomy).card == first.card


def test_occupations_that_the_ranker_does_not_know_are_ranked(occupations: Taxonomy, vectors: TitleVectors) -> None:
    ranker = new_ranker(["2221", "5120"], ["test:nurse", "test:cook"], dimensions=8)
    index = OccupationIndex([], {f"test:{name}": isco for name, (isco, *_) in OCCUPATIONS.items()})
    asked = Titled("Truck driver", None, language="en")
    assert OccupationChooser(index, ranker, vectors=vectors, ranker_count=0.5).ranked(asked)[0] == ("test:driver", "8332")
    assert OccupationChooser(index, None, vectors=vectors).ranked(asked, limit=2)[0] == ("test:driver", "8332")
    assert OccupationChooser(index, ranker).ranked(asked)[0][0] in {"test:nurse", "test:cook"}
    assert OccupationChooser(index, None).ranked(asked) == []
