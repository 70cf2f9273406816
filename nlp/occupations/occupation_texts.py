"""The texts of a taxonomy that vectors of job titles are learnt from: all that it says about occupations, and what stands around titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from nlp.lexicon.words import LANGUAGES, load_lexicon
from nlp.linker.fillers import fillers
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words, read_texts, sentences_of, words
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_SKILLS_TOGETHER: Final = 5  # names of skills that make a sentence about an occupation


def read_occupation_texts(taxonomy: Taxonomy, *, seed: int = 1) -> TaxonomyTexts:
    """Names of occupations with what describes them: their description, their unit group's, and their skills, five in a sentence.

    Raises NothingToLink where fewer than two occupations have a name.
    """
    texts = read_texts(taxonomy, kind=ConceptType.OCCUPATION)
    random = np.random.default_rng(seed)
    groups = dict(_described_groups(taxonomy))
    found = list(zip(texts.sentence_owners.tolist(), texts.sentences, strict=True))
    for at, uri in enumerate(texts.uris):
        found += [(at, sentence) for sentence in (*groups.get(taxonomy.isco_of(uri) or "", ()), *_skill_sentences(taxonomy, uri, random))]
    found.sort(key=lambda pair: pair[0])
    owners = np.array([at for at, _ in found], dtype=np.int64)
    return replace(texts, sentences=[sentence for _, sentence in found], sentence_owners=owners)


def title_noise(languages: Sequence[str]) -> list[Words]:
    """What stands around occupations without telling which one is meant: in sentences, and in titles of every language that is known."""
    around = (phrase for language in LANGUAGES for phrase in load_lexicon(language).title_noise)
    return [noise for phrase in (*fillers(tuple(languages)), *around) if (noise := words(phrase))]


def _skill_sentences(taxonomy: Taxonomy, uri: str, random: np.random.Generator) -> Iterator[Words]:
    skills = taxonomy.skills_of(uri)
    names = [words(taxonomy.label(skill)) for skill in (*skills.essential, *skills.optional)]
    order = random.permutation(len(names)).tolist()
    for start in range(0, len(order), _SKILLS_TOGETHER):
        yield [word for at in order[start : start + _SKILLS_TOGETHER] for word in names[at]]


def _described_groups(taxonomy: Taxonomy) -> Iterator[tuple[str, list[Words]]]:
    """Unit groups by code: name, twice since it is short, and sentences of the description, both as in English where there is English."""
    described: dict[str, dict[str, str]] = {}
    for uri, language, text in taxonomy.iter_descriptions():
        if taxonomy.type_of(uri) is ConceptType.OCCUPATION_GROUP:
            described.setdefault(uri, {})[language] = text
    for uri in taxonomy.uris(ConceptType.OCCUPATION_GROUP):
        code = taxonomy.code_of(uri)
        if code is not None:
            texts = described.get(uri, {})
            text = texts.get("en") or next(iter(texts.values()), "")
            yield code, [words(taxonomy.label(uri)) * 2, *sentences_of(text)]
