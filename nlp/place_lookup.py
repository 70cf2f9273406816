"""Puts one location into NUTS: by its coordinates, else by a place, a region or a country that its words name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from nlp.outside_places import read_outside
from nlp.place_forms import base_forms
from nlp.place_words import location_names, place_words
from taxonomies.regions import PlaceCandidate, Regions
from vacancies.enriched import Evidence, RegionReading
from vacancies.posting import JobLocation

_DOMINANT: Final = 20  # a place this many times larger than the next of its name is meant where nothing else tells
_LARGE: Final = 100_000  # inhabitants
_TOWN: Final = 2_000  # inhabitants of a place that is meant where only the advertisement's language tells the country
_MOST_KNOWN: Final = 50_000  # locations
_NUTS_COUNTRY: Final = {"GR": "EL", "GB": "UK"}
_NUTS_ISO: Final = {"EL": "GR", "UK": "GB"}


def read_location(regions: Regions, location: JobLocation, *, likely: tuple[str, ...] = ()) -> RegionReading | None:
    """Put one location into NUTS; None when it names nothing. `likely` are the countries that the advertisement's language speaks for.

    The rule says how: `coordinates` (`coordinates:nearest` outside every outline, up to 10 km from the nearest of the country;
    `coordinates:outside` beyond, region None), `place` (likewise `place:nearest`; `place:largest` and `place:ambiguous` where the name
    fits several), `region_name`, `country`. A place in a country without NUTS keeps country and coordinates, its region is None.
    """
    if (by_position := _by_position(regions, location)) is not None:
        return by_position
    told = _with_country(location)
    name, candidates = _candidates(regions, told, likely)
    reading = _of_candidates(regions, name, candidates, told, likely) if candidates else None
    if reading is None or (told.country is None and reading.nuts is None):
        reading = _of_region(regions, told, likely) or read_outside(regions, told, candidates) or reading or _of_country(regions, told)
    if reading is not None:
        return _at_position(reading, location)
    if location.latitude is None:
        return None
    evidence = Evidence(field="job_locations", rule="coordinates:outside")
    nothing = RegionReading(
        nuts=None, nuts_version=None, country=None, place=location.locality or location.text, score=0.8, evidence=evidence
    )
    return _at_position(nothing, location)


class KnownLocations:
    """Reads locations as `read_location` does and keeps what it read: advertisements name the same places again and again."""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._known: dict[tuple[JobLocation, tuple[str, ...]], RegionReading | None] = {}

    def read(self, location: JobLocation, *, likely: tuple[str, ...] = ()) -> RegionReading | None:
        """See `read_location`."""
        key = (location, likely)
        if key in self._known:
            return self._known[key]
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[key] = reading = read_location(self._regions, location, likely=likely)
        return reading


def _by_position(regions: Regions, location: JobLocation) -> RegionReading | None:
    if location.latitude is None or location.longitude is None:
        return None
    fix = regions.locate(location.latitude, location.longitude, country=location.country)
    if fix is None:
        return None
    rule, score = ("coordinates:nearest", 0.9) if fix.nearest else ("coordinates", 1.0)
    return RegionReading(
        nuts=fix.nuts,
        nuts_version=regions.version,
        country=location.country or _NUTS_ISO.get(fix.nuts[:2], fix.nuts[:2]),
        place=location.locality or location.text,
        latitude=location.latitude,
        longitude=location.longitude,
        score=score,
        evidence=Evidence(field="job_locations", rule=rule),
    )


def _at_position(reading: RegionReading, location: JobLocation) -> RegionReading:
    """A reading with the board's own position, which stays known where no region holds it."""
    if location.latitude is None or location.longitude is None:
        return reading
    return reading.model_copy(update={"latitude": location.latitude, "longitude": location.longitude})


def _with_country(location: JobLocation) -> JobLocation:
    if location.country is not None:
        return location
    stated = ", ".join(part for part in (location.text or location.locality, location.region) if part)
    country = place_words(stated).country if stated else None
    return location if country is None else location.model_copy(update={"country": country})


