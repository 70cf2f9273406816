"""Reads GISCO's NUTS GeoJSON (outlines, label points) and places the gazetteer's places in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import shapely

from taxonomies.draft import TaxonomyDraft
from taxonomies.error import ImportFailed
from taxonomies.gazetteer import RegionFinder, geonames_places, iso_country
from taxonomies.importers.archive import Member
from taxonomies.importers.report import IgnoredFile
from taxonomies.model import ConceptType, TaxonomyRef
from taxonomies.outside_places import OUTSIDE, outside_places
from taxonomies.place_index import Place, write_places
from taxonomies.region_outline import REGIONS, RegionOutline, read_regions, write_regions
from taxonomies.store import TaxonomyStore

_URI: Final = "http://data.europa.eu/nuts/code/"
_DEGREES: Final = re.compile(r"_4326(?!\d)")
_METRES: Final = re.compile(r"_(3035|3857)(?!\d)")
_SCALE: Final = re.compile(r"_(\d\d)M_", re.IGNORECASE)
_COARSE: Final = 10  # millions: generalised to a kilometre and more
_REQUIRED: Final = ("NUTS_ID", "LEVL_CODE", "CNTR_CODE")


def existing_outlines(store: TaxonomyStore, ref: TaxonomyRef) -> dict[str, RegionOutline]:
    """The regions imported so far into a version, by code."""
    if store.manifest(ref) is None:
        return {}
    return read_regions(store.open(str(ref)).folder / REGIONS)


def choose(members: Sequence[Member]) -> tuple[list[Member], list[IgnoredFile]]:
    """Sort files into those to read and those left: GISCO's zip holds the regions in three projections, and boundary lines."""
    in_degrees = any(_DEGREES.search(member.name) for member in members)
    chosen: list[Member] = []
    ignored: list[IgnoredFile] = []
    for member in members:
        reason = None
        if not member.name.lower().endswith(".geojson"):
            reason = "not GeoJSON"
        elif "_BN_" in member.name.upper():
            reason = "boundary lines; the outlines (NUTS_RG) hold them"
        elif in_degrees and _METRES.search(member.name):
            reason = "another projection; the file in degrees (_4326) is read"
        if reason is None:
            chosen.append(member)
        else:
            ignored.append(IgnoredFile(name=member.title, reason=reason))
    return chosen, ignored


def read_geojson(member: Member, draft: TaxonomyDraft, outlines: dict[str, RegionOutline]) -> tuple[str, int]:
    """Add a file's regions to the draft and to `outlines`; returns what the file holds and its number of features.

    Raises ImportFailed for a file that is not GeoJSON in degrees, or whose features lack NUTS_ID, LEVL_CODE or CNTR_CODE.
    """
    features = _features(member)
    kinds = set()
    for feature in features:
        properties = feature.get("properties") or {}
        missing = [name for name in _REQUIRED if properties.get(name) in (None, "")]
        if missing:
            raise ImportFailed(
                f"{member.title}: a feature has no {', '.join(missing)} (properties: {', '.join(properties) or 'none'}); "
                "take a NUTS_RG or NUTS_LB file of GISCO"
            )
        outline = _outline(properties, outlines)
        kinds.add(_take_geometry(member, feature, outline))
        concept = draft.concept(_URI + outline.code, ConceptType.REGION)
        concept.code = outline.code
        concept.set_preferred(_language(outline.country), outline.name)
        concept.set_preferred("en", str(properties.get("NAME_LATN") or outline.name))
    return " and ".join(sorted(kinds)), len(features)


def coarse_outlines(member: Member) -> list[str]:
    """A warning for outlines so generalised that places near a border fall into the region beside theirs."""
    match = _SCALE.search(member.name)
    if match is None or int(match[1]) < _COARSE:
        return []
    return [f"{member.title}: at 1:{match[1]} million, towns near borders fall beside their region; take the 01M or 03M file"]


def compile_regions(outlines: Mapping[str, RegionOutline], draft: TaxonomyDraft, warnings: list[str]) -> Callable[[Path], None]:
    """Settle region and place tables; returns what writes them into the build folder. Adds to `warnings` what it could not place."""
    places: list[Place] = []
    outside: list[Place] = []
    if any(outline.level == 3 and outline.shape is not None for outline in outlines.values()):
        places, counts = geonames_places(RegionFinder(outlines.values()), {outline.country for outline in outlines.values()})
        outside = outside_places({iso_country(outline.country) for outline in outlines.values()})
        warnings.append(
            f"places: {counts['inside']:,} inside a region, {counts['nearest']:,} put into the nearest region of their country "
            f"(up to 10 km), {counts['without region']:,} without a region; "
            f"{len(outside):,} cities of other countries"
        )
    else:
        warnings.append(f"{draft.ref}: no outlines yet, so no places; add the NUTS_RG file of GISCO with the same version")

    def write(folder: Path) -> None:
        write_regions(folder / REGIONS, outlines)
        write_places(folder, places)
        if outside:
            write_places(folder / OUTSIDE, outside)

    return write


def _features(member: Member) -> list[dict[str, Any]]:
    try:
        document = json.loads(member.data)
    except ValueError as error:
        raise ImportFailed(f"{member.title}: not JSON ({error}); fetch it again") from error
    if not isinstance(document, dict) or not isinstance(document.get("features"), list) or not document["features"]:
        raise ImportFailed(
            f"{member.title}: no GeoJSON FeatureCollection with features; take the GeoJSON form of the GISCO file (not TopoJSON)"
        )
    return cast("list[dict[str, Any]]", document["features"])


def _outline(properties: Mapping[str, Any], outlines: dict[str, RegionOutline]) -> RegionOutline:
    code = str(properties["NUTS_ID"]).strip()
    name = " ".join(str(properties.get("NUTS_NAME") or properties.get("NAME_LATN") or code).split())
    outline = outlines.get(code)
    if outline is None:
        outline = outlines[code] = RegionOutline(code, name, int(properties["LEVL_CODE"]), str(properties["CNTR_CODE"]))
    return outline


def _take_geometry(member: Member, feature: Mapping[str, Any], outline: RegionOutline) -> str:
    geometry = feature.get("geometry")
    try:
        shape = shapely.from_geojson(json.dumps(geometry)) if geometry else None
    except shapely.errors.GEOSException as error:
        raise ImportFailed(f"{member.title}: the geometry of {outline.code} cannot be read ({error}); fetch the file again") from error
    if shape is None:
        return "names"
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise ImportFailed(f"{member.title}: coordinates are not degrees; take the GISCO file in EPSG 4326 (its name ends in _4326)")
    if shape.geom_type == "Point":
        outline.longitude, outline.latitude = float(shape.x), float(shape.y)
        return "label points"
    outline.shape = shape if shape.is_valid else shapely.make_valid(shape)
    return "outlines"


# Countries whose NUTS names are in one language; elsewhere (BE, CH, LU ...) the name counts as English only.
_LANGUAGES: Final = {
    "DE": "de", "AT": "de", "FR": "fr", "ES": "es", "NL": "nl", "IT": "it", "PT": "pt", "PL": "pl", "CZ": "cs", "SK": "sk", "HU": "hu",
    "RO": "ro", "SE": "sv", "DK": "da", "NO": "no", "EL": "el", "BG": "bg", "SI": "sl", "HR": "hr", "LT": "lt", "LV": "lv", "EE": "et",
}  # fmt: skip


def _language(country: str) -> str:
    return _LANGUAGES.get(country, "en")
