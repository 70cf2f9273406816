"""Delta tables: create, append, merge, overwrite and scan, with this package's errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable, write_deltalake
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from vacancies.lake.batching import batched
from vacancies.lake.reading import reading
from vacancies.lake.writing import writing

_KEYS_PER_ERASURE: Final = 2000


class DeltaStore:
    """One Delta table of a fixed schema; made on first use."""

    def __init__(self, path: Path, schema: pa.Schema, *, partition_by: Sequence[str] = ()) -> None:
        self.path = path
        self.schema = schema
        self._partition_by = list(partition_by)

    def create(self) -> None:
        """Make the table when it does not exist; one of an earlier Labourscope gets the fields that it lacks, empty."""
        if not (self.path / "_delta_log").exists():
            with writing(self.path):
                DeltaTable.create(str(self.path), schema=self.schema, mode="ignore", partition_by=self._partition_by or None)
            return
        if _lacks(self.dataset().schema, self.schema):
            with writing(self.path):  # no rows, but the whole schema: columns and the fields inside them are added
                write_deltalake(str(self.path), self.schema.empty_table(), mode="append", schema_mode="merge")

    def append(self, table: pa.Table) -> None:
        """Add rows in one transaction; no rows, no transaction."""
        if table.num_rows:
            with writing(self.path):
                write_deltalake(str(self.path), table, mode="append", partition_by=self._partition_by or None)

    def overwrite(self, table: pa.Table) -> None:
        """Replace all rows in one transaction."""
        with writing(self.path):
            write_deltalake(str(self.path), table, mode="overwrite", partition_by=self._partition_by or None)

    def merge(self, table: pa.Table, key: str) -> None:
        """Update the rows whose key is there and insert the others, in one transaction."""
        if not table.num_rows:
            return
        with writing(self.path):
            # not delta-rs's own merge: it writes texts as string_view, which Arrow and DuckDB cannot filter on
            keys = ", ".join(_quoted(value) for value in table[key].to_pylist())
            write_deltalake(str(self.path), table, mode="overwrite", predicate=f"{key} IN ({keys})")

    def replace(self, table: pa.Table | pa.RecordBatchReader, column: str, value: str) -> None:
        """Replace the rows that have this value in the column by the table's rows, in one transaction."""
        with writing(self.path):
            write_deltalake(str(self.path), table, mode="overwrite", predicate=f"{column} = {_quoted(value)}")

    def drop_rows(self, partition: Mapping[str, str]) -> None:
        """Drop the rows of one partition, in one transaction."""
        with writing(self.path):
            DeltaTable(str(self.path)).delete(" AND ".join(f"{column} = {_quoted(value)}" for column, value in partition.items()))

    def erase(self, column: str, values: Iterable[str]) -> None:
        """Drop the rows that have one of these values in the column; older versions hold them until `purge`."""
        for batch in batched(values, _KEYS_PER_ERASURE):
            self.delete(f"{column} IN ({', '.join(map(_quoted, batch))})")

    def delete(self, predicate: str) -> None:
        """Drop the rows that an SQL condition names, in one transaction."""
        with writing(self.path):
            write_deltalake(str(self.path), self.schema.empty_table(), mode="overwrite", predicate=predicate)

    def dataset(self) -> ds.Dataset:
        """Open the table's current version as an Arrow dataset; raises LakeDamaged, as all reading does."""
        # Arrow's own file system: reading through delta-rs's, which is Python, can abort the process at its end (arrow issue 34314)
        files = SubTreeFileSystem(str(self.path.resolve()), LocalFileSystem())
        with reading(self.path):
            return DeltaTable(str(self.path)).to_pyarrow_dataset(filesystem=files)

    def scan(
        self, columns: Sequence[str] | None = None, where: ds.Expression | None = None, *, batch_rows: int = 2048
    ) -> Iterator[pa.RecordBatch]:
        """Read record batches, with column and row selection pushed into the files."""
        with reading(self.path):
            scanner = self.dataset().scanner(columns=list(columns) if columns else None, filter=where, batch_size=batch_rows)
            yield from scanner.to_batches()

    def table(self, columns: Sequence[str] | None = None, where: ds.Expression | None = None) -> pa.Table:
        """Read the selection into memory."""
        with reading(self.path):
            return self.dataset().to_table(columns=list(columns) if columns else None, filter=where)

    def row_count(self, where: ds.Expression | None = None) -> int:
        """Count the rows, all or those of a selection."""
        with reading(self.path):
            return int(self.dataset().count_rows(filter=where))

    def version(self) -> int:
        """Give the table's version, counted from 0."""
        with reading(self.path):
            return int(DeltaTable(str(self.path)).version())

    def maintain(self, *, retention_hours: int = 168) -> None:
        """Join small files and drop files that no version younger than the retention needs."""
        with writing(self.path):
            table = DeltaTable(str(self.path))
            table.optimize.compact()
            table.vacuum(retention_hours=retention_hours, dry_run=False)
            table.create_checkpoint()

    def purge(self) -> None:
        """Leave nothing on disk but the current version: no older files, none that a killed write left, and no log of older commits.

        The log goes too since it states the smallest and largest value of every column. The table keeps its version number. Who reads an
        older version at this moment fails; killed in between, the table is whole, and purging it again goes on.
        """
        with writing(self.path):
            table = DeltaTable(str(self.path))
            table.vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False, full=True)
            table = DeltaTable(str(self.path))
            table.create_checkpoint()
            _drop_log(self.path / "_delta_log", before=table.version())
            for folder in sorted(self.path.rglob("*"), reverse=True):
                if folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()  # a partition's, whose name is a value


def _drop_log(folder: Path, *, before: int) -> None:
    """Remove the commits and checkpoints older than a version that has a checkpoint, oldest first, and what killed commits left."""
    for file in sorted(folder.iterdir()):
        number = file.name.partition(".")[0]
        if (number.isdigit() and int(number) < before) or file.name.endswith(".tmp"):
            file.unlink()


def _lacks(known: pa.Schema | pa.StructType, wanted: pa.Schema | pa.StructType) -> bool:
    """Whether a schema or struct lacks a field of another, also inside its fields; types of fields that both have are not compared."""
    names = set(known.names)
    for name in wanted.names:
        if name not in names:
            return True
        inner, other = _inner(known.field(name).type), _inner(wanted.field(name).type)
        if pa.types.is_struct(inner) and pa.types.is_struct(other) and _lacks(inner, other):
            return True
    return False


def _inner(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_list(kind) or pa.types.is_large_list(kind) else kind


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
