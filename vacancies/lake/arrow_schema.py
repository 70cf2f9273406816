"""Arrow schemas made from the frozen models, so that a table and its type cannot drift apart."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel

from vacancies.lake.batching import batched

M = TypeVar("M", bound=BaseModel)
_ROWS_AT_ONCE: Final = 250  # as Python values they take many times the memory that they take in Arrow

_SCALARS: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def arrow_schema(*models: type[BaseModel]) -> pa.Schema:
    """Make one schema of the fields of all models; a field that several models have is taken once."""
    fields: dict[str, pa.Field] = {}
    for model in models:
        for name, info in model.model_fields.items():
            fields.setdefault(name, pa.field(name, _arrow_type(info.annotation)))
    return pa.schema(list(fields.values()))


def _arrow_type(annotation: Any) -> pa.DataType:  # noqa: PLR0911 one line per kind of type
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _arrow_type(arguments[0])
    if origin in (Union, types.UnionType):
        return _arrow_type(next(argument for argument in arguments if argument is not type(None)))
    if origin is tuple:
        return pa.list_(_arrow_type(arguments[0]))
    if origin is dict:
        return pa.map_(_arrow_type(arguments[0]), _arrow_type(arguments[1]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct(list(arrow_schema(annotation)))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return pa.string()
    return _SCALARS[annotation]


def to_table(rows: Iterable[BaseModel], schema: pa.Schema) -> pa.Table:
    """Put models into one Arrow table; raises pyarrow.ArrowInvalid when a value does not fit the schema."""
    maps = [field.name for field in schema if pa.types.is_map(field.type)]
    parts = [pa.Table.from_pylist([_values(row, maps) for row in part], schema=schema) for part in batched(rows, _ROWS_AT_ONCE)]
    return pa.concat_tables(parts) if parts else schema.empty_table()


def _values(row: BaseModel, maps: list[str]) -> dict[str, Any]:
    values = row.model_dump()
    for name in maps:
        values[name] = list(values[name].items())
    return values


def from_batches(batches: Iterable[pa.RecordBatch], model: type[M]) -> Iterator[M]:
    """Read models from record batches that hold (at least) the model's columns; a null is the field's default where it has one."""
    names = list(model.model_fields)
    required = {name for name, info in model.model_fields.items() if info.is_required()}
    for batch in batches:
        maps = {name for name in names if pa.types.is_map(batch.schema.field(name).type)}
        for row in batch.select(names).to_pylist():
            values = {name: dict(value) if name in maps else value for name, value in row.items() if value is not None or name in required}
            yield model.model_validate(values)
