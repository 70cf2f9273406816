"""Occupation names for looking up titles: exact names, names inside a title, and names that share its telling words."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from rapidfuzz import fuzz

from nlp.array_files import Arrays, digest, kept_arrays, packed_words, unpacked_words
from nlp.folding import fold
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_FORMAT_VERSION: Final = 1  # raise when names are taken otherwise: kept ones of older versions are then taken anew
_KEPT: Final = "occupations/names.npz"
_FILE: Final = "occupations.json"
_REMARK: Final = re.compile(r"\s*\([^()]*\)")
_WORD: Final = re.compile(r"[\w+#]+")
_MAX_CANDIDATES: Final = 400
_WIDE_BYNAME: Final = 5
_WIDE: Final = 12  # a single word in more names than this ("operator", "assistant") names no occupation by itself
_MOST_COMMON: Final = 1500  # a word in more names than this tells nothing by itself


class OccupationHit(NamedTuple):
    """An occupation for a title: URI, ISCO-08 unit group, score 0..1 and how it was found."""

    uri: str
    isco: str | None
    score: float
    rule: str


class _Name(NamedTuple):
    text: str
    uri: str
    is_preferred: bool


class OccupationIndex:
    """All names of a taxonomy's occupations. Names and ISCO groups are plain data; the word index is made when first used."""

    def __init__(self, names: Iterable[tuple[str, str, bool]], isco: dict[str, str | None]) -> None:
        self._names = [_Name(*name) for name in names]
        self.isco = isco

    @classmethod
    def build(cls, taxonomy: Taxonomy, languages: Iterable[str] | None = None) -> OccupationIndex:
        """Take the names of all occupations in some languages (None: all)."""
        names: dict[tuple[str, str], bool] = {}
        chosen = None if languages is None else list(languages)
        for row in taxonomy.iter_labels([ConceptType.OCCUPATION], chosen):
            for text in dict.fromkeys((row.text, *_slashed(row.text))):
                folded = " ".join(_WORD.findall(fold(_REMARK.sub("", text))))
                if folded:
                    names[folded, row.uri] = names.get((folded, row.uri), False) or row.preferred
        isco = {uri: taxonomy.isco_of(uri) for uri in taxonomy.uris(ConceptType.OCCUPATION)}
        return cls(((text, uri, preferred) for (text, uri), preferred in names.items()), isco)

    @classmethod
    def kept(cls, taxonomy: Taxonomy, languages: Iterable[str] | None = None) -> OccupationIndex:
        """Like `build`; the names of all languages are kept beside the compiled taxonomy."""
        if languages is not None:
            return cls.build(taxonomy, languages)
        origin = digest(str(_FORMAT_VERSION).encode(), str(taxonomy.ref).encode())
        return cls._unpacked(kept_arrays(taxonomy.folder / _KEPT, origin, lambda: cls.build(taxonomy)._packed()))

    def _packed(self) -> Arrays:
        places = {uri: at for at, uri in enumerate(self.isco)}
        return {
            "uris": packed_words(self.isco),
            "isco": packed_words(code or "" for code in self.isco.values()),
            "names": packed_words(name.text for name in self._names),
            "owners": np.array([places[name.uri] for name in self._names], dtype=np.int32),
            "is_preferred": np.array([name.is_preferred for name in self._names], dtype=np.bool_),
        }

    @classmethod
    def _unpacked(cls, arrays: Arrays) -> OccupationIndex:
        uris, owners = unpacked_words(arrays["uris"]), arrays["owners"].tolist()
        isco = {uri: code or None for uri, code in zip(uris, unpacked_words(arrays["isco"]), strict=True) if uri}
        names = zip(unpacked_words(arrays["names"]), map(uris.__getitem__, owners), arrays["is_preferred"].tolist(), strict=bool(owners))
        return cls(names, isco)

    def __len__(self) -> int:
        return len(self._names)

    def find(self, phrases: list[str], *, limit: int = 3, by_words: bool = True) -> list[OccupationHit]:
        """Occupations for the phrases of a title (`title_cleaning.title_phrases`), best first; empty when nothing is sure enough.

        Without `by_words` only names that stand in the title as they are, which is much faster.
        """
        best: dict[str, OccupationHit] = {}
        for rank, phrase in enumerate(phrases):
            words = " ".join(_WORD.findall(phrase))
            for hit in (*self._exact(words, penalty=0.02 * min(rank, 3)), *self._inside(words)):
                if hit.uri not in best or best[hit.uri].score < hit.score:
                    best[hit.uri] = hit
        if by_words and phrases and (not best or max(hit.score for hit in best.values()) < 0.7):
            for hit in self._similar(phrases[0]):
                best.setdefault(hit.uri, hit)
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.uri))[:limit]

    def _exact(self, phrase: str, *, penalty: float) -> list[OccupationHit]:
        return self._hits(self._by_text.get(phrase, ()), 0.95 - penalty, "title:exact")

    def _inside(self, phrase: str) -> list[OccupationHit]:
        """The longest names that stand in the phrase; the share of its words that they cover is their score."""
        words = phrase.split()
        if len(words) > 14:
            words = words[:14]
        for length in range(len(words) - 1, 0, -1):
            found: list[OccupationHit] = []
            for start in range(len(words) - length + 1):
                names = self._by_text.get(" ".join(words[start : start + length]))
                if names is None:
                    continue
                # one word of a longer title says little when many names hold it; of bynames, fewer are enough: "operator", "agent"
                is_byname = not any(self._names[at].is_preferred for at in names)
                wide = length == 1 and len(self._by_word.get(words[start], ())) > (_WIDE_BYNAME if is_byname else _WIDE)
                found += self._hits(names, (0.3 if wide else 0.55) + 0.3 * length / len(words), "title:part")
            if found:
                return found
        return []

    def _hits(self, at: Iterable[int], score: float, rule: str) -> list[OccupationHit]:
        names = [self._names[i] for i in at]
        preferred = [name for name in names if name.is_preferred] or names
        worth = score if len(preferred) == 1 else score * 0.85
        return [OccupationHit(name.uri, self.isco.get(name.uri), round(worth, 3), rule) for name in preferred]

    def _similar(self, phrase: str) -> list[OccupationHit]:
        words = set(_WORD.findall(phrase))
        candidates: Counter[int] = Counter()
        for word in words:
            positions = self._by_word.get(word, ())
            if len(positions) <= _MOST_COMMON:
                for position in positions:
                    candidates[position] += 1
        total = sum(self._weight(word) for word in words) or 1.0
        scored: dict[str, float] = {}
        for position, _ in candidates.most_common(_MAX_CANDIDATES):
            name = self._names[position]
            shared = sum(self._weight(word) for word in words & set(name.text.split()))
            foreign = sum(self._weight(word) for word in set(name.text.split()) - words)
            overlap = shared / (total + foreign)
            if overlap >= 0.55:
                scored[name.uri] = max(scored.get(name.uri, 0.0), 0.5 * overlap + 0.3 * fuzz.token_sort_ratio(phrase, name.text) / 100)
        return [OccupationHit(uri, self.isco.get(uri), round(score, 3), "title:words") for uri, score in scored.items()]

    def _weight(self, word: str) -> float:
        return math.log((len(self._names) + 1) / (1 + len(self._by_word.get(word, ()))))

    @cached_property
    def _by_text(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for position, name in enumerate(self._names):
            index.setdefault(name.text, []).append(position)
        return index

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for position, name in enumerate(self._names):
            for word in set(name.text.split()):
                index.setdefault(word, []).append(position)
        return index

    def to_disk(self, folder: Path) -> None:
        """Write names and ISCO groups into a folder (made when absent)."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_text(json.dumps({"names": self._names, "isco": self.isco}, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def from_disk(cls, folder: Path) -> OccupationIndex:
        """Read what `to_disk` wrote."""
        data = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(((text, uri, preferred) for text, uri, preferred in data["names"]), data["isco"])


def _slashed(label: str) -> list[str]:
    """Both forms of a name that joins them by a slash: "conductor/conductora", "électricien / électricienne"."""
    return [part.strip() for part in label.split("/")] if "/" in label else []
