"""What every condition is read from: the text, the title, the board's fields and the zones of one advertisement."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Final, TypeVar, cast

from nlp.advertisement import Advertisement
from nlp.conditions.dates import may_hold_dates
from nlp.stems import Stems
from vacancies.enriched import Zone, ZoneSpan
from vacancies.posting import Posting

Value = TypeVar("Value")

_OTHER_JOBS: Final = (
    "podobne oferty", "podobne nabidky", "similar jobs", "related jobs", "ähnliche stellen", "ähnliche jobs",
    "offres similaires", "vergelijkbare vacatures",
    "ofertas similares", "liknande jobb",
)  # fmt: skip
_OTHER_JOBS_STEMS: Final = Stems(f"*{heading}" for heading in _OTHER_JOBS)


@dataclass(frozen=True)
class ConditionSource:
    """One advertisement as the readers of conditions see it; `posting` is None for bare text, `title` is then empty.

    `soft_ranges` are the parts of the text under a heading such as "Nice to have".
    """

    ad: Advertisement
    title: Advertisement
    posting: Posting | None
    zones: tuple[ZoneSpan, ...]
    soft_ranges: tuple[tuple[int, int], ...] = ()

    def zone_at(self, position: int) -> Zone:
        """The zone around a position of the text; OTHER where there is none."""
        at = bisect_right(self.zones, position, key=lambda zone: zone.start) - 1
        return self.zones[at].zone if at >= 0 else Zone.OTHER

    def is_soft(self, position: int) -> bool:
        """Whether a position of the text stands under a heading such as "Nice to have"."""
        at = bisect_right(self.soft_ranges, position, key=lambda part: part[0]) - 1
        return at >= 0 and position < self.soft_ranges[at][1]

    @cached_property
    def memory(self) -> dict[Callable[..., object], object]:
        """What was read once for all who ask (see `once`)."""
        return {}

    @cached_property
    def folded(self) -> str:
        """The folded text (see `nlp.folding`)."""
        return self.ad.folded

    @cached_property
    def language(self) -> str:
        """The text's language (ISO 639-1); English where it is not known."""
        return self.ad.language or "en"

    @cached_property
    def own_end(self) -> int:
        """Where the advertisement's own text ends: boards append other jobs."""
        if not self.ad.scan.has(_OTHER_JOBS_STEMS):
            return len(self.folded)
        found = (self.folded.find(heading) for heading in _OTHER_JOBS)
        return min((at for at in found if at > 0), default=len(self.folded))

    @cached_property
    def may_hold_dates(self) -> bool:
        """Whether the text can hold a date at all."""
        return may_hold_dates(self.ad)


def once(read: Callable[[ConditionSource], Value]) -> Callable[[ConditionSource], Value]:
    """A reader that remembers what it read in an advertisement, because other readers ask for it too."""

    @wraps(read)
    def remembered(source: ConditionSource) -> Value:
        if read not in source.memory:
            source.memory[read] = read(source)
        return cast("Value", source.memory[read])

    return remembered
