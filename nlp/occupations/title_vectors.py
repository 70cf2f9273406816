"""Vectors of job titles learnt from a taxonomy's own text, and how well each of its occupations fits a title by them.

Learnt as the linker's vectors are (`nlp.linker.training`), but from occupations: a name, a description, the unit group's or some skills
of an occupation have to find a name of it among those of all others. Words that only titles have around the occupation ("senior",
"full time") are noise in that. Titles are compared with names as the linker compares sentences with labels (`nlp.linker.label_index`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np

from nlp.kept_models import kept_or_trained
from nlp.linker.bags import Floats, Ints
from nlp.linker.error import NothingToLink
from nlp.linker.label_index import LabelIndex
from nlp.linker.taxonomy_texts import TaxonomyTexts, read_texts, words
from nlp.linker.training import TrainingPlan, learn_vectors, plan_for
from nlp.linker.units import Units
from nlp.occupations.occupation_texts import read_occupation_texts, title_noise
from nlp.occupations.vector_storage import FORMAT_VERSION, TitleVectorsCard, VectorParts, read_parts, write_parts
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_log = logging.getLogger(__name__)

_MAIN_LANGUAGE: Final = 6.0  # a name of the first language is learnt from as often as those of six others: most occupations have most there
_LONGEST_TITLE: Final = 24  # words
_BEHIND: Final = np.float32(1)  # how far occupations that are not looked at closely stand behind the last that is

# What the logarithm of the number of narrower occupations takes away: titles rarely mean an occupation that stands for several others.
_UMBRELLA: Final = np.float32(0.5)  # its size was chosen on 2,500 labelled English titles, not learnt from the taxonomy

OnProgress = Callable[[int, int], None]  # steps done, steps in all


class _Names(NamedTuple):
    """Names and descriptions that count for titles of a language, and where their occupations stand in `TitleVectors.uris`."""

    labels: LabelIndex
    places: Ints


class TitleVectors:
    """Compares titles with the occupations of one taxonomy version. Make it with `train`, `load` or `kept_title_vectors`."""

    def __init__(self, taxonomy: Taxonomy, parts: VectorParts) -> None:
        self.uris: Sequence[str] = taxonomy.uris(ConceptType.OCCUPATION)
        self._taxonomy = taxonomy
        self._parts = parts
        self._units = Units(parts.units)
        self._names: dict[str | None, _Names] = {}
        narrower = np.array([len(taxonomy.narrower(uri)) for uri in self.uris], dtype=np.float32)
        self._taken = _UMBRELLA * np.log1p(narrower)

    @classmethod
    def train(cls, taxonomy: Taxonomy, *, seed: int = 1, plan: TrainingPlan | None = None, on_progress: OnProgress | None = None) -> Self:
        """Learn from the taxonomy's occupations in all its languages: about 1.5 minutes; the same seed gives the same on the same machine.

        Raises NothingToLink for a taxonomy with fewer than two named occupations.
        """
        texts = read_occupation_texts(taxonomy, seed=seed)
        plan = plan or replace(plan_for(len(texts.uris)), main_language=_MAIN_LANGUAGE)
        units = Units.learn([*texts.labels, *texts.sentences])
        learnt = learn_vectors(texts, units, title_noise(taxonomy.languages), plan=plan, seed=seed, on_step=on_progress)
        vectors = learnt.astype(np.float16).astype(np.float32)  # as stored: what is loaded gives the same
        card = TitleVectorsCard(
            taxonomy=str(taxonomy.ref), languages=texts.languages, seed=seed, occupations=len(texts.uris), names=len(texts.labels),
            sentences=len(texts.sentences), units=len(units), dimensions=plan.dimensions, steps=plan.steps,
        )  # fmt: skip
        return cls(taxonomy, VectorParts(units.names, vectors, card))

    @classmethod
    def load(cls, folder: Path, taxonomy: Taxonomy) -> Self:
        """Read what `save` wrote for a taxonomy; raises ModelUnreadable for what is missing, damaged or of another format."""
        return cls(taxonomy, read_parts(folder))

    def save(self, folder: Path) -> None:
        """Write arrays (.npz, no pickle) and model card into a folder."""
        write_parts(self._parts, folder)

    @property
    def card(self) -> TitleVectorsCard:
        """What was learnt from what."""
        return self._parts.card

    def scores(self, title: str, language: str | None = None) -> Floats | None:
        """How well each occupation (as in `uris`) fits a title: a sum of views as `nlp.linker.label_index` has them, greater is better;
        a little less where it has narrower occupations.

        Names of the title's language and of the taxonomy's first one count; all, where the language is not known to the taxonomy.
        Only the 200 likeliest are looked at closely. None where no word of the title is known.
        """
        names = self._of_language(language)
        ranking = next(iter(names.labels.rank([words(title)[:_LONGEST_TITLE]])))
        if not len(ranking.concepts):
            return None
        found = np.full(len(self.uris), ranking.scores[-1] - _BEHIND, dtype=np.float32)
        found[names.places[ranking.concepts]] = ranking.scores
        return np.asarray(found - self._taken, dtype=np.float32)

    def _of_language(self, language: str | None) -> _Names:
        known = language if language in self._taxonomy.languages else None
        found = self._names.get(known)
        if found is None:
            found = self._names[known] = self._gathered(known)
        return found

    def _gathered(self, language: str | None) -> _Names:
        texts = _texts(self._taxonomy, language)
        place = {uri: at for at, uri in enumerate(self.uris)}
        return _Names(LabelIndex(texts, self._units, self._parts.vectors), np.array([place[uri] for uri in texts.uris], dtype=np.int64))


def _texts(taxonomy: Taxonomy, language: str | None) -> TaxonomyTexts:
    if language is not None:
        try:
            return read_texts(taxonomy, [taxonomy.languages[0], language], kind=ConceptType.OCCUPATION)
        except NothingToLink as error:
            _log.info("%s; names of all languages are compared", error)
    return read_texts(taxonomy, kind=ConceptType.OCCUPATION)


def _folder(taxonomy: Taxonomy, seed: int) -> Path:
    return taxonomy.folder / "title-vectors" / f"v{FORMAT_VERSION}-{seed}"


def kept_title_vectors(taxonomy: Taxonomy, *, seed: int = 1, on_progress: OnProgress | None = None) -> TitleVectors:
    """Those kept beside the compiled taxonomy, else train them (about 1.5 minutes) and keep them; raises as `TitleVectors.train`."""
    return kept_or_trained(
        _folder(taxonomy, seed),
        lambda folder: TitleVectors.load(folder, taxonomy),
        lambda: TitleVectors.train(taxonomy, seed=seed, on_progress=on_progress),
        name=f"what was learnt of the titles of {taxonomy.ref}",
    )
