"""`labourscope_places`: places of work in NUTS, from the board's locations, else from what the text and the title name."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import advertisement
from nlp.error import PartMissing
from nlp.extensions import register_extensions
from nlp.place_lookup import KnownLocations
from nlp.text_places import read_text_place
from taxonomies.regions import Regions
from vacancies.enriched import Evidence, RegionReading
from vacancies.posting import Posting


class PlaceReader:
    """Sets `Doc._.regions`, one reading per location. Give it regions with `use`.

    Where the board names no place, or nothing deeper than one country, a place that the text names is read with its span.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._places: KnownLocations | None = None

    def use(self, regions: Regions) -> PlaceReader:
        """Look places up in these regions from now on."""
        self._places = KnownLocations(regions)
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Read the places of a document. Raises PartMissing without regions."""
        places = self._places
        if places is None:
            raise PartMissing(f"{self.name} has no regions; call .use(Regions.open(store)) first")
        posting: Posting | None = doc._.posting
        locations = () if posting is None else posting.job_locations
        found = [places.read(location) for location in locations]
        stated = _distinct(_decided_together([reading for reading in found if reading is not None]))
        title = None if posting is None else posting.title
        if not stated:
            in_text = read_text_place(places, advertisement(doc), title)
            doc._.regions = () if in_text is None else (in_text,)
        elif len(stated) == 1 and stated[0].evidence.rule == "country":
            in_text = read_text_place(places, advertisement(doc), title, country=stated[0].country)
            doc._.regions = stated if in_text is None else (in_text,)
        else:
            doc._.regions = stated
        return doc


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


@Language.factory("labourscope_places", assigns=["doc._.regions"])
def create_place_reader(nlp: Language, name: str) -> PlaceReader:
    """Make the component, still without regions."""
    register_extensions()
    return PlaceReader(name)
