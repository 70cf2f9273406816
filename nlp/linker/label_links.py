"""Links a span that is a label to the concepts of that name, and says how likely it names one of them."""

from __future__ import annotations

from typing import Final, NamedTuple

from nlp.label_guard import guarded_labels
from nlp.linker.exact_labels import ExactLabels
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words

_OF_LABEL: Final = 0.97  # probability that a span that is a preferred label names that concept
_OF_FOREIGN_LABEL: Final = 0.8  # the label is of a third language
_OF_OTHER_LABEL: Final = 0.93  # how much less sure an alternative label is
_OF_WIDER_LABEL: Final = 0.3  # and one that leaves out what makes its concept narrow ("engineering" for packaging engineering)
_SHARED: Final = 0.25  # how much less sure each further concept of that name makes it


class SpanLink(NamedTuple):
    """Concepts that a span may name, equally well by its words, with the probability that it names one of them."""

    concepts: tuple[int, ...]
    probability: float


NOTHING: Final = SpanLink((), 0.0)


class LabelLinks:
    """Links by the labels of a linker's skills."""

    def __init__(self, texts: TaxonomyTexts) -> None:
        self._exact = ExactLabels(texts)

    def of(self, text: Words, language: str | None) -> SpanLink | None:
        """The link of a span that is a label, None for one that is none; everyday words that are an alternative label link to nothing."""
        label = self._exact.of(text, language)
        if label is None:
            return None
        certain = _OF_LABEL if label.is_own_language else _OF_FOREIGN_LABEL
        doubt = 1.0 if label.is_preferred else _OF_WIDER_LABEL if label.is_wider else _OF_OTHER_LABEL
        if not label.is_preferred and " ".join(text) in guarded_labels().never:
            return NOTHING  # "data", an alternative name of statistics
        if label.is_wider and len(label.concepts) > 1:
            return NOTHING
        return SpanLink(label.concepts, round(certain * doubt / (1 + _SHARED * (len(label.concepts) - 1)), 4))
