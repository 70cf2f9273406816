"""The whole training of the ranker that comes with the package: names first, then labelled advertisements, and its calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from nlp.occupations.examples import Example, bundled_examples, taxonomy_examples
from nlp.occupations.features import text_parts
from nlp.occupations.ranker import Calibration, Floats, OccupationRanker, softmax
from nlp.occupations.storage import ModelCard, Source, StoredRanker
from nlp.occupations.training import ADVERTISEMENTS, NAMES, Ints, Lesson, new_ranker, taught
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_TEXT_REPEATS: Final = 3  # whole advertisements are rare beside titles
_HELD_OUT: Final = 5  # every fifth advertisement with a text is held out for calibration
_SHARPNESS: Final = np.linspace(0.3, 1.6, 27)
_BINS: Final = 10

OnStep = Callable[[str], None]


class NamedExamples(NamedTuple):
    """Examples of one origin, as the model card names it."""

    source: str
    licence: str
    examples: Sequence[Example]


class Plan(NamedTuple):
    """The two lessons."""

    names: Lesson = NAMES
    advertisements: Lesson = ADVERTISEMENTS


PLAN: Final = Plan()


def ranker_of_names(
    taxonomy: Taxonomy, names: Sequence[Example] = (), *, plan: Plan = PLAN, on_step: OnStep | None = None
) -> OccupationRanker:
    """A ranker that has learnt a taxonomy's names and descriptions, the bundled job titles, and `names`."""
    examples = [*taxonomy_examples(taxonomy), *bundled_examples(), *names]
    groups = sorted({example.isco for example in examples if len(example.isco) == 4})
    blank = new_ranker(groups, list(taxonomy.uris(ConceptType.OCCUPATION)))
    return taught(blank, examples, plan.names, on_round=_heard("names", plan.names, on_step))


def ranker_of_advertisements(
    base: OccupationRanker, examples: Sequence[Example], *, plan: Plan = PLAN, on_step: OnStep | None = None
) -> OccupationRanker:
    """Teach a ranker labelled titles and advertisements; the bundled job titles come again, so that they are not forgotten."""
    repeated = [example for example in examples for _ in range(_TEXT_REPEATS if example.text else 1)]
    lesson = plan.advertisements
    return taught(base, [*repeated, *bundled_examples()], lesson, on_round=_heard("advertisements", lesson, on_step))


def train_all(
    taxonomy: Taxonomy,
    names: Sequence[NamedExamples],
    advertisements: Sequence[NamedExamples],
    *,
    left_out: str,
    plan: Plan = PLAN,
    on_step: OnStep | None = None,
) -> StoredRanker:
    """Train the ranker that is shipped; its sharpness is fitted on advertisements that a like one has not seen.

    Labelled titles without a text are learnt with the names: there are many, and their labels are rougher than those of advertisements.
    """
    titles = [example for each in advertisements for example in each.examples if not example.text]
    base = ranker_of_names(taxonomy, [*(example for each in names for example in each.examples), *titles], plan=plan, on_step=on_step)
    texts = [[example for example in each.examples if example.text] for each in advertisements]
    seen = [example for own in texts for at, example in enumerate(own) if at % _HELD_OUT]
    like = ranker_of_advertisements(base, seen, plan=plan, on_step=on_step)
    tested = _Answers.of(like, [own[::_HELD_OUT] for own in texts])
    ranker = ranker_of_advertisements(base, [example for own in texts for example in own], plan=plan, on_step=on_step)
    ranker = OccupationRanker(ranker.weights, ranker.groups, ranker.occupations, Calibration(tested.best_sharpness()))
    return StoredRanker(ranker, _card(ranker, taxonomy, [*names, *advertisements], tested, left_out=left_out, seed=plan.names.seed))


class _Answers(NamedTuple):
    """Logits of unit groups for advertisements, the right ones, and what each counts: sources of any size count the same."""

    logits: Floats
    right: Ints
    shares: Floats

    @classmethod
    def of(cls, ranker: OccupationRanker, sources: Sequence[Sequence[Example]]) -> _Answers:
        count = len(ranker.groups)
        kept = [[example for example in own if example.isco in ranker.group_at] for own in sources]
        known = [example for own in kept for example in own]
        hidden = np.array([ranker.vector(text_parts(each.title, each.text)) for each in known], dtype=np.float32).reshape(len(known), -1)
        weights = ranker.weights
        logits = hidden @ weights.answers[:count].T + weights.offsets[:count] if known else np.zeros((0, count), np.float32)
        shares = np.array([1 / len(own) for own in kept for _ in own], dtype=np.float32)
        right = np.array([ranker.group_at[each.isco] for each in known], dtype=np.int64)
        return cls(np.asarray(logits, dtype=np.float32), right, shares / max(float(shares.sum()), 1e-9))

    def best_sharpness(self) -> float:
        """The one under which the right answers are likeliest."""
        if not len(self.right):
            return 1.0
        rows = np.arange(len(self.right))
        losses = [-float(np.log(self._probabilities(each)[rows, self.right] + 1e-9) @ self.shares) for each in _SHARPNESS]
        return round(float(_SHARPNESS[int(np.argmin(losses))]), 2)

    def accuracy(self) -> float:
        """The share of right first answers."""
        return float((self.logits.argmax(axis=1) == self.right) @ self.shares) if len(self.right) else 0.0

    def error(self, sharpness: float) -> float:
        """The expected calibration error of the first answers' probabilities, in ten bins."""
        if not len(self.right):
            return 0.0
        probabilities = self._probabilities(sharpness).max(axis=1)
        gaps = ((self.logits.argmax(axis=1) == self.right) - probabilities) * self.shares
        bins = np.minimum((probabilities * _BINS).astype(np.int64), _BINS - 1)
        return float(np.abs(np.bincount(bins, gaps, _BINS)).sum())

    def _probabilities(self, sharpness: float) -> Floats:
        return softmax(self.logits * np.float32(sharpness))


def _card(
    ranker: OccupationRanker, taxonomy: Taxonomy, sources: Sequence[NamedExamples], tested: _Answers, *, left_out: str, seed: int
) -> ModelCard:
    names = f"{taxonomy.ref} ({', '.join(taxonomy.languages)})"
    own = (
        Source(name=names, examples=len(taxonomy_examples(taxonomy)), licence="ESCO: Decision 2011/833/EU"),
        Source(name="job titles of this package", examples=len(bundled_examples()), licence="Apache-2.0"),
    )
    return ModelCard(
        learnt_from=(*own, *(Source(name=each.source, examples=len(each.examples), licence=each.licence) for each in sources)),
        left_out=left_out,
        seed=seed,
        dimensions=ranker.weights.pieces.shape[1],
        groups=len(ranker.groups),
        occupations=len(ranker.occupations),
        calibrated_on=len(tested.right),
        held_out_accuracy=round(tested.accuracy(), 4),
        expected_calibration_error=round(tested.error(ranker.calibration.sharpness), 4),
    )


def _heard(what: str, lesson: Lesson, on_step: OnStep | None) -> Callable[[int], None] | None:
    return None if on_step is None else lambda number: on_step(f"{what}: round {number + 1} of {lesson.rounds}")
