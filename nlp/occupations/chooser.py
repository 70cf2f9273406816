"""Chooses occupations for an advertisement: the trained ranker's probabilities, the names found in its title and, for long lists, how
near the title is to each occupation by what the taxonomy says, put together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.occupations.features import FIRST_WORDS, text_parts
from nlp.occupations.occupation_index import OccupationHit, OccupationIndex
from nlp.occupations.ranker import Floats, OccupationRanker, Ranking, softmax, uri_hash
from nlp.occupations.title_cleaning import title_phrases
from nlp.occupations.title_vectors import TitleVectors

# How much a name in the title counts beside the ranker, by how it was found; the rest is the ranker's.
_SHARES: Final = {"title:exact": 0.2, "title:part": 0.08}
_HITS: Final = 8
_LEAST: Final = 0.005  # candidates less likely than this are not worth naming
_AGREEMENT: Final = 0.03  # probability that title and text must give to the stated groups
_AGREED: Final = 0.6
_ALONE: Final = 0.2
_LONGEST_TITLE: Final = 300  # characters
_KNOWN_TITLES: Final = 50_000
_UNLIKELY: Final = np.float32(1e-5)  # probability of an occupation that the ranker does not know
RANKED: Final = "ranker"

_Ints = npt.NDArray[np.int64]
_Shared = tuple[OccupationHit, float]  # a name found in the title and what it is worth


class Titled(NamedTuple):
    """What is known of an advertisement; employer and places are taken out of the title."""

    title: str | None
    text: str | None
    employer: str | None = None
    places: tuple[str, ...] = ()
    language: str | None = None


class OccupationChoice(NamedTuple):
    """A unit group with its likeliest occupation. `score` is the probability (0..1) that the unit group is right."""

    uri: str | None
    isco: str | None
    score: float
    rule: str


class _Members(NamedTuple):
    """Occupations of a unit group and their places in the ranker's answers."""

    uris: list[str]
    places: _Ints


_NO_MEMBERS: Final = _Members([], np.zeros(0, dtype=np.int64))


