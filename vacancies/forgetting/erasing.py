"""Erasing from the lake: captures and bodies, postings with their lives, history and readings, vacancies, quarantine, run messages.

Every part can be done again: a forgetting that was killed is begun once more from its journal and comes to the same end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import pyarrow as pa
import pyarrow.dataset as ds

from vacancies.forgetting.target import Target
from vacancies.forgetting.tombstone import ForgottenKind, Tombstone
from vacancies.forgetting.traces import TraceFinder, Traces
from vacancies.lake import Lake
from vacancies.merging.merge import merge
from vacancies.run import QuarantinedRecord
from vacancies.vacancy import Vacancy

FORGOTTEN: Final = "(forgotten)"
_KEPT: Final = {"forgotten"}  # tables that are to hold the ids
OnStep = Callable[[str], None]


def erase(lake: Lake, target: Target, traces: Traces, *, regions_of: Mapping[str, str], on_step: OnStep) -> Counter[str]:
    """Erase the target from all tables and bodies and purge their past; the caller holds the lake's lock. Returns what was dropped."""
    counts: Counter[str] = Counter()
    finder = TraceFinder(traces)
    on_step("tombstones")
    lake.bury(_tombstones(target))
    on_step("captures")
    bodies = set(bodies_holding(lake, target, finder))
    counts["captures"] = _rows_with(lake, "captures", "sha256", bodies)
    counts["bodies"] = lake.bodies.delete(bodies)
    lake.bodies.tidy()
    lake.store("captures").erase("sha256", bodies)
    on_step("vacancies")
    counts["vacancies"] = _form_vacancies_anew(lake, target, regions_of)
    on_step("quarantine")
    rejected = [record.quarantine_id for record in rejected_of(lake, target, finder)]
    counts["quarantine"] = len(rejected)
    lake.store("quarantine").erase("quarantine_id", rejected)
    counts["run messages"] = _silence_runs(lake, finder)
    for name in _tables_of_postings(lake):
        on_step(name)
        counts[name] += _erase_from(lake, name, target)
    on_step("old versions")
    for name in lake.table_names:
        lake.store(name).purge()
    return counts


def counted(lake: Lake, target: Target, traces: Traces) -> Counter[str]:
    """Count what `erase` would drop."""
    finder = TraceFinder(traces)
    bodies = set(bodies_holding(lake, target, finder))
    counts = Counter({"captures": _rows_with(lake, "captures", "sha256", bodies), "bodies": len(bodies)})
    counts["quarantine"] = sum(1 for _ in rejected_of(lake, target, finder))
    counts["vacancies"] = sum(bool(set(target.posting_ids) & set(vacancy.posting_ids)) for vacancy in lake.vacancies())
    for name in _tables_of_postings(lake):
        counts[name] = _held_of(lake, name, target)
    return counts


def bodies_holding(lake: Lake, target: Target, finder: TraceFinder) -> Iterator[str]:
    """Name the captured bodies that hold the target: of a board all of its own, of postings those with a trace of them.

    Bodies that no capture names (a kill left them) are searched too.
    """
    boards: dict[str, set[str]] = {}
    addresses: dict[str, set[str]] = {}
    for batch in lake.dataset("captures").to_batches(columns=["sha256", "board", "url"]):
        for row in batch.to_pylist():
            boards.setdefault(row["sha256"], set()).add(row["board"])
            if row["board"] in target.boards:
                addresses.setdefault(row["sha256"], set()).add(row["url"])
    read_from = _read_from(lake, target)
    for digest in lake.bodies.digests():
        owners = boards.get(digest, set())
        if target.board is not None and owners == {target.board}:
            yield digest
        elif not owners or owners & set(target.boards):
            text = "\n".join((text_of(lake.body(digest)), *addresses.get(digest, ())))
            if digest in read_from or finder.find(text, of_board=True):
                yield digest


def _read_from(lake: Lake, target: Target) -> set[str]:
    """Name the bodies that the target's versions were read from."""
    where = _among("posting_id", target.posting_ids)
    tables = (lake.dataset(name).to_table(columns=["capture_sha256"], filter=where) for name in ("postings", "posting_history"))
    return {digest for table in tables for digest in table["capture_sha256"].to_pylist() if digest}


