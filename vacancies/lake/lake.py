"""The lake's doors: every read and write of the record, with idempotent upserts and the history of each posting."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from vacancies.enriched import EnrichedPosting
from vacancies.error import LakeDamaged, LakeTooNew, VacanciesError
from vacancies.forgetting.tombstone import ForgottenKind, Tombstone
from vacancies.health.record import SourceHealth
from vacancies.lake.arrow_schema import arrow_schema, from_batches, to_table
from vacancies.lake.batching import batched
from vacancies.lake.bodies import BodyStore
from vacancies.lake.buried import Buried, Living
from vacancies.lake.content import content_version
from vacancies.lake.held import HeldStore
from vacancies.lake.lock import writer_lock
from vacancies.lake.postings import Missed, PostingStore, UpsertCounts
from vacancies.lake.tables import DeltaStore
from vacancies.posting import Capture, GoneReason, Posting, PostingLife
from vacancies.run import QuarantinedRecord, Run
from vacancies.vacancy import Vacancy

FORMAT: Final = 1
_CAPTURES_PER_COMMIT: Final = 500
_TOMBSTONES_PER_COMMIT: Final = 5000


_PARTITIONS: Final = {"enriched": ("taxonomy", "pipeline")}


def _schemas() -> dict[str, pa.Schema]:
    return {
        "captures": arrow_schema(Capture),
        "enriched": arrow_schema(EnrichedPosting),
        "vacancies": arrow_schema(Vacancy),
        "quarantine": arrow_schema(QuarantinedRecord),
        "forgotten": arrow_schema(Tombstone),
        "runs": arrow_schema(Run).append(pa.field("run_key", pa.string())),
        "source_health": arrow_schema(SourceHealth).append(pa.field("health_key", pa.string())),
    }


def table_schemas() -> dict[str, pa.Schema]:
    """Give the schema of every table of a lake, by name."""
    schemas = {name: table.schema for name, table in PostingStore(Path()).tables.items()} | _schemas()
    return schemas | {"held_postings": HeldStore(Path()).table.schema}


class MergeCounts(NamedTuple):
    """What `replace_vacancies` changed."""

    vacancies: int
    new: int
    changed: int
    gone: int


class PrunedCaptures(NamedTuple):
    """How many capture records and bodies were deleted since their licence allows them no longer."""

    captures: int
    bodies: int


class Lake:
    """Delta tables `captures`, `postings`, `lives`, `posting_history`, `enriched`, `vacancies`, `quarantine`, `runs`, `source_health` and
    `held_postings`, and raw bodies.

    Open it with `Lake.open`. Columns are the fields of the models; `lives` holds PostingLife and the board, by posting_id.
    Enriched postings are kept for every pipeline and taxonomy that read them, so that history can be re-coded beside the old series.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.bodies = BodyStore(root / "bodies")
        self._postings = PostingStore(root)
        self._tables = self._postings.tables | {
            name: DeltaStore(root / name, schema, partition_by=_PARTITIONS.get(name, ())) for name, schema in _schemas().items()
        }
        self._held = HeldStore(root)
        self._tables["held_postings"] = self._held.table
        self._captures: list[Capture] = []

    @classmethod
    def open(cls, root: Path) -> Lake:
        """Open the lake in this folder, making it when it is new; raises LakeTooNew when a newer Labourscope wrote it, LakeDamaged."""
        root.mkdir(parents=True, exist_ok=True)
        marker = root / "format.json"
        if marker.exists():
            found = _format_of(marker)
            if found > FORMAT:
                raise LakeTooNew(f"the lake {root} has format {found}, this Labourscope reads up to {FORMAT}: upgrade Labourscope")
        lake = cls(root)
        for table in lake._tables.values():
            table.create()
        if not marker.exists():
            part = marker.with_suffix(".part")
            part.write_text(json.dumps({"format": FORMAT}))
            part.replace(marker)
        return lake

    def lock(self, purpose: str = "a run") -> AbstractContextManager[None]:
        """Hold the writer's lock while writing; raises LakeBusy when another process holds it."""
        return writer_lock(self.root, purpose=purpose)

    # --- captures

    def store_capture(self, capture: Capture, body: bytes) -> None:
        """Keep a fetched answer: the body at once, its record with the next `flush` (at the latest after 500)."""
        digest = self.bodies.put(body)
        if digest != capture.sha256:
            raise VacanciesError(f"capture of {capture.url}: sha256 {capture.sha256} is not the body's ({digest})")
        self._captures.append(capture)
        if len(self._captures) >= _CAPTURES_PER_COMMIT:
            self.flush()

    def flush(self) -> None:
        """Write the capture records that wait."""
        waiting, self._captures = self._captures, []
        if waiting:
            self._tables["captures"].append(to_table(waiting, arrow_schema(Capture)))

    def discard_capture(self, capture: Capture) -> None:
        """Do not keep an answer after all: its record, where it waits still, and its body."""
        self._captures = [waiting for waiting in self._captures if waiting != capture]
        self.bodies.delete([capture.sha256])

    def captures(self, *, board: str | None = None, since: datetime | None = None) -> Iterator[Capture]:
        """Read capture records, oldest first."""
        where = _conjunction(board=board, since=("fetched_at", since))
        table = self._tables["captures"].table(where=where).sort_by([("fetched_at", "ascending"), ("url", "ascending")])
        return from_batches(table.to_batches(), Capture)

    def body(self, sha256: str) -> bytes:
        """Read a captured body; raises UnknownBody."""
        return self.bodies.get(sha256)

    def prune_captures(self, board: str, *, before: datetime) -> PrunedCaptures:
        """Delete the board's capture records older than `before`, and their bodies unless a younger capture has the same.

        Postings that were read from them keep the sha256 only.
        """
        old = (ds.field("board") == board) & (ds.field("fetched_at") < pa.scalar(before, pa.timestamp("us", tz="UTC")))
        captures = self._tables["captures"]
        digests = set(captures.table(["sha256"], old)["sha256"].to_pylist())
        if not digests:
            return PrunedCaptures(0, 0)
        count = int(captures.dataset().count_rows(filter=old))
        kept = set(captures.table(["sha256"], pc.invert(old))["sha256"].to_pylist())
        captures.delete(f"board = '{board}' AND fetched_at < '{before.isoformat()}'")
        return PrunedCaptures(count, self.bodies.delete(digests - kept))

    # --- what was forgotten

    def bury(self, tombstones: Iterable[Tombstone]) -> None:
        """Keep tombstones: what they name is not taken over any more."""
        stones = {stone.key: stone for stone in tombstones}
        for keys in batched(sorted(stones), _TOMBSTONES_PER_COMMIT):
            self._tables["forgotten"].merge(to_table((stones[key] for key in keys), arrow_schema(Tombstone)), "key")

    def unbury(self, keys: Iterable[str]) -> None:
        """Take tombstones away: what they named may be collected again."""
        self._tables["forgotten"].erase("key", keys)

    def tombstones(self) -> Iterator[Tombstone]:
        """Read all tombstones."""
        return from_batches(self._tables["forgotten"].scan(), Tombstone)

    def buried(self, board: str) -> Buried:
        """Tell what is not to be taken over of a board."""
        table = self._tables["forgotten"].table(["key", "kind"])
        stones = set(zip(table["kind"].to_pylist(), table["key"].to_pylist(), strict=True))
        whole = (ForgottenKind.BOARD, board) in stones
        return Buried(whole, frozenset(key for kind, key in stones if kind == ForgottenKind.POSTING))

    # --- postings

    def upsert_postings(
        self,
        board: str,
        postings: Iterable[Posting],
        *,
        run_id: str,
        seen_at: datetime,
        complete: bool,
        is_sighting: bool = True,
        missing_before_gone: int = 1,
    ) -> UpsertCounts:
        """Take over a board's postings as seen at `seen_at`; calling it again with the same changes nothing.

        `complete` says that these are all postings of the board: the others are marked gone (expired when their own date has
        passed, else removed), once so many complete listings in a row have not named them. `is_sighting=False` takes over what was
        read anew from old captures: nobody has seen the postings again, so what is gone stays gone. What was forgotten is left out.
        """
        living = Living(postings, self.buried(board))
        counts = self._postings.upsert(
            board,
            living,
            run_id=run_id,
            seen_at=seen_at,
            complete=complete,
            is_sighting=is_sighting,
            missing_before_gone=missing_before_gone,
        )
        return counts._replace(seen=counts.seen + living.forgotten, forgotten=living.forgotten)

    def expire_postings(self, *, at: datetime) -> int:
        """Mark open postings as expired whose own date has passed and which their board has not shown since; returns how many."""
        return self._postings.expire(at=at)

    def withdraw_unchecked(self, board: str, *, seen_before: datetime, at: datetime) -> int:
        """Mark the board's open postings as gone (unchecked) that were last seen before `seen_before`; returns how many."""
        return self._postings.withdraw_unchecked(board, seen_before=seen_before, at=at)

    def withdraw_missing(self, board: str, seen_ids: Collection[str], *, seen_at: datetime, missing_before_gone: int = 1) -> Missed:
        """Mark the board's open postings that are not in `seen_ids` as gone (expired or removed), as `upsert_postings` does."""
        return self._postings.withdraw_missing(board, seen_ids, seen_at=seen_at, missing_before_gone=missing_before_gone)

    def withdraw_postings(self, posting_ids: Sequence[str], *, seen_at: datetime, reason: GoneReason) -> int:
        """Mark postings as gone; returns how many were open until now."""
        return self._postings.withdraw(posting_ids, seen_at=seen_at, reason=reason)

    def postings(self, *, boards: Sequence[str] | None = None, posting_ids: Sequence[str] | None = None) -> Iterator[Posting]:
        """Read current versions of postings, gone ones too."""
        where = _conjunction(boards=boards, posting_ids=posting_ids)
        return from_batches(self._tables["postings"].scan(where=where), Posting)

    def open_count(self, board: str) -> int:
        """Count the board's postings that are not gone."""
        return self._postings.open_count(board)

    def lives(self) -> Iterator[PostingLife]:
        """Read the life of every posting."""
        return from_batches(self._tables["lives"].scan(), PostingLife)

    def first_sighting(self) -> datetime | None:
        """Tell when the first posting was seen: from then on the lake knows what comes and goes; None for an empty lake."""
        earliest: datetime | None = pc.min(self._tables["lives"].table(["first_seen"])["first_seen"]).as_py()
        return earliest

    # --- enriched postings

    def pending_enrichment(self, pipeline: str, taxonomy: str) -> Iterator[Posting]:
        """Read the postings whose current content this pipeline has not read with this taxonomy."""
        done = self._enriched_keys(pipeline, taxonomy)
        for posting in self.postings():
            if (posting.posting_id, posting.content_hash) not in done:
                yield posting

    def pending_count(self, pipeline: str, taxonomy: str) -> int:
        """Count what `pending_enrichment` would give."""
        done = self._enriched_keys(pipeline, taxonomy)
        return sum(key not in done for key in self._current_hashes().items())

    def upsert_enriched(self, enriched: Iterable[EnrichedPosting], *, batch_size: int = 2000) -> int:
        """Add readings; one that is there already for the same content, pipeline and taxonomy is left alone. Returns how many were new."""
        known: dict[tuple[str, str], set[tuple[str, str]]] = {}
        added = 0
        for batch in batched(enriched, batch_size):
            fresh = []
            for reading in batch:
                keys = known.get((reading.pipeline, reading.taxonomy))
                if keys is None:
                    keys = known[reading.pipeline, reading.taxonomy] = self._enriched_keys(reading.pipeline, reading.taxonomy)
                key = (reading.posting_id, reading.content_hash)
                if key not in keys:
                    keys.add(key)
                    fresh.append(reading)
            self._tables["enriched"].append(to_table(fresh, arrow_schema(EnrichedPosting)))
            added += len(fresh)
        return added

    def enriched(self, pipeline: str, taxonomy: str, *, posting_ids: Sequence[str] | None = None) -> Iterator[EnrichedPosting]:
        """Read the readings of postings' current content by this pipeline and taxonomy."""
        current = self._current_hashes()
        where = (ds.field("taxonomy") == taxonomy) & (ds.field("pipeline") == pipeline)
        if posting_ids is not None:
            where &= ds.field("posting_id").isin(list(posting_ids))
        for reading in from_batches(self._tables["enriched"].scan(where=where, batch_rows=512), EnrichedPosting):
            if current.get(reading.posting_id) == reading.content_hash:
                yield reading

    def forget_readings(self, pipeline: str, taxonomy: str) -> int:
        """Drop all readings by this pipeline and taxonomy, so that everything is read again; returns how many there were."""
        count = len(self._enriched_keys(pipeline, taxonomy))
        self._tables["enriched"].drop_rows({"taxonomy": taxonomy, "pipeline": pipeline})
        return count

    def first_regions(self, pipeline: str, taxonomy: str) -> dict[str, str]:
        """Map posting ids to the NUTS code of their first sure place, as these readings found it."""
        where = (ds.field("taxonomy") == taxonomy) & (ds.field("pipeline") == pipeline)
        table = self._tables["enriched"].table(["posting_id", "content_hash", "regions"], where)
        current = self._current_hashes()
        found: dict[str, str] = {}
        for row in table.to_pylist():
            codes = [region["nuts"] for region in row["regions"] or () if region["nuts"]]
            if codes and current.get(row["posting_id"]) == row["content_hash"]:
                found[row["posting_id"]] = codes[0]
        return found

    def readings(self) -> list[tuple[str, str, int]]:
        """List (pipeline, taxonomy, readings) of all that the lake holds."""
        table = self._tables["enriched"].table(["pipeline", "taxonomy"])
        counted = table.group_by(["pipeline", "taxonomy"]).aggregate([([], "count_all")]).to_pylist()
        return sorted((row["pipeline"], row["taxonomy"], row["count_all"]) for row in counted)

    def _enriched_keys(self, pipeline: str, taxonomy: str) -> set[tuple[str, str]]:
        where = (ds.field("taxonomy") == taxonomy) & (ds.field("pipeline") == pipeline)
        table = self._tables["enriched"].table(["posting_id", "content_hash"], where)
        return set(zip(table["posting_id"].to_pylist(), table["content_hash"].to_pylist(), strict=True))

    def _current_hashes(self) -> dict[str, str]:
        table = self._tables["postings"].table(["posting_id", "content_hash"])
        return dict(zip(table["posting_id"].to_pylist(), table["content_hash"].to_pylist(), strict=True))

    # --- vacancies

    def replace_vacancies(self, vacancies: Iterable[Vacancy]) -> MergeCounts:
        """Put these vacancies in the place of the former ones, in one transaction; the same vacancies again write nothing."""
        fresh = {vacancy.vacancy_id: vacancy for vacancy in vacancies}
        before = {vacancy.vacancy_id: vacancy for vacancy in self.vacancies()}
        counts = MergeCounts(
            vacancies=len(fresh),
            new=len(fresh.keys() - before.keys()),
            changed=sum(before[key] != vacancy for key, vacancy in fresh.items() if key in before),
            gone=len(before.keys() - fresh.keys()),
        )
        if counts.new or counts.changed or counts.gone:
            ordered = [fresh[key] for key in sorted(fresh)]
            self._tables["vacancies"].overwrite(to_table(ordered, arrow_schema(Vacancy)))
        return counts

    def vacancies(self) -> Iterator[Vacancy]:
        """Read all vacancies."""
        return from_batches(self._tables["vacancies"].scan(), Vacancy)

    # --- quarantine and runs

    def quarantine(self, records: Iterable[QuarantinedRecord]) -> int:
        """Keep rejected records; the same failure again only moves its last date. Returns how many are new."""
        unique = {record.quarantine_id: record for record in records}
        if not unique:
            return 0
        table = self._tables["quarantine"]
        where = ds.field("quarantine_id").isin(list(unique))
        known = {row["quarantine_id"]: row["first_at"] for row in table.table(["quarantine_id", "first_at"], where).to_pylist()}
        kept = [record.model_copy(update={"first_at": known.get(key, record.first_at)}) for key, record in unique.items()]
        table.merge(to_table(kept, arrow_schema(QuarantinedRecord)), "quarantine_id")
        return len(unique.keys() - known.keys())

    def quarantined(self, *, run_id: str | None = None) -> Iterator[QuarantinedRecord]:
        """Read rejected records, all or those that a run met."""
        where = ds.field("run_id") == run_id if run_id else None
        return from_batches(self._tables["quarantine"].scan(where=where), QuarantinedRecord)

    def record_run(self, run: Run) -> None:
        """Keep a run record; the same run, step and board again replaces it."""
        table = to_table([run], arrow_schema(Run)).append_column("run_key", pa.array([f"{run.run_id}/{run.step}/{run.board or ''}"]))
        self._tables["runs"].merge(table, "run_key")

    def runs(self, *, run_id: str | None = None, step: str | None = None) -> list[Run]:
        """Read run records, newest first."""
        where = _conjunction(run_id=run_id, step=step)
        table = self._tables["runs"].table(where=where).sort_by([("started", "descending"), ("run_key", "ascending")])
        return list(from_batches(table.to_batches(), Run))

    # --- the health of sources

    def record_health(self, health: SourceHealth) -> None:
        """Keep what a collection of a board brought; the same run, step and board again replaces it."""
        key = f"{health.run_id}/{health.step}/{health.board}"
        self._tables["source_health"].merge(
            to_table([health], arrow_schema(SourceHealth)).append_column("health_key", pa.array([key])), "health_key"
        )

    def health(self, *, board: str | None = None) -> list[SourceHealth]:
        """Read what collections brought, oldest first."""
        table = (
            self._tables["source_health"].table(where=_conjunction(board=board)).sort_by([("at", "ascending"), ("health_key", "ascending")])
        )
        return list(from_batches(table.to_batches(), SourceHealth))

    def hold_postings(self, board: str, postings: Iterable[Posting], *, run_id: str) -> int:
        """Keep a crawl's postings apart from the record, in the place of those held before; returns how many."""
        return self._held.put(board, Living(postings, self.buried(board)), run_id=run_id)

    def held_postings(self, board: str, *, run_id: str) -> Iterator[Posting]:
        """Read the postings of a crawl that is kept apart."""
        return self._held.get(board, run_id=run_id)

    def drop_held(self, board: str) -> None:
        """Drop what is kept apart of a board: it was accepted, or a later crawl stands in its place."""
        self._held.drop(board)

    # --- for other readers

    @property
    def table_names(self) -> tuple[str, ...]:
        """The names of all tables."""
        return tuple(self._tables)

    def store(self, table: str) -> DeltaStore:
        """Give a table to rewrite it whole; for maintenance and forgetting."""
        return self._tables[table]

    def dataset(self, table: str) -> ds.Dataset:
        """Open a table as an Arrow dataset, as DuckDB takes it."""
        return self._tables[table].dataset()

    def table_version(self, table: str) -> int:
        """Give a table's version, which grows with every change."""
        return self._tables[table].version()

    def content_version(self) -> int:
        """Give a number that stands for what can be published of the lake: postings and their ends, readings, vacancies.

        It does not move with sightings of unchanged postings or with maintenance. The number is kept beside the tables' versions and
        counted anew only when those have moved; cost is linear in the lake then.
        """
        return content_version(self.root, self._tables)

    def row_count(self, table: str) -> int:
        """Count a table's rows."""
        return self._tables[table].row_count()

    def maintain(self) -> None:
        """Join small files and drop versions older than a week, in all tables."""
        for table in self._tables.values():
            table.maintain()


def _format_of(marker: Path) -> int:
    try:
        return int(json.loads(marker.read_text())["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LakeDamaged(f'{marker} cannot be read ({error}); it holds the lake\'s format: restore it, {{"format": {FORMAT}}}') from error


def _conjunction(
    *,
    board: str | None = None,
    boards: Sequence[str] | None = None,
    posting_ids: Sequence[str] | None = None,
    since: tuple[str, datetime | None] = ("", None),
    run_id: str | None = None,
    step: str | None = None,
) -> ds.Expression | None:
    conditions: list[ds.Expression] = []
    if board is not None:
        conditions.append(ds.field("board") == board)
    if boards is not None:
        conditions.append(ds.field("board").isin(list(boards)))
    if posting_ids is not None:
        conditions.append(ds.field("posting_id").isin(list(posting_ids)))
    if since[1] is not None:
        conditions.append(ds.field(since[0]) >= pa.scalar(since[1], pa.timestamp("us", tz="UTC")))
    if run_id is not None:
        conditions.append(ds.field("run_id") == run_id)
    if step is not None:
        conditions.append(ds.field("step") == step)
    where: ds.Expression | None = None
    for condition in conditions:
        where = condition if where is None else pc.and_kleene(where, condition)
    return where
