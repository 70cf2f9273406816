"""NUTS regions and places: codes, parents, places by name, a point's region, outlines for maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from taxonomies.csv_table import CsvTable
from taxonomies.error import TaxonomyError, UnknownConcept, UnknownTaxonomy
from taxonomies.gazetteer import iso_country, nuts_country, read_starter_places
from taxonomies.outside_places import OUTSIDE, outside_index
from taxonomies.place_index import PLACES, NamedPlace, PlaceCandidate, PlaceIndex, name_keys
from taxonomies.region_outline import (
    MAX_NEAREST_KM,
    REGIONS,
    OutlineIndex,
    RegionFix,
    RegionOutline,
    Ring,
    distance_km,
    read_regions,
    rings,
)
from taxonomies.starter_lists import FOLDER
from taxonomies.store import TaxonomyStore

STARTER_VERSION: Final = "2021"  # of the NUTS codes in the bundled table
_MAX_CANDIDATES: Final = 20

__all__ = ["PlaceCandidate", "RegionFix", "Regions"]


def _country(region: tuple[str, RegionOutline]) -> str:
    return region[1].country


@dataclass(frozen=True)
class Regions:
    """One version of NUTS with a gazetteer. Open it with `Regions.open`; safe to share between threads.

    Countries may be named by their ISO or their NUTS code (GR or EL, GB or UK). `bundled` is True for the small table that ships.
    """

    version: str
    bundled: bool
    _outlines: Mapping[str, RegionOutline]
    _places: PlaceIndex
    _outside: PlaceIndex | None = None  # None: made when first asked for

    @classmethod
    def open(cls, store: TaxonomyStore, version: str | None = None) -> Regions:
        """Open a NUTS version ("2021"); without one the newest imported, else the bundled table.

        Raises UnknownTaxonomy for a version that is neither imported nor bundled.
        """
        imported = [info.ref for info in store.list() if info.ref.scheme == "nuts" and version in (None, info.ref.version)]
        if imported:
            newest = imported[0] if version is not None else max(imported, key=lambda ref: ref.version)
            folder = store.open(str(newest)).folder
            outside = PlaceIndex.open(folder / OUTSIDE) if (folder / OUTSIDE / PLACES).is_file() else None
            return cls(newest.version, False, read_regions(folder / REGIONS), PlaceIndex.open(folder), outside)
        if version not in (None, STARTER_VERSION):
            raise UnknownTaxonomy(
                f"NUTS {version} is not imported; import it with: labourscope taxonomy import NUTS_RG_60M_{version}_4326.geojson"
            )
        return cls(STARTER_VERSION, True, _starter_regions(), PlaceIndex.build(read_starter_places()))

    def exists(self, code: str) -> bool:
        """Whether this version has the NUTS code (level 0 to 3)."""
        return code in self._outlines

    def label(self, code: str) -> str:
        """The region's name in its own language. Raises UnknownConcept for a code this version does not have."""
        return self._outline(code).name

    def level(self, code: str) -> int:
        """The region's level, 0 (country) to 3."""
        return self._outline(code).level

    def codes(self, level: int | None = None, country: str | None = None) -> tuple[str, ...]:
        """All codes, of one level or country when named, sorted."""
        listed = self._sorted if country is None else self._by_country.get(nuts_country(country), ())
        return tuple(code for code, outline in listed if level in (None, outline.level))

    def named(self, name: str, *, country: str | None = None) -> tuple[str, ...]:
        """Regions of that name ("Bayern", "Surrey", "Valencia"), the widest first; case and accents are folded."""
        wanted = None if country is None else nuts_country(country)
        found = [code for key in name_keys(name) for code in self._by_name.get(key, ())]
        fitting = {code for code in found if wanted in (None, self._outlines[code].country)}
        return tuple(sorted(fitting, key=lambda code: (len(code), code)))

    def parents(self, code: str) -> tuple[str, ...]:
        """The regions above, nearest first: DE212 -> DE21, DE2, DE."""
        self._outline(code)
        return tuple(above for length in range(len(code) - 1, 1, -1) if (above := code[:length]) in self._outlines)

    def children(self, code: str) -> tuple[str, ...]:
        """The regions directly below, sorted."""
        level = self._outline(code).level + 1
        return tuple(below for below, outline in self._sorted if outline.level == level and below.startswith(code))

    def places(self, name: str, *, country: str | None = None, postal_code: str | None = None) -> tuple[PlaceCandidate, ...]:
        """Places that go by a name, best first, at most 20: those whose postcode fits, then by own name, then by population.

        `country` leaves only that country's places. Case, accents, umlauts spelt out and "St." are folded.
        """
        wanted = None if country is None else iso_country(country)
        found = [self._with_postcode(named, postal_code) for named in self._places.named(name) if wanted in (None, named.place.country)]
        found.sort(key=lambda n: (_POSTAL_ORDER[n.place.postal], not n.own_name, -n.place.population, n.place.nuts or "", n.place.latitude))
        return tuple(named.place for named in found[:_MAX_CANDIDATES])

    def covers(self, country: str) -> bool:
        """Whether this version has regions of a country."""
        return nuts_country(country) in self._outlines

    def outside(self, name: str, *, country: str | None = None) -> tuple[PlaceCandidate, ...]:
        """Cities of countries without NUTS that go by a name, the largest first, at most 20; "Austin TX" names the state as well.

        `country` (ISO) leaves only that country's. None has a region.
        """
        found = [named.place for named in self._outside_index.named(name) if country in (None, named.place.country)]
        return tuple(sorted(found, key=lambda place: (-place.population, place.country, place.name))[:_MAX_CANDIDATES])

    def locate(self, latitude: float, longitude: float, *, country: str | None = None) -> RegionFix | None:
        """The level-3 region of a point (WGS84 degrees), or the nearest within 10 km; None beyond.

        The bundled table has no outlines: there the region of the nearest known place within 10 km is taken, marked nearest.
        """
        wanted = None if country is None else nuts_country(country)
        if len(self._index):
            return self._index.locate(latitude, longitude, wanted)
        best: RegionFix | None = None
        for place_latitude, place_longitude, place_country, nuts in self._places.positions():
            if nuts is not None and wanted in (None, nuts_country(place_country)):
                distance = distance_km(latitude, longitude, place_latitude, place_longitude)
                if distance <= MAX_NEAREST_KM and (best is None or distance < best.distance_km):
                    best = RegionFix(nuts, round(distance, 3), nearest=True)
        return best

    def outlines(self, level: int, country: str | None = None) -> Iterator[tuple[str, list[Ring]]]:
        """Code and rings [(longitude, latitude), ...] of each region of a level; nothing where no outlines are imported."""
        for code in self.codes(level, country):
            shape = self._outlines[code].shape
            if shape is not None:
                yield code, list(rings(shape))

    @cached_property
    def _sorted(self) -> tuple[tuple[str, RegionOutline], ...]:
        return tuple(sorted(self._outlines.items()))

    @cached_property
    def _by_country(self) -> dict[str, tuple[tuple[str, RegionOutline], ...]]:
        by_country: dict[str, tuple[tuple[str, RegionOutline], ...]] = {}
        for country, regions in groupby(sorted(self._sorted, key=_country), key=_country):
            by_country[country] = tuple(regions)
        return by_country

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Codes by name; of "Leipzig, Kreisfreie Stadt" and "Valencia/València" each form counts."""
        by_name: dict[str, list[str]] = {}
        for code, outline in self._sorted:
            title = outline.name.partition(",")[0]
            for name in {outline.name, title, *title.split("/")}:
                for key in name_keys(name):
                    by_name.setdefault(key, []).append(code)
        return by_name

    @cached_property
    def _outside_index(self) -> PlaceIndex:
        if self._outside is not None:
            return self._outside
        return outside_index(frozenset(iso_country(outline.country) for outline in self._outlines.values()))

    @cached_property
    def _index(self) -> OutlineIndex:
        return OutlineIndex(self._outlines.values())

    @cached_property
    def _postal_regions(self) -> dict[str, list[tuple[str, str]]]:
        table = CsvTable.parse("postal_regions.csv", (FOLDER / "postal_regions.csv").read_bytes())
        by_country: dict[str, list[tuple[str, str]]] = {}
        for country, prefix, nuts in table.rows("country", "prefix", "nuts"):
            by_country.setdefault(country, []).append((prefix, nuts))
        return by_country

    def _outline(self, code: str) -> RegionOutline:
        outline = self._outlines.get(code)
        if outline is None:
            raise UnknownConcept(f"NUTS {self.version} has no region {code!r}{' in the bundled table' if self.bundled else ''}")
        return outline

    def _with_postcode(self, named: NamedPlace, postal_code: str | None) -> NamedPlace:
        if postal_code is None:
            return named
        code = "".join(c for c in postal_code if c.isalnum()).upper()
        return named._replace(place=named.place._replace(postal=self._postcode_fits(named, code)))

    def _postcode_fits(self, named: NamedPlace, postal_code: str) -> bool | None:
        if named.postal_prefixes:
            return any(postal_code.startswith(prefix) for prefix in named.postal_prefixes)
        regions = [nuts for prefix, nuts in self._postal_regions.get(named.place.country, ()) if postal_code.startswith(prefix)]
        if not regions or named.place.nuts is None:
            return None
        return any(named.place.nuts.startswith(nuts) for nuts in regions)


_POSTAL_ORDER: Final = {True: 0, None: 1, False: 2}


def _starter_regions() -> dict[str, RegionOutline]:
    table = CsvTable.parse("nuts_regions.csv", (FOLDER / "nuts_regions.csv").read_bytes())
    table.require(("code", "name"))
    regions = {code: RegionOutline(code, name, len(code) - 2, code[:2]) for code, name in table.rows("code", "name")}
    if not regions:
        raise TaxonomyError("the bundled nuts_regions.csv is empty; reinstall Labourscope")
    return regions
