"""Ranks the skills of a taxonomy by a sentence model, together with the trained linker where there is one.

Every label is compared with the text, which costs little beside embedding it; the candidates are the model's 50 nearest concepts and the 50
that the trained linker ranks first. How much each of the two counts is learnt from the taxonomy on this installation (see `scoring`): a
model that knows the field counts more than one that does not.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from typing import Final, NamedTuple, Self

import numpy as np

from nlp.linker.bags import Floats, Ints
from nlp.linker.linker import Linker, held_out_labels, trained_linker
from nlp.linker.taxonomy_texts import TaxonomyTexts, read_texts
from nlp.sentence_linker.concept_views import ConceptViews
from nlp.sentence_linker.embedder import Embedder
from nlp.sentence_linker.held_out import questions
from nlp.sentence_linker.label_scan import LabelScan
from nlp.sentence_linker.label_texts import LabelTexts, read_label_texts
from nlp.sentence_linker.label_vectors import Halves, kept_vectors, vectors_folder
from nlp.sentence_linker.model_folder import SentenceModel
from nlp.sentence_linker.scoring import Scoring, fit_scoring, read_scoring
from taxonomies.taxonomy import Taxonomy

_log = logging.getLogger(__name__)

_SEED: Final = 1


class _Known(NamedTuple):
    """What a linker is made of."""

    embedder: Embedder
    labels: LabelTexts
    vectors: Halves
    trained: Linker | None
    texts: TaxonomyTexts

    def views(self, trained: Linker | None) -> ConceptViews:
        return ConceptViews(self.embedder, LabelScan(self.labels, self.vectors), self.labels.uris, trained)


class SentenceLinker:
    """Ranks with one sentence model. Make it with `load`; not to be shared between threads."""

    def __init__(self, views: ConceptViews, labels: LabelTexts, texts: TaxonomyTexts, scoring: Scoring) -> None:
        self._views = views
        self.uris: Sequence[str] = labels.uris
        self.texts = texts
        self.scoring = scoring

    @classmethod
    def load(cls, taxonomy: Taxonomy, model: SentenceModel, trained: Linker | None = None) -> Self:
        """Load the model of a folder for a taxonomy's labels, to rank beside its trained linker (None: the one kept, if any).

        Label vectors and scoring are made at the first time and kept beside the taxonomy. Raises SentenceModelUnusable, and NothingToLink
        for a taxonomy with fewer than two labelled skills.
        """
        embedder = Embedder.load(model)
        labels = read_label_texts(taxonomy)
        trained = trained or trained_linker(taxonomy)
        texts = read_texts(taxonomy) if trained is None else trained.texts
        known = _Known(embedder, labels, kept_vectors(taxonomy, labels, embedder), trained, texts)
        return cls(known.views(trained), labels, texts, _kept_scoring(taxonomy, known))

    def rank(self, texts: Sequence[str], k: int = 10) -> tuple[Ints, Floats]:
        """The k best skills of each text (numbers of `uris`, -1 behind the last) and calibrated probabilities (0..1), best first.

        A text without a letter or digit has none.
        """
        concepts = np.full((len(texts), k), -1, dtype=np.int64)
        chances = np.zeros((len(texts), k), dtype=np.float32)
        for at, own in enumerate(self._views.of(texts)):
            scores = self.scoring.scores(own)
            order = np.argsort(-scores, kind="stable")[:k]
            concepts[at, : len(order)] = own.concepts[order]
            chances[at, : len(order)] = self.scoring.probabilities(scores[order])
        return concepts, chances


def _kept_scoring(taxonomy: Taxonomy, known: _Known) -> Scoring:
    """The scoring kept beside the label vectors, else learnt and kept."""
    beside = "alone" if known.trained is None else hashlib.sha256(known.trained.card.model_dump_json().encode()).hexdigest()[:12]
    folder = vectors_folder(taxonomy, known.embedder.content_hash, known.labels.languages)
    path = folder / f"scoring-{beside}.json"
    kept = read_scoring(path, labels=known.labels.digest)
    if kept is not None:
        return kept
    scoring = _learnt_scoring(known)
    try:
        path.write_text(scoring.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        _log.warning("the scoring of the sentence linker of %s cannot be kept (%s); it is learnt anew each time", taxonomy.ref, error)
    return scoring


def _learnt_scoring(known: _Known) -> Scoring:
    rows = held_out_labels(known.texts, seed=_SEED if known.trained is None else known.trained.card.seed)
    untaught = None if known.trained is None else known.trained.without_labels(rows)
    asked = questions(known.labels, known.texts, rows, seed=_SEED)
    return fit_scoring(known.views(untaught), asked, labels=known.labels.digest, seed=_SEED)
