"""What measuring gives: figures 0..1 with 95 % intervals (`..._ci`: low, high), by task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field

from nlp.evaluation.tally import Array, Interval, Tally, f1, share

_WORDS: Final = 5  # at most, of a corpus's text, in what is shown


class Slip(NamedTuple):
    """A typical error: at most five words of the text, what is right, what was read."""

    words: str
    right: str
    read: str


def few_words(text: str) -> str:
    """The first five words of a text."""
    words = text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


class Quality(BaseModel):
    """Base of all results."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Measured(Quality):
    """A result with some typical errors, which are shown but are no part of the figures."""

    slips: tuple[Slip, ...] = Field((), exclude=True)


class SpanFigures(Quality):
    """Precision, recall and F1 of spans over `n` records."""

    n: int
    f1: float
    precision: float
    recall: float
    f1_ci: Interval
    precision_ci: Interval
    recall_ci: Interval

    @classmethod
    def of(cls, rows: Sequence[Sequence[float]] | Array) -> Self:
        """Compute from rows of right, read and labelled spans, one per record."""
        tally = Tally(rows, 3)
        precision, recall, both = tally.figure(share(0, 1)), tally.figure(share(0, 2)), tally.figure(f1(0, 1, 2))
        return cls(
            n=len(tally),
            f1=both.value,
            precision=precision.value,
            recall=recall.value,
            f1_ci=both.interval,
            precision_ci=precision.interval,
            recall_ci=recall.interval,
        )


class ShareFigure(Quality):
    """A share with what it is a share of."""

    accuracy: float
    accuracy_ci: Interval

    @classmethod
    def of(cls, rows: Sequence[Sequence[float]]) -> Self:
        """Compute from rows of right and all."""
        figure = Tally(rows, 2).figure(share(0, 1))
        return cls(accuracy=figure.value, accuracy_ci=figure.interval)


class LinkFigures(Quality):
    """RP@k and mean reciprocal rank over `n` texts."""

    n: int
    rp_at_1: float
    rp_at_5: float
    rp_at_10: float
    mrr: float
    rp_at_1_ci: Interval
    rp_at_5_ci: Interval
    rp_at_10_ci: Interval
    mrr_ci: Interval


class LinkDifference(LinkFigures):
    """How much better than another reader, text by text (figures -1..1); intervals of the paired differences."""

    against: str


class LinkingQuality(Measured, LinkFigures):
    """Linking of sentences to concepts; texts without a gold label are left out, gold concepts unknown to the taxonomy are not."""

    left_out: int
    unknown_gold: int
    reader: str
    folds: int
    by_language: dict[str, LinkFigures]
    difference: LinkDifference | None = None


class NameFigures(Quality):
    """Names with a right concept first or among the first five, and mean reciprocal rank over `n` names."""

    n: int
    hit_at_1: float
    hit_at_5: float
    mrr: float
    hit_at_1_ci: Interval
    hit_at_5_ci: Interval
    mrr_ci: Interval


class NameDifference(NameFigures):
    """How much better than another reader, name by name (figures -1..1); intervals of the paired differences."""

    against: str
    exact: NameFigures  # of names with a same concept


class NameQuality(Measured, NameFigures):
    """Finding the concepts that a name is the same as or close to; `exact` names have a same one, `close` names only close ones."""

    left_out: int
    unknown_gold: int
    reader: str
    folds: int
    by_language: dict[str, NameFigures]
    by_kind: dict[str, NameFigures]
    difference: NameDifference | None = None


class OccupationFigures(Quality):
    """Right code first, right code among the first five different ones, and mean reciprocal rank of the right occupation."""

    n: int
    mrr: float
    accuracy: float
    accuracy_top_5: float
    mrr_ci: Interval
    accuracy_ci: Interval
    accuracy_top_5_ci: Interval


class OccupationQuality(Measured, OccupationFigures):
    """Occupations of titles; records whose gold code or concept the taxonomy does not know stay in and are counted."""

    unknown_gold: int
    reader: str
    folds: int
    by_language: dict[str, OccupationFigures]


class SpansQuality(Measured):
    """Strict figures of spans that name skills and of spans that name knowledge."""

    n: int
    skill: SpanFigures
    knowledge: SpanFigures
    reader: str
    by_source: dict[str, dict[str, SpanFigures]]


class ContactFigures(Quality):
    """Contact data found, of `n` spans labelled."""

    n: int
    f1: float
    precision: float
    recall: float
    f1_ci: Interval
    precision_ci: Interval
    recall_ci: Interval


class CharacterFigures(Quality):
    """Share of the characters to be masked that are, and share of the masked ones that should be."""

    precision: float
    recall: float
    precision_ci: Interval
    recall_ci: Interval


class ContactQuality(Measured):
    """Contact data found in `n` texts (half-overlap, of whatever kind) and share of its characters that are masked.

    `by_part` is empty for files that are not divided into parts.
    """

    n: int
    f1: float
    precision: float
    recall: float
    f1_ci: Interval
    precision_ci: Interval
    recall_ci: Interval
    characters: CharacterFigures
    by_kind: dict[str, ContactFigures]
    by_language: dict[str, ContactFigures]
    by_part: dict[str, ContactFigures] = {}


class StatusFigures(Quality):
    """One status on matched spans: `n` labelled so; `found`: share of all spans labelled so that were matched."""

    n: int
    f1: float
    precision: float
    recall: float
    f1_ci: Interval
    found: float


class StatusQuality(Quality):
    """Statuses of matched spans; macro F1 over required, preferred, duty and mentioned."""

    n: int
    accuracy: float
    macro_f1: float
    accuracy_ci: Interval
    macro_f1_ci: Interval
    by_status: dict[str, StatusFigures]


class KindFigures(Quality):
    """Share of the `n` labelled spans of one kind that were found."""

    n: int
    recall: float
    recall_ci: Interval


class ConditionFigures(Quality):
    """One condition: share of advertisements where value or silence is right; of stated values, how many are right and how many read."""

    accuracy: float
    precision: float
    recall: float
    n_stated: int
    n_read: int
    accuracy_ci: Interval
    precision_ci: Interval
    recall_ci: Interval


class IscoFigures(Quality):
    """Share of advertisements whose ISCO-08 unit group is read right, and is among the first five."""

    accuracy: float
    accuracy_top_5: float
    accuracy_ci: Interval
    accuracy_top_5_ci: Interval


class ReadingQuality(Measured):
    """Reading of whole advertisements: skills (half-overlap), their status, zones, conditions, occupation."""

    n: int
    f1: float
    precision: float
    recall: float
    f1_ci: Interval
    precision_ci: Interval
    recall_ci: Interval
    strict: SpanFigures
    by_language: dict[str, SpanFigures]
    by_kind: dict[str, KindFigures]
    status: StatusQuality
    joint: SpanFigures
    zones: ShareFigure
    conditions: dict[str, ConditionFigures]
    isco4: IscoFigures
    language: ShareFigure


class FreeNamesQuality(Measured):
    """Share of the `n_names` freely named skills of `n` advertisements that are read in them."""

    n: int
    n_names: int
    recall: float
    recall_ci: Interval
    by_kind: dict[str, KindFigures]
