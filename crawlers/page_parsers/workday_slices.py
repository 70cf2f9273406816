"""Slices of a Workday board: a site lists no more than 2,000 postings, so a larger board is asked for by the values of a facet.

The answer to a question offers facets (place, kind of job, working time ...) and counts the postings of each of their values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

from crawlers.page_parsers.page_reading import json_answer
from vacancies.values.words import each, number, word

PAGE_SIZE: Final = 20  # a larger limit is answered by 400
CAP: Final = 2000  # the largest total that a site states
_ONE_VALUE_EACH: Final = frozenset({"timeType", "workerSubType", "jobFamilyGroup"})  # facets whose counts add up to the number of postings


class Question(NamedTuple):
    """One page of one slice of a board; `total` is what the slice's first page states, `facets` are (parameter, value) pairs."""

    offset: int = 0
    total: int | None = None
    facets: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of_name(cls, name: str) -> Question:
        """Read a question from its name; the empty name is the first page of the whole board."""
        pairs = parse_qsl(name)
        own = {key: int(value) for key, value in pairs if key in {"offset", "total"} and value.isdigit()}
        return cls(own.get("offset", 0), own.get("total"), tuple(pair for pair in pairs if pair[0] not in {"offset", "total"}))

    @property
    def name(self) -> str:
        """The question's name."""
        own = {"offset": str(self.offset)} | ({} if self.total is None else {"total": str(self.total)})
        return urlencode([*own.items(), *self.facets])

    def body(self) -> dict[str, object]:
        """What is sent."""
        return {"appliedFacets": {key: [value] for key, value in self.facets}, "limit": PAGE_SIZE, "offset": self.offset, "searchText": ""}


class Facet(NamedTuple):
    """A way to split: how many postings have each of its values; None where the answer does not count."""

    parameter: str
    counts: dict[str, int | None]

    @property
    def values(self) -> tuple[str, ...]:
        """The values that some posting has, as far as the answer counts."""
        return tuple(value for value, count in self.counts.items() if count != 0)

    @property
    def total(self) -> int:
        """The sum of the counts; more than there are postings where one may have several values (places)."""
        return sum(count or 0 for count in self.counts.values())

    @property
    def largest(self) -> int:
        """The count of the commonest value; the cap where it is not counted."""
        return max((CAP if count is None else count for count in self.counts.values()), default=0)


def facets_of(body: bytes) -> tuple[Facet, ...]:
    """Read the facets that a page of the list offers; groups of facets are opened."""
    answer = json_answer(body)
    return tuple(_facets(answer.get("facets"))) if isinstance(answer, Mapping) else ()


def _facets(entries: object) -> Iterator[Facet]:
    for entry in each(entries):
        if not isinstance(entry, Mapping):
            continue
        values = [value for value in each(entry.get("values")) if isinstance(value, Mapping)]
        yield from _facets([value for value in values if "values" in value])
        counts = {name: _count(value.get("count")) for value in values if "values" not in value and (name := word(value.get("id")))}
        parameter = word(entry.get("facetParameter"))
        if parameter and counts:
            yield Facet(parameter, counts)


def _count(value: object) -> int | None:
    found = number(value)
    return int(found) if found is not None else None


def postings_counted(facets: Iterable[Facet]) -> int:
    """Tell how many postings a slice has, capped or not, by the facets of which a posting has one value; 0 when there are none."""
    return max((facet.total for facet in facets if facet.parameter in _ONE_VALUE_EACH), default=0)


def split(question: Question, facets: Iterable[Facet]) -> tuple[Question, ...]:
    """Split a slice by one more facet: one that all its postings have, with few values, each below the cap if that can be.

    Nothing when no facet is left that has several values.
    """
    offered = tuple(facets)
    applied = {parameter for parameter, _ in question.facets}
    usable = [facet for facet in offered if facet.parameter not in applied and len(facet.values) > 1]
    counted = postings_counted(offered)
    covering = [facet for facet in usable if facet.total >= counted] or usable
    if not covering:
        return ()
    best = min(covering, key=lambda facet: (facet.largest >= CAP, facet.largest if facet.largest >= CAP else len(facet.values)))
    return tuple(Question(facets=(*question.facets, (best.parameter, value))) for value in best.values)
