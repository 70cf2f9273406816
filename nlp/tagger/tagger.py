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
from nlp.tagger.decoding import TaggedSpan, decode, log_softmax, softmax
from nlp.tagger.network import Floats, Heads, Ints, Network
from nlp.tagger.storage import TaggerCard, read_network
from nlp.tagger.tags import TagLayer, cut_forbidden
from nlp.tagger.words import Words, going_on, in_one_segment, split
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
_WORDS_AT_ONCE: Final = 4_000  # of several texts; more only makes the matrices too large for the processor's cache


class SkillSpan(NamedTuple):
    """Words that name a skill: offsets (code points, half open), kind (skill, attitude, knowledge).

    The score is the probability (0..1), measured on texts that were not learnt from, that a reader would mark half of it or more.
    """

    start: int
    end: int
    kind: str
    score: float


class TaggedText:
    """What the network said of one text."""

    def __init__(self, words: Words, spans: tuple[SkillSpan, ...], answer: Floats, network: Network) -> None:
        self.words = words
        self.spans = spans
        self._answer = answer
        self._columns = network.heads.columns
        self.status_weights = network.weights.get("status_signs")
        self.zone_weights = ZoneWeights.of(network.weights)

    def log_statuses_and_zones(self, places: Sequence[tuple[int, int]]) -> Floats:
        """Logarithms of the probabilities of STATUSES and ZONES (places x both) for the words at some places (start, end; half open).

        Averaged over the words there; all alike where there are none.
        """
        at = np.array(places, dtype=np.int64).reshape(-1, 2)
        first = self.words.ends.searchsorted(at[:, 0], side="right")
        count = self.words.starts.searchsorted(at[:, 1], side="left") - first
        some = np.maximum(count, 1)
        mean = (self._sums[first + some * (count > 0)] - self._sums[first]) / some[:, None]
        mean[count < 1] = [1 / len(STATUSES)] * len(STATUSES) + [1 / len(ZONES)] * len(ZONES)
        made: Floats = np.log(mean + 1e-6).astype(np.float32)
        return made

    def mean_log_zones(self, first: Ints, sizes: Ints) -> Floats:
        """Logarithms of the zones' probabilities, averaged over the words of each piece (pieces x zones): first words, numbers of words."""
        made: Floats = np.add.reduceat(log_softmax(self._answer[:, self._columns["zn"]]), first)
        made /= sizes[:, None].astype(np.float32)
        return made

    @cached_property
    def _sums(self) -> Sums:
        """Probabilities of statuses and zones, added up from the first word on: the mean over any words is one subtraction."""
        made: Sums = np.zeros((len(self._answer) + 1, len(STATUSES) + len(ZONES)), dtype=np.float64)
        for name, columns in (("st", slice(len(STATUSES))), ("zn", slice(len(STATUSES), None))):
            np.cumsum(softmax(self._answer[:, self._columns[name]]), axis=0, dtype=np.float64, out=made[1:, columns])
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
        """Spans by SkillSpan's guideline (attitudes count as skills, tokens stay whole) in texts with a sentence on each line."""
        split_ads = [split(ad, own) for ad, own in zip(ads, labels or [()] * len(ads), strict=True)]
        texts = [words if len(words.line_ends) else in_one_segment(words) for words in split_ads]
        answers = [whole_tokens(answer, words, self._network.heads) for answer, words in zip(self._answers(texts), texts, strict=True)]
        outside = [self.card.reading.get(threshold_name(layer), 0.0) for layer in SENTENCE_LAYERS]
        spans = self._spans(texts, answers, SENTENCE_LAYERS, outside)
        return [tuple(found) for found in spans]

    def _answers(self, texts: Sequence[Words]) -> list[Floats]:
        return [answer for group in _groups(texts) for answer in self._network.read(group)]

    def _spans(
        self, texts: Sequence[Words], answers: Sequence[Floats], layers: Sequence[TagLayer], outside: float | Sequence[float]
    ) -> list[list[SkillSpan]]:
        columns = self._network.heads.columns
        by_layer = [[answer[:, columns[layer.head]] for answer in answers] for layer in layers]
        following = [self._network.following[layer.head] for layer in layers]
        decoded = decode(layers, by_layer, following, outside=outside, line_ends=[words.line_ends for words in texts])
        return [sorted(self._placed(span, words) for span in spans) for words, spans in zip(texts, decoded, strict=True)]

    def _placed(self, span: TaggedSpan, words: Words) -> SkillSpan:
        worth = math.log((span.score + 1e-4) / (1 - span.score + 1e-4)) * self._slope + self._offset
        return SkillSpan(int(words.starts[span.first]), int(words.ends[span.last - 1]), span.kind, round(1 / (1 + math.exp(-worth)), 3))


def threshold_name(layer: TagLayer) -> str:
    """The name under which the model card keeps a sentence layer's "outside" (see `decode`)."""
    return f"outside_{layer.head}"


def whole_tokens(answer: Floats, words: Words, heads: Heads) -> Floats:
    """The network's answer (words x columns) with no span by SkillSpan's guideline that begins or ends within a token."""
    made = answer.copy()
    for layer in SENTENCE_LAYERS:
        made[:, heads.columns[layer.head]] += cut_forbidden(going_on(words), layer.size)
    return made


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