def rejected_of(lake: Lake, target: Target, finder: TraceFinder) -> Iterator[QuarantinedRecord]:
    """Read the quarantined records of the target."""
    for record in lake.quarantined():
        is_of_board = record.board is not None and record.board in target.boards
        text = "\n".join((record.record, record.url or "", record.error))
        if (target.board is not None and record.board == target.board) or finder.find(text, of_board=is_of_board):
            yield record


def _tombstones(target: Target) -> Iterator[Tombstone]:
    """Give one for a board, whose postings would otherwise stay buried when it is lifted; else one for each posting."""
    kind, keys = (ForgottenKind.POSTING, target.posting_ids) if target.board is None else (ForgottenKind.BOARD, (target.board,))
    for key in keys:
        yield Tombstone(key=key, kind=kind, forgotten_at=target.at, reason=target.reason)


def _tables_of_postings(lake: Lake) -> list[str]:
    """Name the tables with a row for a posting; lives last, since they say which postings there are."""
    names = [name for name in lake.table_names if "posting_id" in lake.store(name).schema.names and name not in _KEPT]
    return sorted(names, key=lambda name: (name == "lives", name == "postings", name))


def _condition(lake: Lake, name: str, target: Target) -> ds.Expression:
    if target.board is not None and "board" in lake.store(name).schema.names:
        condition: ds.Expression = ds.field("board") == target.board
        return condition
    return _among("posting_id", target.posting_ids)


def _among(column: str, values: Iterable[str]) -> ds.Expression:
    condition: ds.Expression = ds.field(column).isin(pa.array(list(values), pa.string()))
    return condition


def _held_of(lake: Lake, name: str, target: Target) -> int:
    return int(lake.dataset(name).count_rows(filter=_condition(lake, name, target)))


def _erase_from(lake: Lake, name: str, target: Target) -> int:
    held = _held_of(lake, name, target)
    if held and target.board is not None and "board" in lake.store(name).schema.names:
        lake.store(name).erase("board", [target.board])
    elif held:
        lake.store(name).erase("posting_id", target.posting_ids)
    return held


def _rows_with(lake: Lake, table: str, column: str, values: Iterable[str]) -> int:
    return int(lake.dataset(table).count_rows(filter=_among(column, values)))


def _form_vacancies_anew(lake: Lake, target: Target, regions_of: Mapping[str, str]) -> int:
    """Form the vacancies that hold the target out of the postings that are left; one that bears a forgotten posting's id gets a new one."""
    ids = set(target.posting_ids)
    known = list(lake.vacancies())
    touched = {v.vacancy_id for v in known if ids & {v.vacancy_id, *v.posting_ids} or v.repost_of in ids}
    if not touched:
        return 0
    held = sum(bool(ids & set(v.posting_ids)) for v in known)
    near = _with_reposts(known, touched)
    left = {posting_id for v in known if v.vacancy_id in near for posting_id in v.posting_ids} - ids
    lives = [life for life in lake.lives() if life.posting_id in left]
    former = [v for v in known if v.vacancy_id in near and v.vacancy_id not in ids]
    formed = merge(lake.postings(posting_ids=sorted(left)), lives, regions_of, former) if left else []
    lake.replace_vacancies([*(v for v in known if v.vacancy_id not in near), *formed])
    return held


def _with_reposts(vacancies: list[Vacancy], touched: set[str]) -> set[str]:
    """Add the vacancies that are tied to the touched ones as reposts, however far."""
    near: set[str] = set()
    wider = set(touched)
    while wider != near:
        near = set(wider)
        wider |= {v.repost_of for v in vacancies if v.repost_of is not None and v.vacancy_id in near}
        wider |= {v.vacancy_id for v in vacancies if v.repost_of in near}
    return near


def _silence_runs(lake: Lake, finder: TraceFinder) -> int:
    """Take the message out of run and health records that quote an address or a text, and a person's note that does."""
    told = [run for run in lake.runs() if run.message and finder.find(run.message)]
    for run in told:
        lake.record_run(run.model_copy(update={"message": FORGOTTEN}))
    noted = [health for health in lake.health() if finder.find(f"{health.message or ''}\n{health.decision_note or ''}")]
    for health in noted:
        lake.record_health(health.model_copy(update={"message": FORGOTTEN, "decision_note": None}))
    return len(told) + len(noted)


def text_of(body: bytes) -> str:
    """Read a captured body as text, whatever its charset."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
