"""How deep a posting's place is known, for counts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from vacancies.enriched import RegionReading


class PlaceDepth(StrEnum):
    """The best that is known of a posting's places of work."""

    REGION = "region"  # a region of NUTS below the country
    COUNTRY = "country only"  # a country of NUTS
    OUTSIDE_NUTS = "outside NUTS"  # a country that NUTS does not cover
    NONE = "none"


def place_depth(places: Sequence[RegionReading]) -> PlaceDepth:
    """The deepest of a posting's places; NONE where neither region nor country is known, though a name or position may be."""
    codes = [place.nuts for place in places if place.nuts]
    if codes:
        return PlaceDepth.REGION if max(map(len, codes)) > 2 else PlaceDepth.COUNTRY
    return PlaceDepth.OUTSIDE_NUTS if any(place.country for place in places) else PlaceDepth.NONE
