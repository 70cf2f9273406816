"""The texts of a taxonomy that vectors are learnt from: labels and sentences of descriptions, as words, concept by concept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.folding import fold
from nlp.linker.error import NothingToLink
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_WORD: Final = re.compile(r"[^\W_]+[+#]*")
_ASCII_WORD: Final = re.compile(r"[a-z0-9]+[+#]*")
_SENTENCE_END: Final = re.compile(r"(?<=[.;!?])\s+|\n+")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_FEWEST_WORDS: Final = 3  # of a sentence worth learning from

Words = list[str]


@dataclass(frozen=True)
class TaxonomyTexts:
    """Labels stand together by concept, the first preferred one of a concept first; `sentences` are sorted by concept too."""

    uris: list[str]
    labels: Sequence[Words]
    label_owners: npt.NDArray[np.int64]
    is_preferred: npt.NDArray[np.bool_]
    languages: tuple[str, ...]
    label_languages: npt.NDArray[np.int64]  # numbers of `languages`
    is_wider: npt.NDArray[np.bool_]  # the label leaves out what narrows the preferred one: "engineering" for packaging engineering
    sentences: Sequence[Words]
    sentence_owners: npt.NDArray[np.int64]
    reach: npt.NDArray[np.float32]  # of each skill: log(1 + number of occupations that have it)

    def without(self, labels: npt.NDArray[np.int64]) -> TaxonomyTexts:
        """The same texts but for some labels (row numbers)."""
        keep = np.ones(len(self.labels), dtype=np.bool_)
        keep[labels] = False
        rows = np.flatnonzero(keep)
        return replace(
            self,
            labels=[self.labels[row] for row in rows.tolist()],
            label_owners=self.label_owners[rows],
            is_preferred=self.is_preferred[rows],
            label_languages=self.label_languages[rows],
            is_wider=self.is_wider[rows],
        )


def words(text: str) -> Words:
    """The folded words of a text; + and # at a word's end belong to it (C++, C#)."""
    if text.isascii():  # of ASCII, folding changes no more than the case of words and some signs between them
        return _ASCII_WORD.findall(text.lower())
    return _WORD.findall(fold(text))


_ARTICLES_AND_SUCH: Final = """
of the a an and or for to in on with by from at as
de des du d la le les l un une et ou en au aux pour par sur dans avec
der die das den dem des ein eine und oder von vom zu zum zur im in mit für bei auf
el los las una y o u del al con para por que
het een van voor op bij met aan
att och eller av i på för med till som
i w we z ze na do oraz lub przy
a v ve s se k ke o od při nebo
"""
SMALL_WORDS: Final = frozenset(words(_ARTICLES_AND_SUCH))
# Words that make a label longer without making its concept narrower.
_EMPTY: Final = """
principle technique method skill knowledge theory basic fundamental
use utilise using apply perform carry out conduct do manage handle provide
principe méthode compétence utiliser appliquer effectuer réaliser gérer exécuter
principio técnica método usar utilizar aplicar realizar efectuar gestionar llevar cabo
grundsätze techniken methoden verwenden nutzen anwenden durchführen einsetzen
"""
_EMPTY_WORDS: Final = frozenset(words(_EMPTY))
_SHORTEST_PLURAL: Final = 3


def content_words(text: Words) -> frozenset[str]:
    """The different words of a text but for articles and such, unless there are no others."""
    different = frozenset(text)
    return different - SMALL_WORDS or different


def stems(text: Words) -> frozenset[str]:
    """Content words without a plural's s."""
    return frozenset(word[:-1] if len(word) > _SHORTEST_PLURAL and word.endswith("s") else word for word in content_words(text))


def read_texts(taxonomy: Taxonomy, languages: Sequence[str] | None = None, *, kind: ConceptType = ConceptType.SKILL) -> TaxonomyTexts:
    """Gather the texts of a kind of concepts in some languages (None: all); raises NothingToLink where fewer than two have a label."""
    wanted = tuple(languages or taxonomy.languages)
    rows = _labels(taxonomy, wanted, kind)
    uris = list(dict.fromkeys(row.uri for row in rows))
    if len(uris) < 2:
        named = f"{kind.value.replace('_', ' ')}s"
        raise NothingToLink(f"{taxonomy.ref} has {len(uris)} {named} with a label in {', '.join(wanted)}; import a taxonomy with {named}")
    index = {uri: at for at, uri in enumerate(uris)}
    rows.sort(key=lambda row: (index[row.uri], not row.is_preferred, row.language))
    sentences = _sentences(taxonomy, wanted, index)
    return TaxonomyTexts(
        uris=uris,
        labels=[row.words for row in rows],
        label_owners=np.array([index[row.uri] for row in rows], dtype=np.int64),
        is_preferred=np.array([row.is_preferred for row in rows], dtype=np.bool_),
        languages=_in_order(taxonomy, wanted),
        label_languages=np.array([row.language for row in rows], dtype=np.int64),
        is_wider=np.array([row.is_wider for row in rows], dtype=np.bool_),
        sentences=[own for _, own in sentences],
        sentence_owners=np.array([at for at, _ in sentences], dtype=np.int64),
        reach=np.log1p([len(taxonomy.occupations_of(uri)) for uri in uris]).astype(np.float32),
    )


class _Label(NamedTuple):
    uri: str
    words: Words
    is_preferred: bool
    language: int
    is_wider: bool


def _labels(taxonomy: Taxonomy, wanted: tuple[str, ...], kind: ConceptType) -> list[_Label]:
    numbers = {language: at for at, language in enumerate(_in_order(taxonomy, wanted))}
    given = list(taxonomy.iter_labels([kind], wanted))
    # what stands in brackets explains a name and does not narrow it: Java (computer programming)
    whole = {(row.uri, row.language): stems(words(_BRACKETS.sub(" ", row.text))) for row in given if row.preferred}
    return [
        _Label(row.uri, own, row.preferred, numbers[row.language], _is_wider(stems(own), whole.get((row.uri, row.language), frozenset())))
        for row in given
        if (own := words(row.text))
    ]


def _is_wider(own: frozenset[str], whole: frozenset[str]) -> bool:
    return own < whole and not whole - own <= _EMPTY_WORDS


def _in_order(taxonomy: Taxonomy, wanted: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(language for language in taxonomy.languages if language in wanted)


def _sentences(taxonomy: Taxonomy, languages: tuple[str, ...], index: dict[str, int]) -> list[tuple[int, Words]]:
    described = (row for row in taxonomy.iter_descriptions() if row[0] in index and row[1] in languages)
    return sorted(((index[uri], part) for uri, _, text in described for part in sentences_of(text)), key=lambda pair: pair[0])


def sentences_of(text: str) -> list[Words]:
    """The sentences of a text that are long enough to learn from."""
    return [part for part in map(words, _SENTENCE_END.split(text)) if len(part) >= _FEWEST_WORDS]
