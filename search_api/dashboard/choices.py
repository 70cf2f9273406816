"""What forms offer and how they are understood: regions as a tree, months, and concepts named by words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from observatory.cube import Cube
from observatory.demand_model import CubeInfo, DemandQuery
from observatory.months import months_between
from search_api.context import ApiContext
from search_api.problem import Near
from search_api.query import FacetField
from search_api.skill_profile import exact_concepts
from search_api.vocabulary import near_concepts
from taxonomies.model import ConceptType

OCCUPATION_TYPES: Final = (ConceptType.OCCUPATION, ConceptType.OCCUPATION_GROUP)
SKILL_TYPES: Final = (ConceptType.SKILL,)
_DEFAULT_LENGTHS: Final = (12, 6, 3, 1)  # months, longest first


class RegionOption(NamedTuple):
    """A region in a form, indented by its level, with the number of vacancies in it."""

    code: str
    label: str
    level: int
    vacancies: int


class Named(NamedTuple):
    """What words in a form were taken for: a concept or ISCO group, or near ones to choose from when they name none."""

    uri: str | None = None
    isco: str | None = None
    label: str = ""
    near: tuple[Near, ...] = ()
    unknown: bool = False


def regions_of_cube(context: ApiContext, cube: Cube, chosen: str | None) -> tuple[RegionOption, ...]:
    """The regions that have figures, as a tree."""
    counts = {row.region: row.vacancies for level in range(4) for row in cube.by_region(DemandQuery(), level)}
    return region_tree(context, counts, chosen)


def regions_of_index(context: ApiContext, chosen: str | None) -> tuple[RegionOption, ...]:
    """The regions that vacancies were found in, as a tree."""
    return region_tree(context, dict.fromkeys(context.indexed_values(FacetField.REGION), 0), chosen)


def region_tree(context: ApiContext, counts: Mapping[str, int], chosen: str | None) -> tuple[RegionOption, ...]:
    """Regions in the order of a tree, countries by name; the chosen one is there even without any count."""
    codes = set(counts) | ({chosen} if chosen else set())
    known = (code for code in codes if context.regions.exists(code))
    options = (RegionOption(code, context.region_label(code), len(code) - 2, counts.get(code, 0)) for code in known)
    return tuple(sorted(options, key=lambda option: (context.region_label(option.code[:2]), option.code)))


def months_of(info: CubeInfo) -> tuple[str, ...]:
    """The months that figures exist for, in order."""
    return tuple(months_between(info.month_from, info.month_to)) if info.month_from and info.month_to else ()


def default_period(months: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The latest 12, 6, 3 or 1 months, the longest that can be compared with a full period before; else all."""
    for length in _DEFAULT_LENGTHS:
        if len(months) >= 2 * length:
            return months[-length], months[-1]
    return (months[0], months[-1]) if months else (None, None)


def name_occupation(context: ApiContext, words: str) -> Named:
    """An occupation or ISCO group by label, URI or ISCO code."""
    words = words.strip()
    if not words:
        return Named()
    taxonomy = context.taxonomy
    digits = words.removeprefix("ISCO").strip(" -:")
    group = taxonomy.by_code(digits, ConceptType.OCCUPATION_GROUP) if digits.isdigit() else None
    if group is not None:
        return Named(isco=digits, label=taxonomy.label(group))
    return _name(context, words, OCCUPATION_TYPES)


def name_skill(context: ApiContext, words: str) -> Named:
    """A skill by label or URI."""
    return _name(context, words.strip(), SKILL_TYPES) if words.strip() else Named()


def _name(context: ApiContext, words: str, types: tuple[ConceptType, ...]) -> Named:
    taxonomy = context.taxonomy
    if words in taxonomy and taxonomy.type_of(words) in types:
        return _of_uri(context, words)
    exact = exact_concepts(context, words, None, types)
    if exact:
        return _of_uri(context, exact[0].uri)
    return Named(label=words, near=near_concepts(context, words, types), unknown=True)


def _of_uri(context: ApiContext, uri: str) -> Named:
    taxonomy = context.taxonomy
    if taxonomy.type_of(uri) is ConceptType.OCCUPATION_GROUP:
        return Named(isco=taxonomy.code_of(uri), label=taxonomy.label(uri))
    return Named(uri=uri, label=taxonomy.label(uri))


def suggestions(context: ApiContext, facet: FacetField, *, limit: int = 200) -> tuple[str, ...]:
    """Labels of the most frequent concepts, for browsers without JavaScript."""
    return tuple(_labels(context, context.indexed_values(facet)[:limit]))


def _labels(context: ApiContext, uris: Iterable[str]) -> Iterable[str]:
    return sorted({context.concept_label(uri) for uri in uris if uri in context.taxonomy}, key=str.casefold)
