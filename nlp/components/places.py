"""`labourscope_places`: places of work in NUTS, from the board's locations, else from a place line in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import Advertisement, advertisement
from nlp.error import PartMissing
from nlp.extensions import register_extensions
from nlp.lexicon.cue_finder import CueKind
from taxonomies.regions import PlaceCandidate, Regions
from vacancies.enriched import Evidence, RegionReading
from vacancies.job_place import place_from_words
from vacancies.posting import JobLocation

_DOMINANT: Final = 20  # a place this many times larger than the next of its name is meant where nothing else tells
_LARGE: Final = 100_000  # inhabitants
_NUTS_COUNTRY: Final = {"GR": "EL", "GB": "UK"}
_POSTCODE: Final = re.compile(r"\b\d{4,5}\b|\b\d{2}-\d{3}\b|\b\d{3} \d{2}\b|\b\d{4} ?[A-Z]{2}\b")
_CAPITAL: Final = "A-ZÀ-ÖØ-ÞĄĆŁŚŹŻŠČŘŽ"
_PLACE_WORDS: Final = re.compile(rf"[ \t]*[:–-]?[ \t]*\n?[ \t]*((?:\d{{4,5}} )?[{_CAPITAL}][\w'’.-]+(?:[ -][{_CAPITAL}(][\w'’.-]+){{0,3}})")
_PARTS: Final = re.compile(r"\s+[-–|/]\s+|[,;|/()]")
_CACHE_LIMIT: Final = 50_000


class PlaceReader:
    """Sets `Doc._.regions`, one reading per location. Give it regions with `use`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.regions: Regions | None = None
        self._known: dict[JobLocation, RegionReading | None] = {}

    def use(self, regions: Regions) -> PlaceReader:
        """Look places up in these regions from now on."""
        self.regions = regions
        self._known.clear()
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Read the places of a document. Raises PartMissing without regions."""
        if self.regions is None:
            raise PartMissing(f"{self.name} has no regions; call .use(Regions.open(store)) first")
        posting = doc._.posting
        if posting is not None and posting.job_locations:
            readings = [self._of_location(self.regions, location) for location in posting.job_locations]
            doc._.regions = _distinct(_decided_together([reading for reading in readings if reading is not None]))
        else:
            found = _of_text(self.regions, advertisement(doc))
            doc._.regions = () if found is None else (found,)
        return doc

    def _of_location(self, regions: Regions, location: JobLocation) -> RegionReading | None:
        if location in self._known:
            return self._known[location]
        if len(self._known) >= _CACHE_LIMIT:
            self._known.clear()
        self._known[location] = reading = read_location(regions, location)
        return reading


def read_location(regions: Regions, location: JobLocation) -> RegionReading | None:
    """Put one location into NUTS; None when it names nothing."""
    if location.latitude is not None and location.longitude is not None:
        fix = regions.locate(location.latitude, location.longitude, country=location.country)
        if fix is not None:
            score = 0.9 if fix.nearest else 1.0
            place = location.locality or location.text
            evidence = Evidence(field="job_locations", rule="coordinates")
            return RegionReading(
                nuts=fix.nuts, nuts_version=regions.version, country=location.country or _iso(fix.nuts), place=place,
                latitude=location.latitude, longitude=location.longitude, score=score, evidence=evidence,
            )  # fmt: skip
    if location.country is None and (named := place_from_words(location.text)) is not None and named.country is not None:
        location = location.model_copy(update={"country": named.country})
    candidates = _candidates(regions, location)
    if candidates:
        return _of_candidates(regions, candidates, location)
    return _of_country(regions, location)


def _candidates(regions: Regions, location: JobLocation) -> tuple[PlaceCandidate, ...]:
    postcode = location.postal_code or _postcode_in(location.text)
    names = dict.fromkeys(name for source in (location.locality, location.text) if source for name in _names_in(source))
    for name in names:
        found = regions.places(name, country=location.country, postal_code=postcode)
        if found:
            return _in_named_region(regions, found, location)
    return ()


def _postcode_in(text: str | None) -> str | None:
    match = _POSTCODE.search(text) if text else None
    return None if match is None else match[0]


def _names_in(text: str) -> Iterable[str]:
    """The whole name, then its parts without digits ("45 - BRIARE", "Dorking, Surrey", "München (Moosach)")."""
    yield text.strip()
    for part in _PARTS.split(text):
        name = re.sub(r"\b\w*\d\w*\b", " ", part)
        if name := " ".join(name.split()):
            yield name


def _in_named_region(regions: Regions, found: tuple[PlaceCandidate, ...], location: JobLocation) -> tuple[PlaceCandidate, ...]:
    """Only the candidates whose postcode or stated region fits, where some do."""
    fitting = tuple(place for place in found if place.postal)
    if fitting:
        return fitting
    named = [word.casefold() for word in (location.region, *_PARTS.split(location.text or "")) if word and len(word.strip()) > 3]
    if not named:
        return found
    in_region = tuple(place for place in found if place.nuts and any(_has_name(regions, place.nuts, word.strip()) for word in named))
    return in_region or found


def _has_name(regions: Regions, nuts: str, word: str) -> bool:
    codes = (nuts, *(regions.parents(nuts) if regions.exists(nuts) else ()))
    return any(regions.exists(code) and len(code) > 2 and word in regions.label(code).casefold() for code in codes)


def _of_candidates(regions: Regions, candidates: Sequence[PlaceCandidate], location: JobLocation) -> RegionReading:
    best = candidates[0]
    rule, score = "place", 0.95 if best.postal else 0.9
    codes = list(dict.fromkeys(place.nuts for place in candidates if place.nuts))
    nuts = best.nuts
    if len({(place.country, place.nuts) for place in candidates}) > 1:
        if all(place.population * _DOMINANT <= best.population for place in candidates[1:] if place.nuts != best.nuts):
            rule, score = "place:largest", 0.7
        else:
            rule, score = "place:ambiguous", 0.5
            nuts = _sure_part(regions, candidates)
    if location.country is None and not _is_confirmed(regions, best, location):
        rule, score, nuts = "place:ambiguous", 0.3, None
    sure = rule != "place:ambiguous"
    countries = {place.country for place in candidates}
    return RegionReading(
        nuts=nuts,
        nuts_version=regions.version if nuts else None,
        country=location.country or (best.country if sure or len(countries) == 1 else None),
        place=location.locality or best.name,
        latitude=best.latitude if sure else None,
        longitude=best.longitude if sure else None,
        candidates=tuple(code for code in codes if code != nuts),
        score=score,
        evidence=Evidence(field="job_locations", rule=rule),
    )


def _is_confirmed(regions: Regions, place: PlaceCandidate, location: JobLocation) -> bool:
    """Whether a place without a country is the one meant: its postcode or region is named too, or it is large and stands alone.

    The gazetteer knows places of NUTS countries only: "El Paso, Texas" and "Boston" fit small places here as well.
    """
    if place.postal:
        return True
    others = [part.strip().casefold() for part in (location.region or "", *_PARTS.split(location.text or ""))]
    others = [part for part in others if len(part) > 2 and part not in (place.name.casefold(), (location.locality or "").casefold())]
    if others:
        return place.nuts is not None and any(_has_name(regions, place.nuts, part) for part in others)
    return place.population >= _LARGE


def _sure_part(regions: Regions, candidates: Sequence[PlaceCandidate]) -> str | None:
    """The deepest region that holds all candidates."""
    if any(place.nuts is None for place in candidates):
        return None
    codes = [place.nuts for place in candidates if place.nuts]
    shared = (codes[0][:length] for length in range(len(codes[0]), 1, -1))
    return next((code for code in shared if regions.exists(code) and all(other.startswith(code) for other in codes)), None)


def _of_country(regions: Regions, location: JobLocation) -> RegionReading | None:
    """Only the country, or a region that is named as such, is known."""
    if location.country is None:
        return None
    country = _NUTS_COUNTRY.get(location.country, location.country)
    code = country if regions.exists(country) else None
    named = [word.strip().casefold() for word in (location.region, location.locality, location.text) if word and len(word) > 3]
    codes = regions.codes(country=location.country) if named and code else ()
    inside = [c for c in codes if len(c) > 2 and regions.label(c).casefold() in named]
    nuts = min(inside, key=lambda c: (len(c), c)) if inside else code
    return RegionReading(
        nuts=nuts,
        nuts_version=regions.version if nuts else None,
        country=location.country,
        place=location.locality or location.text,
        score=0.9 if inside else 0.8,
        evidence=Evidence(field="job_locations", rule="region_name" if inside else "country"),
    )


def _decided_together(readings: list[RegionReading]) -> list[RegionReading]:
    """An ambiguous place is decided by the other places of the posting when exactly one candidate lies in their NUTS 2 region."""
    sure = {reading.nuts[:4] for reading in readings if reading.nuts and len(reading.nuts) >= 4}
    decided: list[RegionReading] = []
    for stated in readings:
        reading = stated
        near = [code for code in reading.candidates if code[:4] in sure] if reading.evidence.rule == "place:ambiguous" else []
        if len(near) == 1:
            update = {"nuts": near[0], "score": 0.75, "evidence": Evidence(field="job_locations", rule="place:beside_others")}
            reading = stated.model_copy(update=update)
        decided.append(reading)
    return decided


def _distinct(readings: list[RegionReading]) -> tuple[RegionReading, ...]:
    return tuple({(reading.nuts, reading.country, reading.place): reading for reading in reversed(readings)}.values())[::-1]


def _of_text(regions: Regions, ad: Advertisement) -> RegionReading | None:
    """The place behind a word such as "Arbeitsort:", where the board names none."""
    for cue in ad.cues_of(CueKind.PLACE):
        if not ad.text[cue.start].isupper():
            continue
        match = _PLACE_WORDS.match(ad.text, cue.end)
        if match is None:
            continue
        location = JobLocation(text=match[1].strip(" .-"), locality=None)
        candidates = _candidates(regions, location)
        if candidates:
            reading = _of_candidates(regions, candidates, location)
            evidence = Evidence(start=match.start(1), end=match.end(1), rule=f"cue:{cue.language}")
            return reading.model_copy(update={"score": round(reading.score * 0.8, 3), "evidence": evidence})
    return None


def _iso(nuts: str) -> str:
    return {"EL": "GR", "UK": "GB"}.get(nuts[:2], nuts[:2])


@Language.factory("labourscope_places", assigns=["doc._.regions"])
def create_place_reader(nlp: Language, name: str) -> PlaceReader:
    """Make the component, still without regions."""
    register_extensions()
    return PlaceReader(name)