def _candidates(regions: Regions, location: JobLocation, likely: tuple[str, ...]) -> tuple[str, tuple[PlaceCandidate, ...]]:
    """The first name that fits places, and those: in the country told or the likely ones, as written, then bent back; else anywhere."""
    postcode = location.postal_code or place_words(location.text or "").postcode
    wanted = (location.country,) if location.country else likely
    names = tuple(location_names(location))
    found = {name: regions.places(name, country=location.country, postal_code=postcode) for name in names}
    for name in names:
        if near := tuple(place for place in found[name] if place.country in wanted):
            return name, _in_named_region(regions, near, location, name)
    for name in names:
        if bent := _bent(regions, name, wanted, postcode):
            return name, _in_named_region(regions, bent, location, name)
    for name in names:
        if anywhere := found[name]:
            return name, _in_named_region(regions, anywhere if anywhere[0].postal else _towns_first(anywhere), location, name)
    return "", ()


def _towns_first(found: tuple[PlaceCandidate, ...]) -> tuple[PlaceCandidate, ...]:
    """Places of several countries without a village in front of a town: Wieden in the Black Forest, before Vienna as Poles call it."""
    return found if found[0].population >= _TOWN else tuple(sorted(found, key=lambda place: -place.population))


def _bent(regions: Regions, name: str, countries: tuple[str, ...], postcode: str | None) -> tuple[PlaceCandidate, ...]:
    """Places of some countries whose name stands in another case: "w Warszawie"."""
    found = (
        place
        for form in base_forms(name, countries)
        for place in regions.places(form, country=countries[0] if len(countries) == 1 else None, postal_code=postcode)
        if place.country in countries
    )
    return tuple(sorted(dict.fromkeys(found), key=lambda place: (not place.postal, -place.population)))


def _in_named_region(regions: Regions, found: tuple[PlaceCandidate, ...], location: JobLocation, name: str) -> tuple[PlaceCandidate, ...]:
    """Only the candidates whose postcode or stated region fits, where some do."""
    fitting = tuple(place for place in found if place.postal)
    if fitting:
        return fitting
    named = [word for word in _region_words(location) if word != name.casefold()]
    in_region = tuple(place for place in found if place.nuts and any(_has_name(regions, place.nuts, word) for word in named))
    return in_region or found


def _region_words(location: JobLocation) -> list[str]:
    """The parts of a location that may name a region, folded to lower case."""
    parts = (location.region or "", *place_words(location.text or "").parts)
    return [word for part in parts if len(word := part.strip().casefold()) > 3]


def _has_name(regions: Regions, nuts: str, word: str) -> bool:
    codes = (nuts, *(regions.parents(nuts) if regions.exists(nuts) else ()))
    return any(regions.exists(code) and len(code) > 2 and word in regions.label(code).casefold() for code in codes)


def _of_candidates(
    regions: Regions, name: str, candidates: Sequence[PlaceCandidate], location: JobLocation, likely: tuple[str, ...]
) -> RegionReading:
    best = candidates[0]
    rule, score = "place:nearest" if best.nearest else "place", 0.95 if best.postal else 0.9
    codes = list(dict.fromkeys(place.nuts for place in candidates if place.nuts))
    nuts = best.nuts
    if len({(place.country, place.nuts) for place in candidates}) > 1:
        if all(place.population * _DOMINANT <= best.population for place in candidates[1:] if place.nuts != best.nuts):
            rule, score = "place:largest", 0.7
        else:
            rule, score, nuts = "place:ambiguous", 0.5, _sure_part(regions, candidates)
    if location.country is None and not _is_confirmed(regions, best, name, location, likely):
        rule, score, nuts = "place:ambiguous", 0.3, None
    sure = rule != "place:ambiguous"
    countries = {place.country for place in candidates}
    return RegionReading(
        nuts=nuts,
        nuts_version=regions.version if nuts else None,
        country=location.country or (best.country if sure or (nuts and len(countries) == 1) else None),
        place=location.locality or name,
        latitude=best.latitude if sure else None,
        longitude=best.longitude if sure else None,
        candidates=tuple(code for code in codes if code != nuts),
        score=score,
        evidence=Evidence(field="job_locations", rule=rule),
    )


