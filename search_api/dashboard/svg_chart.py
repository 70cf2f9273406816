"""Charts as plain numbers for SVG templates: a trend line, stacked bars, a map of regions.

Charts carry their data as text beside them; colours are never the only sign.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from observatory.demand_model import MonthCount

Point = tuple[float, float]
_WIDTH, _HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 14, 30
_EUROPE: Final = (-25.0, 34.0, 45.0, 72.0)  # west, south, east, north; regions overseas would shrink the rest to a dot
CLASSES: Final = 5


class Tick(NamedTuple):
    """A mark on an axis: its place and its words."""

    at: float
    text: str


class TrendChart(NamedTuple):
    """A line over months; the points carry month, count and place."""

    width: int
    height: int
    line: str  # points attribute of a polyline
    area: str
    points: tuple[tuple[float, float, str, int], ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    left: int
    right: int
    bottom: int


class MapRegion(NamedTuple):
    """One region of a map: its outline as an SVG path and its class, 0 (none) to CLASSES."""

    code: str
    label: str
    path: str
    vacancies: int
    shade: int


class RegionMap(NamedTuple):
    """A map, with the class limits for its legend."""

    width: int
    height: int
    regions: tuple[MapRegion, ...]
    legend: tuple[tuple[int, str], ...]


def trend_chart(months: Sequence[MonthCount]) -> TrendChart | None:
    """Draw vacancies by month; None when there are fewer than two months."""
    if len(months) < 2:
        return None
    steps = axis_steps(max(month.vacancies for month in months))
    top = steps[-1] or 1
    span_x, span_y = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    bottom = _HEIGHT - _BOTTOM

    def place(index: int, count: int) -> Point:
        return round(_LEFT + span_x * index / (len(months) - 1), 1), round(bottom - span_y * count / top, 1)

    placed = [place(index, month.vacancies) for index, month in enumerate(months)]
    line = " ".join(f"{x},{y}" for x, y in placed)
    every = max(1, math.ceil(len(months) / 8))
    return TrendChart(
        width=_WIDTH,
        height=_HEIGHT,
        line=line,
        area=f"{placed[0][0]},{bottom} {line} {placed[-1][0]},{bottom}",
        points=tuple((x, y, month.month, month.vacancies) for (x, y), month in zip(placed, months, strict=True)),
        x_ticks=tuple(Tick(placed[i][0], months[i].month) for i in range(0, len(months), every)),
        y_ticks=tuple(Tick(place(0, step)[1], f"{step:,}") for step in steps),
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        bottom=bottom,
    )


def axis_steps(highest: int) -> tuple[int, ...]:
    """Round whole numbers from 0 to at least `highest`, three to six of them."""
    if highest <= 0:
        return (0, 1)
    magnitude = 10 ** max(0, math.floor(math.log10(highest)) - 1)
    step = next(s * magnitude for s in (1, 2, 5, 10, 20, 25, 50) if s * magnitude * 5 >= highest)
    return tuple(range(0, step * math.ceil(highest / step) + 1, step))


def region_map(
    outlines: Iterable[tuple[str, Sequence[Sequence[Point]]]], counts: Mapping[str, int], labels: Mapping[str, str]
) -> RegionMap | None:
    """Draw regions shaded by count, in a projection that keeps shapes (equirectangular at the middle latitude); None without outlines."""
    shapes = [(code, [ring for ring in rings if _within_europe(ring)]) for code, rings in outlines]
    points = [point for _, rings in shapes for ring in rings for point in ring]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min(_WIDTH / max((east - west) * squeeze, 1e-6), 520 / max(north - south, 1e-6))
    limits = class_limits([counts.get(code, 0) for code, _ in shapes])

    def project(point: Point) -> str:
        return f"{(point[0] - west) * squeeze * scale:.1f},{(north - point[1]) * scale:.1f}"

    def path(rings: Sequence[Sequence[Point]]) -> str:
        return " ".join("M" + "L".join(project(point) for point in ring) + "Z" for ring in rings)

    regions = tuple(
        MapRegion(code, labels.get(code, code), path(rings), count, shade_of(count, limits))
        for code, rings in shapes
        if rings
        for count in (counts.get(code, 0),)
    )
    width, height = math.ceil((east - west) * squeeze * scale), math.ceil((north - south) * scale)
    return RegionMap(width, height, regions, _legend(limits))


def class_limits(counts: Sequence[int]) -> tuple[int, ...]:
    """Lower limits of the classes 1..CLASSES over the counts above 0: quantiles, each limit once."""
    positive = sorted(count for count in counts if count > 0)
    if not positive:
        return ()
    return tuple(sorted({positive[len(positive) * index // CLASSES] for index in range(CLASSES)}))


def shade_of(count: int, limits: Sequence[int]) -> int:
    """The class of a count: 0 for none, else how many limits it reaches."""
    return sum(count >= limit for limit in limits) if count > 0 else 0


def _legend(limits: Sequence[int]) -> tuple[tuple[int, str], ...]:
    rows = [(0, "none")]
    for index, limit in enumerate(limits):
        above = limits[index + 1] - 1 if index + 1 < len(limits) else None
        text = f"{limit:,} or more" if above is None else f"{limit:,}" if above == limit else f"{limit:,} to {above:,}"
        rows.append((index + 1, text))
    return tuple(rows)


def _within_europe(ring: Sequence[Point]) -> bool:
    west, south, east, north = _EUROPE
    return all(west <= x <= east and south <= y <= north for x, y in ring)
