"""The outlines of NUTS regions: point in polygon, the nearest region, rings for maps; kept as an Arrow file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import shapely

from taxonomies import compiled_form

REGIONS: Final = "regions.arrow"
KM_PER_DEGREE: Final = 111.195  # of latitude, on a sphere of 6,371 km radius
MAX_NEAREST_KM: Final = 10.0

Ring = list[tuple[float, float]]


class RegionFix(NamedTuple):
    """A NUTS region of level 3 for a point; `nearest` when the point lies outside every outline, at `distance_km` from this one."""

    nuts: str
    distance_km: float
    nearest: bool


@dataclass(slots=True)
class RegionOutline:
    """A NUTS region: code, name, level 0-3, NUTS country code (EL, UK), outline and label point where a file gave them (WGS84)."""

    code: str
    name: str
    level: int
    country: str
    shape: Any = None
    latitude: float | None = None
    longitude: float | None = None


def write_regions(path: Path, outlines: Mapping[str, RegionOutline]) -> None:
    """Write regions and outlines, by code."""
    rows = [outlines[code] for code in sorted(outlines)]
    table = pa.table(
        {
            "code": pa.array([r.code for r in rows], pa.string()),
            "name": pa.array([r.name for r in rows], pa.string()),
            "level": pa.array([r.level for r in rows], pa.int8()),
            "country": pa.array([r.country for r in rows], pa.string()),
            "outline": pa.array([None if r.shape is None else shapely.to_wkb(r.shape) for r in rows], pa.binary()),
            "latitude": pa.array([r.latitude for r in rows], pa.float64()),
            "longitude": pa.array([r.longitude for r in rows], pa.float64()),
        }
    )
    compiled_form.write_table(path, table)


def read_regions(path: Path) -> dict[str, RegionOutline]:
    """Read what `write_regions` wrote."""
    table = compiled_form.map_table(path)
    columns = (table.column(name).to_pylist() for name in ("code", "name", "level", "country", "outline", "latitude", "longitude"))
    return {
        code: RegionOutline(code, name, level, country, None if wkb is None else shapely.from_wkb(wkb), latitude, longitude)
        for code, name, level, country, wkb, latitude, longitude in zip(*columns, strict=True)
    }


class OutlineIndex:
    """The level-3 outlines in a search tree."""

    def __init__(self, outlines: Iterable[RegionOutline]) -> None:
        kept = [outline for outline in outlines if outline.level == 3 and outline.shape is not None]
        self._codes = [outline.code for outline in kept]
        self._countries = [outline.country for outline in kept]
        self._shapes = [outline.shape for outline in kept]
        self._tree = shapely.STRtree(self._shapes)

    def __len__(self) -> int:
        return len(self._codes)

    def locate(self, latitude: float, longitude: float, country: str | None = None) -> RegionFix | None:
        """The region that holds a point, else the nearest one up to 10 km away; of one NUTS country when it is named."""
        point = shapely.Point(longitude, latitude)
        inside = [i for i in sorted(self._tree.query(point, predicate="intersects")) if country in (None, self._countries[i])]
        if inside:
            return RegionFix(self._codes[inside[0]], 0.0, nearest=False)
        return self._nearest(latitude, longitude, country)

    def distance_km(self, code: str, latitude: float, longitude: float) -> float:
        """Kilometres from a point to a level-3 outline; 0 inside. Raises ValueError for a code without outline."""
        narrowing = max(math.cos(math.radians(latitude)), 0.01)
        return self._flat_distance_km(self._codes.index(code), latitude, longitude, narrowing)

    def _flat_distance_km(self, at: int, latitude: float, longitude: float, narrowing: float) -> float:
        flat = shapely.transform(self._shapes[at], lambda xy: xy * (narrowing, 1.0))
        return float(shapely.distance(flat, shapely.Point(longitude * narrowing, latitude))) * KM_PER_DEGREE

    def _nearest(self, latitude: float, longitude: float, country: str | None) -> RegionFix | None:
        height = MAX_NEAREST_KM / KM_PER_DEGREE
        narrowing = max(math.cos(math.radians(latitude)), 0.01)  # a degree of longitude is shorter towards the poles
        box = shapely.box(longitude - height / narrowing, latitude - height, longitude + height / narrowing, latitude + height)
        best: RegionFix | None = None
        for i in self._tree.query(box):
            if country not in (None, self._countries[i]):
                continue
            distance = self._flat_distance_km(i, latitude, longitude, narrowing)
            if distance <= MAX_NEAREST_KM and (best is None or (distance, self._codes[i]) < (best.distance_km, best.nuts)):
                best = RegionFix(self._codes[i], distance, nearest=True)
        return None if best is None else best._replace(distance_km=round(best.distance_km, 3))


def rings(shape: Any) -> Iterator[Ring]:
    """All rings of a polygon or multipolygon, outer ones before their holes, as (longitude, latitude); fill by the even-odd rule."""
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            yield [(float(x), float(y)) for x, y in ring.coords]


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance in kilometres (haversine)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, h)))