def _is_confirmed(regions: Regions, place: PlaceCandidate, name: str, location: JobLocation, likely: tuple[str, ...]) -> bool:
    """Whether a place without a country is the one meant: its postcode or region is named too, it is large and stands alone, or it is a
    town where the advertisement's language is spoken.

    Small places of NUTS countries bear the names of large ones elsewhere: "El Paso, Texas" and "Boston".
    """
    if place.postal or (place.country in likely and place.population >= _TOWN):
        return True
    own = {place.name.casefold(), (location.locality or "").casefold()}
    others = [part for part in _region_words(location) if part not in own]
    if any(place.nuts is not None and _has_name(regions, place.nuts, part) for part in others):
        return True
    is_alone = all(part.startswith((place.name.casefold(), name.casefold())) for part in others)
    return place.population >= _LARGE and is_alone


def _sure_part(regions: Regions, candidates: Sequence[PlaceCandidate]) -> str | None:
    """The deepest region that holds all candidates."""
    if any(place.nuts is None for place in candidates):
        return None
    return _common(regions, [place.nuts for place in candidates if place.nuts])


def _common(regions: Regions, codes: Sequence[str]) -> str | None:
    shared = (codes[0][:length] for length in range(len(codes[0]), 1, -1))
    return next((code for code in shared if regions.exists(code) and all(other.startswith(code) for other in codes)), None)


def _of_region(regions: Regions, location: JobLocation, likely: tuple[str, ...]) -> RegionReading | None:
    """A region that is named as such: "Bayern", "West Sussex", "Hampshire" (which holds three)."""
    country = location.country
    words = place_words(location.text or "")
    parts = [part for part in (location.region, location.locality, *words.parts) if part]
    for part in dict.fromkeys((*parts, *words.names)):
        codes = [
            code
            for code in _named(regions, part, country, whole=part not in parts)
            if len(code) > 2 and (country or not likely or _iso(code) in likely)
        ]
        nuts = _common(regions, codes) if codes else None
        if nuts is not None and len(nuts) > 2:
            return RegionReading(
                nuts=nuts,
                nuts_version=regions.version,
                country=country or _iso(nuts),
                place=part,
                score=0.9 if country else 0.7,
                evidence=Evidence(field="job_locations", rule="region_name"),
            )
    return None


_MARKS: Final = str.maketrans("(),/-", "     ")


def _named(regions: Regions, part: str, country: str | None, *, whole: bool) -> tuple[str, ...]:
    """The widest region of that name; where none has it, and `whole` is not asked for, the country's regions whose longer names hold it."""
    exact = tuple(code for code in regions.named(part, country=country) if len(code) > 2)
    if exact:
        widest = min(len(code) for code in exact)
        return tuple(code for code in exact if len(code) == widest)
    if country is None or whole or len(part) < 4:
        return ()
    wanted = f" {part.casefold()} "
    held = [code for code in regions.codes(country=country) if wanted in f" {_plain(regions.label(code))} "]
    widest = min((len(code) for code in held), default=0)
    return tuple(code for code in held if len(code) == widest) if len(held) > 1 else tuple(held)


@lru_cache(maxsize=8192)
def _plain(label: str) -> str:
    return " ".join(label.casefold().translate(_MARKS).split())


def _iso(nuts: str) -> str:
    return _NUTS_ISO.get(nuts[:2], nuts[:2])


def _of_country(regions: Regions, location: JobLocation) -> RegionReading | None:
    """Only the country is known."""
    if location.country is None:
        return None
    country = _NUTS_COUNTRY.get(location.country, location.country)
    nuts = country if regions.exists(country) else None
    return RegionReading(
        nuts=nuts,
        nuts_version=regions.version if nuts else None,
        country=location.country,
        place=location.locality or location.text,
        score=0.8,
        evidence=Evidence(field="job_locations", rule="country"),
    )
