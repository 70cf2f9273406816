"""Puts a location into a country that NUTS does not cover, by a city that its words name: country and coordinates, no region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.place_words import location_names, place_words, state_code
from taxonomies.regions import PlaceCandidate, Regions
from vacancies.enriched import Evidence, RegionReading
from vacancies.posting import JobLocation

_DOMINANT: Final = 8  # a city this many times larger than the next of its name is meant where nothing else tells
_DOMINANT_ABROAD: Final = 20  # likewise, than a place of its name within NUTS
_KNOWN_EVERYWHERE: Final = 300_000  # inhabitants of a city that is meant where no country is told


def read_outside(regions: Regions, location: JobLocation, rivals: Sequence[PlaceCandidate]) -> RegionReading | None:
    """A city outside NUTS; None where no name fits, or where the country is told and has NUTS.

    Where no country is told the city must be large, stand alone in the words, and dwarf the places of its name within NUTS (`rivals`).
    """
    country = location.country
    if location.latitude is not None or (country is not None and regions.covers(country)):
        return None
    state = state_code(location.region or "") or place_words(location.text or "").state
    for name in location_names(location):
        found = regions.outside(f"{name} {state}" if state else name, country=country)
        if found:
            return _told(found, name, location) if country else _untold(found, name, location, rivals)
    return None


def _told(found: Sequence[PlaceCandidate], name: str, location: JobLocation) -> RegionReading:
    """The largest where it is the only one or dwarfs the others; else the country stays and no position is made up."""
    if len(found) == 1:
        return _reading(found[0], name, location, rule="place", score=0.9)
    if _dwarfs(found[0], found[1:]):
        return _reading(found[0], name, location, rule="place:largest", score=0.7)
    unsure = _reading(found[0], name, location, rule="place:ambiguous", score=0.5)
    return unsure.model_copy(update={"latitude": None, "longitude": None})


def _untold(found: Sequence[PlaceCandidate], name: str, location: JobLocation, rivals: Sequence[PlaceCandidate]) -> RegionReading | None:
    best = found[0]
    words = place_words(location.text or location.locality or "")
    is_alone = all(part.casefold().startswith(name.casefold()) for part in words.parts)
    if best.population < _KNOWN_EVERYWHERE or not is_alone or not _dwarfs(best, found[1:]) or not _dwarfs(best, rivals, _DOMINANT_ABROAD):
        return None
    return _reading(best, name, location, rule="place:largest", score=0.6)


def _dwarfs(place: PlaceCandidate, others: Sequence[PlaceCandidate], times: int = _DOMINANT) -> bool:
    return all(other.population * times <= place.population for other in others)


def _reading(place: PlaceCandidate, name: str, location: JobLocation, *, rule: str, score: float) -> RegionReading:
    return RegionReading(
        nuts=None,
        nuts_version=None,
        country=place.country,
        place=location.locality or name,
        latitude=place.latitude,
        longitude=place.longitude,
        score=score,
        evidence=Evidence(field="job_locations", rule=rule),
    )
