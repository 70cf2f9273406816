"""Mentions from tagged spans: what links them, what is kept as a candidate, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from nlp.advertisement import Advertisement
from nlp.label_matcher import LabelMatch
from nlp.linker.linker import LinkedSkill
from nlp.tagged_mentions import tagged_mentions
from nlp.tagger.network import Heads, Network
from nlp.tagger.status import SIGNS, RuledStatus, settle, signs_of
from nlp.tagger.tagger import HEADS, STATUSES, SkillSpan, TaggedText, shipped_tagger
from nlp.tagger.words import split
from nlp.tagger.zones import best_path, tagged_zones
from vacancies.enriched import ContactSpan, SkillStatus, Zone, ZoneSpan

TEXT = "Profile: you plan deliveries, know Python well. Ask Ann Python."
ZONES = (ZoneSpan(start=0, end=len(TEXT), zone=Zone.REQUIREMENTS, score=1, rule="test"),)


def label(words: str, *, at: int = 0, uri: str = "skill:label", kind: str = "knowledge") -> LabelMatch:
    start = TEXT.index(words, at)
    return LabelMatch(uri, start, start + len(words), 0.9, "label:en", kind)


def span(words: str, kind: str = "skill") -> SkillSpan:
    start = TEXT.index(words)
    return SkillSpan(start, start + len(words), kind, 0.8)


def tagged_with(*spans: SkillSpan) -> TaggedText:
    (read,) = shipped_tagger().read([Advertisement(TEXT, (), "en")])
    read.spans = spans
    return read


class Deliveries:
    def link_many(self, texts: Sequence[str], language: str | None, contexts: Sequence[str] | None = None) -> list[LinkedSkill | None]:
        return [LinkedSkill("skill:deliveries", 0.5) if "deliver" in text else None for text in texts]


@pytest.mark.parametrize(
    ("spans", "labels", "expected"),
    [
        ([span("Python", "knowledge")], [label("Python")], [("Python", "skill:label", "label:en")]),
        ([span("know Python well")], [label("Python")], [("know Python well", None, "tagger")]),
        ([span("plan deliveries")], [], [("plan deliveries", "skill:deliveries", "linker")]),
        ([span("know Python well")], [], [("know Python well", None, "tagger")]),
    ],
    ids=["a label that fills the span", "a label that is only its part", "linked by meaning", "kept as a candidate"],
)
def test_what_links_a_span(spans: list[SkillSpan], labels: list[LabelMatch], expected: list[tuple[str, str | None, str]]) -> None:
    ad = Advertisement(TEXT, (), "en")
    found = tagged_mentions(tagged_with(*spans), ad, labels, zones=ZONES, contacts=(), linker=Deliveries())
    assert [(mention.text, mention.uri, mention.rule) for mention in found] == expected


def test_a_span_that_only_joins_labels_is_told_apart() -> None:
    text = "You plan deliveries, routes and staff."
    labels = [
        LabelMatch(f"skill:{words}", text.index(words), text.index(words) + len(words), 0.9, "label:en", None)
        for words in ("routes", "staff")
    ]
    (tagged,) = shipped_tagger().read([Advertisement(text, (), "en")])
    tagged.spans = (SkillSpan(text.index("routes"), text.index("."), "skill", 0.8),)
    found = tagged_mentions(tagged, Advertisement(text, (), "en"), labels, zones=(), contacts=(), linker=None)
    assert [(mention.text, mention.uri) for mention in found] == [("routes", "skill:routes"), ("staff", "skill:staff")]


def test_nothing_is_read_in_contact_data() -> None:
    start = TEXT.index("Ann")
    contacts = [ContactSpan(start=start, end=start + len("Ann Python"), kind="person")]
    second = label("Python", at=start)
    found = tagged_mentions(
        tagged_with(SkillSpan(second.start, second.end, "knowledge", 0.9)), Advertisement(TEXT, (), "en"), [second], zones=ZONES,
        contacts=contacts, linker=None,
    )  # fmt: skip
    assert not found


def test_without_a_linker_spans_without_label_stay_candidates() -> None:
    found = tagged_mentions(tagged_with(span("plan deliveries")), Advertisement(TEXT, (), "en"), [], zones=ZONES, contacts=(), linker=None)
    assert [mention.uri for mention in found] == [None]


def test_the_status_is_settled_from_all_signs() -> None:
    tagged = tagged_with()
    signs = signs_of(tagged, [RuledStatus(0, 7, SkillStatus.PREFERRED, has_cue=True), RuledStatus(3, 3, SkillStatus.DUTY, has_cue=True)])
    assert signs.shape == (2, SIGNS)
    weights = np.zeros((SIGNS, len(STATUSES)), dtype=np.float32)
    weights[2 * len(STATUSES) : 3 * len(STATUSES)] = np.eye(len(STATUSES)) * 9  # believes rules with a cue alone
    assert settle(weights, signs) == [SkillStatus.PREFERRED, SkillStatus.DUTY]


@pytest.mark.parametrize(
    ("cost", "easy", "path"),
    [(1.0, True, [0, 0, 0]), (0.0, True, [0, 1, 0]), (0.0, False, [0, 0, 0])],
    ids=["a change costs", "a change is free", "no segment begins"],
)
def test_a_single_doubtful_piece_does_not_change_the_zone(cost: float, easy: bool, path: list[int]) -> None:
    logs = np.log(np.array([[0.9, 0.1], [0.45, 0.55], [0.9, 0.1]], dtype=np.float32))
    moves = np.float32(cost) * (np.eye(2, dtype=np.float32) - 1)
    assert best_path(logs, moves, np.array([easy] * 3)).tolist() == path


@pytest.mark.parametrize("text", ["", "x", TEXT, "A\n\nB\n\nC"], ids=["empty", "one word", "an advertisement", "lines"])
def test_zones_cover_the_text(text: str) -> None:
    (tagged,) = shipped_tagger().read([Advertisement(text, (), "en")])
    zones = tagged_zones(tagged, len(text))
    assert [zone.end for zone in zones[:-1]] == [zone.start for zone in zones[1:]]
    if zones:
        assert (zones[0].start, zones[-1].end) == (0, len(text))
    else:
        assert not text.strip()


def test_heads_lie_side_by_side() -> None:
    columns = Heads.of(HEADS).columns
    assert [part.start for part in columns.values()] == [0, *(part.stop for part in list(columns.values())[:-1])]


def test_words_that_were_never_seen_are_read() -> None:
    network: Network = shipped_tagger()._network
    (answer,) = network.read([split(Advertisement("zxqv zxqv ķļģ", (), None))])
    assert np.isfinite(answer).all()
