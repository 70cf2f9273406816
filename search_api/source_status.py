"""The boards behind the data: register rows with counts of open postings and their last run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

import pyarrow.compute as pc
import pyarrow.dataset as ds

from search_api.answer import Answer, Coded
from search_api.code_names import country_name, language_name
from search_api.context import ApiContext
from vacancies.lake import Lake
from vacancies.run import Run, RunStatus

_COLLECTING: Final = ("crawl", "ingest")


class _Counts(NamedTuple):
    open: int
    all: int
    last_seen: datetime | None


_NO_POSTINGS: Final = _Counts(0, 0, None)


class LastRun(Answer):
    """The last run that collected a board; `board` is None for a feed taken over as a whole, whose counts take in its other boards."""

    run_id: str
    step: str
    board: str | None
    status: RunStatus
    started: datetime
    finished: datetime | None
    counts: dict[str, int]
    message: str | None


class SourceStatus(Answer):
    """One board of the register; counts are of postings, None while nothing has been collected at all."""

    board: str
    name: str
    platform: str
    countries: tuple[Coded, ...]
    languages: tuple[Coded, ...]
    legal_basis: str | None
    terms_url: str | None
    terms_read: date | None
    active_from: date | None
    active_to: date | None
    in_register: bool  # False for boards that hold postings but no longer have a row
    open_postings: int | None
    all_postings: int | None
    last_run: LastRun | None


def source_statuses(context: ApiContext) -> tuple[SourceStatus, ...]:
    """All boards of the register, then boards that have postings but no row."""
    has_lake = (context.lake_root / "format.json").is_file()
    lake = Lake.open(context.lake_root) if has_lake else None
    counts = _posting_counts(lake) if lake else {}
    runs = _last_runs(lake, counts) if lake else {}
    boards = (*context.sources, *sorted(set(counts) - set(context.sources)))
    return tuple(_status(context, board, counts.get(board, _NO_POSTINGS) if lake else None, runs.get(board)) for board in boards)


def _status(context: ApiContext, board: str, counts: _Counts | None, run: Run | None) -> SourceStatus:
    source = context.sources.get(board)
    return SourceStatus(
        board=board,
        name=context.board_name(board),
        platform=source.platform if source else "not stated",
        countries=tuple(Coded(code=code, label=country_name(code)) for code in source.countries) if source else (),
        languages=tuple(Coded(code=code, label=language_name(code)) for code in source.languages) if source else (),
        legal_basis=source.legal_basis if source else None,
        terms_url=source.terms_url if source else None,
        terms_read=source.terms_read if source else None,
        active_from=source.active_from if source else None,
        active_to=source.active_to if source else None,
        in_register=source is not None,
        open_postings=counts.open if counts else None,
        all_postings=counts.all if counts else None,
        last_run=LastRun(**run.model_dump(include=set(LastRun.model_fields))) if run else None,
    )


def _posting_counts(lake: Lake) -> dict[str, _Counts]:
    columns = {"board": ds.field("board"), "open": pc.is_null(ds.field("gone_at")), "seen": ds.field("last_seen")}
    table = lake.dataset("lives").to_table(columns=columns)
    counted = table.group_by("board").aggregate([("open", "sum"), ("open", "count"), ("seen", "max")]).to_pylist()
    return {row["board"]: _Counts(row["open_sum"] or 0, row["open_count"], row["seen_max"]) for row in counted}


def _last_runs(lake: Lake, counts: Mapping[str, _Counts]) -> dict[str, Run]:
    runs = sorted((run for step in _COLLECTING for run in lake.runs(step=step)), key=lambda run: run.started)
    last = {run.board: run for run in runs if run.board}
    for run in runs:
        if run.board is None and run.step == "ingest":
            for board, count in counts.items():
                if _was_seen_in(run, count.last_seen) and (board not in last or last[board].started < run.started):
                    last[board] = run
    return last


def _was_seen_in(run: Run, seen: datetime | None) -> bool:
    """A record of a whole feed does not name its boards: they are those whose postings it saw."""
    return seen is not None and run.started <= seen and (run.finished is None or seen <= run.finished)
