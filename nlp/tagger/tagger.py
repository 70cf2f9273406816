"""The tagger: reads advertisements into spans of skills with kind and status, and into zones."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from nlp.advertisement import Advertisement
from nlp.label_matcher import LabelMatch
from nlp.tagger.decoding import TaggedSpan, decode, log_softmax
from nlp.tagger.network import Floats, Ints, Network
from nlp.tagger.storage import TaggerCard, read_network
from nlp.tagger.tags import TagLayer
from nlp.tagger.words import Words, in_one_segment, split
from nlp.tagger.zone_signs import ZoneWeights
from vacancies.enriched import SkillStatus, Zone

Sums = npt.NDArray[np.float64]

SHIPPED: Final = Path(__file__).parent / "shipped"

ZONES: Final = (Zone.EMPLOYER, Zone.DUTIES, Zone.REQUIREMENTS, Zone.OFFER, Zone.APPLICATION, Zone.OTHER)
STATUSES: Final = (SkillStatus.REQUIRED, SkillStatus.PREFERRED, SkillStatus.DUTY, SkillStatus.MENTIONED, SkillStatus.NEGATED)
SKILL_LAYER: Final = TagLayer("sk", ("skill", "attitude"))
KNOWLEDGE_LAYER: Final = TagLayer("kn", ("knowledge",))
SENTENCE_LAYERS: Final = (TagLayer("ssk", ("skill",)), TagLayer("skn", ("knowledge",)))  # by SkillSpan's guideline
TAG_LAYERS: Final = (SKILL_LAYER, KNOWLEDGE_LAYER, *SENTENCE_LAYERS)
HEADS: Final = {**{layer.head: layer.size for layer in TAG_LAYERS}, "st": len(STATUSES), "zn": len(ZONES)}
_WORDS_AT_ONCE: Final = 2_000  # of several texts; more only makes the matrices too large for the processor's cache


class SkillSpan(NamedTuple):
    """Words that name a skill: offsets (code points, half open), kind (skill, attitude, knowledge).

    The score is the probability (0..1), measured on texts that were not learnt from, that a reader would mark half of it or more.
    """

    start: int
    end: int
    kind: str
    score: float


class StatusGuess(NamedTuple):
    """The likeliest status of some words, and how sure (0..1)."""

    status: SkillStatus
    score: float


class TaggedText:
    """What the network said of one text."""

    def __init__(self, words: Words, spans: tuple[SkillSpan, ...], answer: Floats, network: Network) -> None:
        self.words = words
        self.ruled = words.ruled
        self.spans = spans
        self._answer = answer
        self._columns = network.heads.columns
        self.status_weights = network.weights.get("status_signs")
        self.zone_weights = ZoneWeights.of(network.weights)

    def inside(self, start: int, end: int) -> float:
        """How likely the words at [start, end) are part of a skill: the mean over the words (0..1)."""
        first, last = self._rows(start, end)
        return float((self._sums.inside[last] - self._sums.inside[first]) / (last - first)) if first < last else 0.0

    def status(self, start: int, end: int) -> StatusGuess:
        """The likeliest status of the words at [start, end) by the network alone."""
        likely = np.exp(self.log_statuses(start, end))
        best = int(likely.argmax())
        return StatusGuess(STATUSES[best], float(likely[best]))

    def log_statuses(self, start: int, end: int) -> Floats:
        """Logarithms of the probabilities of STATUSES for the words at [start, end), averaged over them."""
        return _log_mean(self._sums.statuses, *self._rows(start, end))

    def log_zones(self, start: int, end: int) -> Floats:
        """Likewise of ZONES."""
        return _log_mean(self._sums.zones, *self._rows(start, end))

    def mean_log_zones(self, first: Ints) -> Floats:
        """Logarithms of the zones' probabilities, averaged over the words of each piece (pieces x zones), by the pieces' first words."""
        logs = log_softmax(self._answer[:, self._columns["zn"]])
        sizes = np.diff(np.append(first, len(logs)))[:, None].astype(np.float32)
        made: Floats = (np.add.reduceat(logs, first) / sizes).astype(np.float32)
        return made

    def _rows(self, start: int, end: int) -> tuple[int, int]:
        first = int(self.words.ends.searchsorted(start, side="right"))
        return first, int(self.words.starts.searchsorted(end, side="left"))

    @cached_property
    def _sums(self) -> _Sums:
        likely = {name: np.exp(log_softmax(self._answer[:, self._columns[name]])) for name in ("st", "zn")}
        outside = [np.exp(log_softmax(self._answer[:, self._columns[layer.head]])[:, 0]) for layer in (SKILL_LAYER, KNOWLEDGE_LAYER)]
        return _Sums(_summed(1 - np.minimum(*outside)), _summed(likely["st"]), _summed(likely["zn"]))


class _Sums(NamedTuple):
    """Probabilities added up from the first word on, so that the mean over any words is one subtraction."""

    inside: Sums
    statuses: Sums
    zones: Sums


def _summed(likely: Floats) -> Sums:
    made: Sums = np.zeros((len(likely) + 1, *likely.shape[1:]), dtype=np.float64)
    np.cumsum(likely, axis=0, dtype=np.float64, out=made[1:])
    return made


def _log_mean(sums: Sums, first: int, last: int) -> Floats:
    """Logarithms of mean probabilities (classes) of the words first..last (half open); all alike without words."""
    if first >= last:
        return np.full(sums.shape[1], -np.log(sums.shape[1]), dtype=np.float32)
    made: Floats = np.log((sums[last] - sums[first]) / (last - first) + 1e-6).astype(np.float32)
    return made


class SpanTagger:
    """Reads texts of any of the languages it was trained on. Make it with `load`; `shipped_tagger` keeps the one that comes along."""

    def __init__(self, network: Network, card: TaggerCard) -> None:
        self._network = network
        self._slope, self._offset = card.reading["score_slope"], card.reading["score_offset"]
        self.card = card

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Self:
        """Read a tagger that `labourscope train spans` wrote. Raises ModelUnreadable."""
        return cls(*read_network(folder))

    def read(self, ads: Sequence[Advertisement], labels: Sequence[Sequence[LabelMatch]] | None = None) -> list[TaggedText]:
        """Read advertisements, in order, some at a time; `labels` are those of a taxonomy that were found in each, which help."""
        texts = [split(ad, own) for ad, own in zip(ads, labels or [()] * len(ads), strict=True)]
        answers = self._answers(texts)
        spans = self._spans(texts, answers, (SKILL_LAYER, KNOWLEDGE_LAYER), self.card.reading["outside"])
        return [TaggedText(words, tuple(found), answer, self._network) for words, found, answer in zip(texts, spans, answers, strict=True)]

    def read_sentences(
        self, ads: Sequence[Advertisement], labels: Sequence[Sequence[LabelMatch]] | None = None
    ) -> list[tuple[SkillSpan, ...]]:
        """Spans by SkillSpan's guideline, which counts attitudes as skills, in single sentences."""
        texts = [in_one_segment(split(ad, own)) for ad, own in zip(ads, labels or [()] * len(ads), strict=True)]
        spans = self._spans(texts, self._answers(texts), SENTENCE_LAYERS, self.card.reading["outside_in_sentences"])
        return [tuple(found) for found in spans]

    def _answers(self, texts: Sequence[Words]) -> list[Floats]:
        return [answer for group in _groups(texts) for answer in self._network.read(group)]

    def _spans(
        self, texts: Sequence[Words], answers: Sequence[Floats], layers: Sequence[TagLayer], outside: float
    ) -> list[list[SkillSpan]]:
        columns = self._network.heads.columns
        by_layer = [[answer[:, columns[layer.head]] for answer in answers] for layer in layers]
        following = [self._network.following[layer.head] for layer in layers]
        decoded = decode(layers, by_layer, following, outside=outside, line_ends=[_line_ends(words) for words in texts])
        return [sorted(self._placed(span, words) for span in spans) for words, spans in zip(texts, decoded, strict=True)]

    def _placed(self, span: TaggedSpan, words: Words) -> SkillSpan:
        worth = math.log((span.score + 1e-4) / (1 - span.score + 1e-4)) * self._slope + self._offset
        return SkillSpan(int(words.starts[span.first]), int(words.ends[span.last - 1]), span.kind, round(1 / (1 + math.exp(-worth)), 3))


def _line_ends(words: Words) -> Ints:
    """Where lines end: no skill goes on in the next line or item."""
    return np.array([at for at, word in enumerate(words.words) if word[0] == "\n"], dtype=np.int64)


def _groups(texts: Sequence[Words]) -> Iterator[list[Words]]:
    group: list[Words] = []
    size = 0
    for text in texts:
        group.append(text)
        size += len(text.words)
        if size >= _WORDS_AT_ONCE:
            yield group
            group, size = [], 0
    if group:
        yield group


@cache
def shipped_tagger() -> SpanTagger:
    """The tagger that comes with the package, read once."""
    return SpanTagger.load()
