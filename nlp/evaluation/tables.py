"""Results as tables: the figures of the whole, then one table for each way of dividing it (language, status, kind, condition)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeGuard

from pydantic import BaseModel

Cell = str | int | float | None
Row = dict[str, Cell]


class QualityTable(NamedTuple):
    """Rows of equal columns; the title is empty for the figures of the whole."""

    title: str
    rows: list[Row]


def tables_of(quality: BaseModel) -> list[QualityTable]:
    """All figures of a result; a figure with an interval is written "0.812 (0.79–0.83)"."""
    values = quality.model_dump(mode="json")
    whole: list[Row] = [{"figure": name, "value": cell} for name, cell in _scalars(values, "")]
    return [QualityTable("", whole), *_divided(values, "")]


def _scalars(values: Mapping[str, object], path: str) -> Iterator[tuple[str, Cell]]:
    for name, value in values.items():
        if _is_mapping(value):
            if not _is_divided(value):
                yield from _scalars(value, f"{path}{_plain(name)} ")
        elif not name.endswith("_ci") and value not in (None, ""):
            yield f"{path}{_plain(name)}", _cell(values, name)


def _divided(values: Mapping[str, object], path: str) -> Iterator[QualityTable]:
    for name, value in values.items():
        if not _is_mapping(value):
            continue
        if not _is_divided(value):
            yield from _divided(value, f"{path}{_plain(name)} ")
        elif value:
            yield QualityTable(f"{path}{_plain(name)}", list(_rows(value, "", _plain(name).removeprefix("by "))))


def _rows(groups: Mapping[str, object], path: str, column: str) -> Iterator[Row]:
    for name, group in groups.items():
        if not _is_mapping(group):
            continue
        if _is_divided(group):
            yield from _rows(group, f"{path}{_plain(name)} ", column)
        else:
            row: Row = {column: f"{path}{_plain(name)}"}
            yield row | {_plain(key): _cell(group, key) for key in group if not key.endswith("_ci")}


def _is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def _is_divided(value: Mapping[str, object]) -> bool:
    return all(isinstance(part, Mapping) for part in value.values())


def _cell(values: Mapping[str, object], name: str) -> Cell:
    value, interval = values[name], values.get(f"{name}_ci")
    if isinstance(value, float):
        ends = f" ({interval[0]:.2f}–{interval[1]:.2f})" if isinstance(interval, list | tuple) else ""
        return f"{value:.3f}{ends}"
    return value if isinstance(value, str | int) or value is None else str(value)


def _plain(name: str) -> str:
    return name.replace("_at_", "@").replace("_", " ")
