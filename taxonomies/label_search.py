"""Type-ahead search over all labels of a taxonomy: exact, by prefix, by words inside, and with a misspelt word."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from taxonomies import compiled_form
from taxonomies.label_key import label_key

Positions = npt.NDArray[np.int32]

_MAX_SCORED: Final = 400  # candidates scored per step; the shortest labels are taken first
_MAX_PREFIX_WORDS: Final = 2_000
_MAX_WORDS: Final = 8
_ALTERNATIVE: Final = 0.02  # how much less an alternative label counts
_WITHIN_WORD: Final = 0.03  # how much less a label counts whose word goes on after the text
_END: Final = "\U0010ffff"


class LabelMatch(NamedTuple):
    """A label row that matched, with its score 0..1."""

    row: int
    score: float


@dataclass(frozen=True)
class LabelSearch:
    """Sorted label keys and the words in them. Open with `LabelSearch.of`; all arrays are memory-mapped."""

    keys: Any
    rows: Positions
    words: Any
    word_offsets: Positions
    word_positions: Positions
    key_lengths: Positions = field(repr=False)

    @classmethod
    def of(cls, keys: Any, words: Any) -> LabelSearch:
        """Take the two search tables of a compiled taxonomy."""
        positions = compiled_form.column(words, "positions")
        return cls(
            keys=compiled_form.column(keys, "key"),
            rows=compiled_form.integers(compiled_form.column(keys, "row")),
            words=compiled_form.column(words, "word"),
            word_offsets=compiled_form.integers(positions.offsets),
            word_positions=compiled_form.integers(positions.values),
            key_lengths=compiled_form.integers(compiled_form.column(keys, "length")),
        )

    def find(self, text: str, allowed: npt.NDArray[np.bool_] | None, *, preferred: npt.NDArray[np.bool_], enough: int) -> list[LabelMatch]:
        """Label rows for a text, best first; steps that cost more run only while fewer than `enough` labels are found.

        `allowed` says for each label row whether it may be returned (None allows all), `preferred` which rows are preferred labels;
        they come before alternative labels that fit about as well.
        """
        query = label_key(text)
        if not query or not len(self.rows):
            return []
        found: dict[int, float] = {}
        for step in (self._by_prefix, self._by_words, self._by_misspelt_words):
            for row, score in step(query, allowed):
                shown = score if score == 1.0 or preferred[row] else score - _ALTERNATIVE
                found[row] = max(shown, found.get(row, 0.0))
            if len(found) >= enough:
                break
        matches = (LabelMatch(row, score) for row, score in found.items())
        return sorted(matches, key=lambda match: (-match.score, not preferred[match.row], match.row))

    def _by_prefix(self, query: str, allowed: npt.NDArray[np.bool_] | None) -> list[LabelMatch]:
        low, high = _bisect(self.keys, query), _bisect(self.keys, query + _END)
        chosen = self._choose(np.arange(low, high, dtype=np.int32), allowed)
        return [LabelMatch(int(self.rows[p]), self._prefix_score(query, int(p))) for p in chosen]

    def _prefix_score(self, query: str, position: int) -> float:
        length = int(self.key_lengths[position])
        if length == len(query):
            return 1.0
        within_word = self.keys[position].as_py()[len(query)] != " "  # "nurse" is nearer to "nurse aide" than to "nursery"
        return 0.8 + 0.19 * len(query) / length - (_WITHIN_WORD if within_word else 0.0)

    def _by_words(self, query: str, allowed: npt.NDArray[np.bool_] | None) -> list[LabelMatch]:
        *whole, last = query.split()
        sets = [self._positions_of(self._exact(word)) for word in whole]
        sets.append(self._positions_of(self._beginning(last)))
        return self._scored(query, _common(sets), allowed, floor=0.6, weight=0.2)

    def _by_misspelt_words(self, query: str, allowed: npt.NDArray[np.bool_] | None) -> list[LabelMatch]:
        sets = [self._positions_of([*self._exact(word), *self._similar(word)]) for word in query.split()[:_MAX_WORDS]]
        common = _common(sets)
        if not len(common) and len(sets) > 1:  # one word may be strange to all labels: leave out each in turn
            common = np.unique(np.concatenate([_common(sets[:i] + sets[i + 1 :]) for i in range(len(sets))]))
        return self._scored(query, common, allowed, floor=0.2, weight=0.4)

    def _exact(self, word: str) -> list[int]:
        at = _bisect(self.words, word)
        return [at] if at < len(self.words) and self.words[at].as_py() == word else []

    def _beginning(self, word: str) -> list[int]:
        low, high = _bisect(self.words, word), _bisect(self.words, word + _END)
        return list(range(low, min(high, low + _MAX_PREFIX_WORDS)))

    def _similar(self, word: str) -> list[int]:
        if len(word) < 4:
            return []
        allowed_edits = 1 if len(word) < 8 else 2
        lengths = range(len(word) - allowed_edits, len(word) + allowed_edits + 1)
        near = [pair for length in lengths for pair in self._by_form.get((word[0], length), ())]
        hits = process.extract(word, [w for w, _ in near], scorer=OSA.distance, score_cutoff=allowed_edits, limit=30)
        return [near[index][1] for _, _, index in hits]

    @cached_property
    def _by_form(self) -> dict[tuple[str, int], list[tuple[str, int]]]:
        """Words with their index by first letter, which typing errors rarely touch, and length."""
        by_form: dict[tuple[str, int], list[tuple[str, int]]] = {}
        for index, word in enumerate(self.words.to_pylist()):
            by_form.setdefault((word[0], len(word)), []).append((word, index))
        return by_form

    def _positions_of(self, words: list[int]) -> Positions:
        parts = [self.word_positions[self.word_offsets[w] : self.word_offsets[w + 1]] for w in words]
        if not parts:
            return np.empty(0, dtype=np.int32)
        return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))

    def _choose(self, positions: Positions, allowed: npt.NDArray[np.bool_] | None) -> Positions:
        if allowed is not None:
            positions = positions[allowed[self.rows[positions]]]
        if len(positions) <= _MAX_SCORED:
            return positions
        return positions[np.argsort(self.key_lengths[positions], kind="stable")[:_MAX_SCORED]]

    def _scored(
        self, query: str, positions: Positions, allowed: npt.NDArray[np.bool_] | None, *, floor: float, weight: float
    ) -> list[LabelMatch]:
        chosen = self._choose(positions, allowed)
        return [
            LabelMatch(int(self.rows[p]), floor + weight * fuzz.token_sort_ratio(query, self.keys[int(p)].as_py()) / 100) for p in chosen
        ]


def _bisect(strings: Any, wanted: str) -> int:
    low, high = 0, len(strings)
    while low < high:
        middle = (low + high) // 2
        if strings[middle].as_py() < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _common(sets: list[Positions]) -> Positions:
    smallest_first = sorted(sets, key=len)
    common = smallest_first[0]
    for other in smallest_first[1:]:
        common = np.intersect1d(common, other, assume_unique=True)
    return common