class OccupationChooser:
    """Names of a taxonomy and, where there are, a trained ranker and vectors of titles learnt from that taxonomy.

    When occupations are ranked, a name found in the title adds `names_count` to an occupation's probability, and the logarithm of what
    the ranker says counts `ranker_count` times beside the vectors.
    """

    def __init__(
        self,
        index: OccupationIndex,
        ranker: OccupationRanker | None,
        *,
        vectors: TitleVectors | None = None,
        names_count: float = 0.15,
        ranker_count: float = 1.0,
    ) -> None:
        self.index = index
        self.ranker = ranker
        self._vectors = vectors
        self._names_count = names_count
        self._ranker_count = np.float32(1.0 if vectors is None else ranker_count)
        self._known: dict[tuple[str, ...], list[OccupationHit]] = {}
        self._members = {} if ranker is None else _members(index.isco, ranker)

    def choose(
        self, asked: Titled, *, stated: Mapping[str, float] | None = None, limit: int = 5, threshold: float = 0.0
    ) -> tuple[OccupationChoice, ...]:
        """Give the likeliest unit groups, best first, each with its likeliest occupation; none when the best is below the threshold.

        `stated` are unit groups that the board's own codes or names point to, with their shares (0..1).
        """
        asked = _cut(asked)
        hits = self._hits(asked)
        ranking = None if self.ranker is None else self.ranker.rank(text_parts(asked.title, asked.text))
        if self.ranker is None or ranking is None:
            return tuple(OccupationChoice(*hit) for hit in hits if hit.score >= threshold)[:limit]
        spread = _spread(hits)
        scores = self._with_stated(_mixed(self.ranker, ranking, spread), stated or {})
        first = np.argsort(-scores, kind="stable")[:limit]
        likeliest = list(zip(first.tolist(), scores[first].tolist(), strict=True))
        if likeliest[0][1] < threshold:
            return ()
        return tuple(self._choice(self.ranker.groups[at], score, ranking, spread) for at, score in likeliest if score >= _LEAST)

    def ranked(self, asked: Titled, *, limit: int = 100) -> list[tuple[str, str | None]]:
        """Give occupations with their unit groups, likeliest first, however unsure; for measuring and for long lists of suggestions."""
        asked = _cut(asked)
        hits = self._hits(asked)
        logits = self._logits(asked)
        if logits is None:
            return [(hit.uri, hit.isco) for hit in hits][:limit]
        worth = softmax(logits)
        for hit in hits:
            if hit.uri in self._place:
                worth[self._place[hit.uri]] += self._names_count * hit.score
        uris = list(self._place)
        return [(uris[at], self.index.isco[uris[at]]) for at in np.argsort(-worth, kind="stable")[:limit].tolist()]

    def _logits(self, asked: Titled) -> Floats | None:
        """What ranker and title vectors say of each of the index's occupations; None where neither knows a word."""
        told = [part for part in (self._of_ranker(asked), self._of_vectors(asked)) if part is not None]
        return np.asarray(sum(told), dtype=np.float32) if told else None

    def _of_ranker(self, asked: Titled) -> Floats | None:
        """Two readings of the title count equally, as it stands and without marks, places and brackets."""
        if self.ranker is None:
            return None
        plain = next(iter(self._phrases(asked)), None)
        rankings = (self.ranker.rank(text_parts(title, asked.text)) for title in (asked.title, plain))
        given = [ranking.occupations for ranking in rankings if ranking is not None]
        if not given:
            return None
        known = np.append(np.mean(given, axis=0), 0)[self._in_ranker]
        return np.asarray(self._ranker_count * np.log(known + _UNLIKELY), dtype=np.float32)

    def _of_vectors(self, asked: Titled) -> Floats | None:
        words = _title_words(asked)
        scores = None if self._vectors is None or not words else self._vectors.scores(words, asked.language)
        return None if scores is None else np.append(scores, scores.min())[self._in_vectors]

    @cached_property
    def _place(self) -> dict[str, int]:
        """The occupations of the index, numbered."""
        return {uri: at for at, uri in enumerate(self.index.isco)}

    @cached_property
    def _in_ranker(self) -> _Ints:
        """Where the index's occupations stand in the ranker's answers; -1: it does not know them."""
        known = {} if self.ranker is None else self.ranker.occupation_at
        return np.array([known.get(uri_hash(uri), -1) for uri in self._place], dtype=np.int64)

    @cached_property
    def _in_vectors(self) -> _Ints:
        """Where the index's occupations stand among those that the title vectors compare; -1: without a name."""
        known = {} if self._vectors is None else {uri: at for at, uri in enumerate(self._vectors.uris)}
        return np.array([known.get(uri, -1) for uri in self._place], dtype=np.int64)

    def likely(self, name: str) -> dict[str, float]:
        """The unit groups that a name alone points to, the likeliest five with their probabilities."""
        return {choice.isco: choice.score for choice in self.choose(Titled(name, None)) if choice.isco is not None}

    def _hits(self, asked: Titled) -> list[OccupationHit]:
        """Names found in the title; kept, since many advertisements share a title."""
        key = (_title_words(asked), asked.employer or "", *asked.places)
        known = self._known.get(key)
        if known is None:
            known = self.index.find(self._phrases(asked), limit=_HITS, by_words=self.ranker is None)
            if len(self._known) >= _KNOWN_TITLES:
                self._known.clear()
            self._known[key] = known
        return known

    def _phrases(self, asked: Titled) -> list[str]:
        words = _title_words(asked)
        return title_phrases(words, employer=asked.employer, places=asked.places) if words else []

    def _with_stated(self, scores: Floats, stated: Mapping[str, float]) -> Floats:
        """Scores with what the board states: much where title and text agree with some of it, else little."""
        if self.ranker is None or not stated:
            return scores
        shares = np.zeros(len(scores), dtype=np.float32)
        for group, share in stated.items():
            if group in self.ranker.group_at:
                shares[self.ranker.group_at[group]] += share
        both = scores * shares
        if float(scores[shares > 0].sum()) >= _AGREEMENT:
            return np.asarray((1 - _AGREED) * scores + _AGREED * both / both.sum(), dtype=np.float32)
        return np.asarray((1 - _ALONE) * scores + _ALONE * shares / max(float(shares.sum()), 1.0), dtype=np.float32)

    def _choice(self, group: str, score: float, ranking: Ranking, spread: Sequence[_Shared]) -> OccupationChoice:
        """The occupation of a unit group: the likeliest; a name found in the title adds what it is worth."""
        members = self._members.get(group, _NO_MEMBERS)
        worth = dict(zip(members.uris, ranking.occupations.take(members.places).tolist(), strict=True))
        rules: dict[str, str] = {}
        for hit, share in spread:
            if hit.isco == group:
                worth[hit.uri] = worth.get(hit.uri, 0.0) + share
                rules[hit.uri] = hit.rule
        best = max(worth, key=worth.__getitem__, default=None)
        return OccupationChoice(best, group, round(min(score, 1.0), 3), rules.get(best or "", RANKED))


def _cut(asked: Titled) -> Titled:
    """With a title of bearable length."""
    too_long = asked.title is not None and len(asked.title) > _LONGEST_TITLE
    return asked._replace(title=(asked.title or "")[:_LONGEST_TITLE]) if too_long else asked


def _title_words(asked: Titled) -> str:
    return asked.title or " ".join((asked.text or "")[:200].split()[:FIRST_WORDS])


def _members(isco: Mapping[str, str | None], ranker: OccupationRanker) -> dict[str, _Members]:
    """The occupations of each unit group that the ranker knows."""
    members: dict[str, list[tuple[str, int]]] = {}
    for uri, group in isco.items():
        at = ranker.occupation_at.get(uri_hash(uri))
        if group is not None and at is not None:
            members.setdefault(group, []).append((uri, at))
    return {group: _Members([uri for uri, _ in own], np.array([at for _, at in own], dtype=np.int64)) for group, own in members.items()}


def _mixed(ranker: OccupationRanker, ranking: Ranking, spread: Sequence[_Shared]) -> Floats:
    """Probabilities of unit groups, those of names in the title with what these are worth."""
    if not spread:
        return ranking.groups
    named = np.zeros(len(ranker.groups), dtype=np.float32)
    for hit, share in spread:
        if hit.isco in ranker.group_at:
            named[ranker.group_at[hit.isco]] += share
    return np.asarray(ranking.groups * (1 - named.sum()) + named, dtype=np.float32)


def _spread(hits: Sequence[OccupationHit]) -> list[_Shared]:
    """Each hit with its part of what the best way of finding is worth; equal ways share it."""
    if not hits:
        return []
    best = max(_SHARES[hit.rule] for hit in hits)
    first = max(hit.score for hit in hits)
    sharing = [_SHARES[hit.rule] == best and hit.score >= first - 0.05 for hit in hits]
    return [(hit, best / sum(sharing) if shares else 0.0) for hit, shares in zip(hits, sharing, strict=True)]
